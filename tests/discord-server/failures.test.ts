import type { TextChannel } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import type { DiscordServer } from './server.ts';

let fixture: Fixture;
let server: DiscordServer;
let channel: TextChannel;

const MESSAGES = /^\/channels\/\d+\/messages$/;

beforeEach(async () => {
  fixture = await startFixture();
  server = fixture.server;
  channel = fixture.client.channels.cache.get(server.channel.id) as TextChannel;
});
afterEach(() => fixture.close());

const statuses = () => server.requests.filter(({ path }) => MESSAGES.test(path)).map(({ status }) => status);

test.each([false, true])('429 (global: %s): the client waits as told and sends again', async (global) => {
  server.fail({ path: MESSAGES, rateLimit: 0.3, global });
  const start = performance.now();
  await channel.send('x');
  expect(performance.now() - start).toBeGreaterThan(290);
  expect(statuses()).toEqual([429, 200]);
  expect(server.violations).toEqual([]);
});

test('a client that does not wait is noted', async () => {
  server.fail({ path: MESSAGES, rateLimit: 1, times: 2 });
  const url = `${server.apiUrl}/v10/channels/${channel.id}/messages`;
  const send = () => fetch(url, { method: 'POST', body: '{}' });
  const response = await send();
  expect(response.headers.get('retry-after')).toBe('1.000');
  expect(response.headers.get('x-ratelimit-scope')).toBe('user');
  expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(await response.json()).toMatchObject({ retry_after: 1, global: false });
  await new Promise((resolve) => setTimeout(resolve, 150));
  await send();
  expect(server.violations).toMatchObject([{ rule: '429' }]);
});

test('a bucket: headers keep the client below the limit, who ignores them gets 429', async () => {
  server.rateLimit({ method: 'POST', path: MESSAGES, limit: 2, windowMs: 300 });
  const start = performance.now();
  await Promise.all(['1', '2', '3', '4'].map((content) => channel.send(content)));
  expect(performance.now() - start).toBeGreaterThan(290);
  expect(statuses()).toEqual([200, 200, 200, 200]);
  const url = `${server.apiUrl}/v10/channels/${channel.id}/messages`;
  const raw = await Promise.all([1, 2, 3].map(() => fetch(url, { method: 'POST', body: '{}' })));
  expect(raw.some(({ status }) => status === 429)).toBe(true);
});

test('5xx, after letting one pass: the client sends again', async () => {
  server.fail({ method: 'POST', path: MESSAGES, status: 502, times: 2, skip: 1 });
  await channel.send('1');
  await channel.send('2');
  expect(statuses()).toEqual([200, 502, 502, 200]);
  expect(server.botMessages).toHaveLength(2);
  expect(server.violations).toEqual([]);
});

test('a refusal of choice, a connection that breaks, an answer that takes time', async () => {
  server.fail({ path: MESSAGES, status: 403, code: 50013, message: 'Missing Permissions' });
  await expect(channel.send('x')).rejects.toMatchObject({ code: 50013, status: 403 });

  server.fail({ path: MESSAGES, drop: true });
  await channel.send('y').catch(() => {});
  expect(statuses()).toContain(0);

  server.fail({ path: MESSAGES, delay: 200 });
  const start = performance.now();
  await channel.send('z');
  expect(performance.now() - start).toBeGreaterThan(190);
  expect(server.violations).toEqual([]);
});
