import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDiscordServer } from '../discord-server/server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

type Server = Awaited<ReturnType<typeof startDiscordServer>>;
const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-bot-'));
let server: Server;
const running: ChildProcess[] = [];

beforeAll(async () => {
  expect(await start('embed', {}).ended).toBe(0);
}, 60_000);
beforeEach(async () => {
  server = await startDiscordServer();
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts an entry point as people do, with nothing but its environment. */
function start(entry: 'bot' | 'register' | 'embed', environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(ROOT, `src/${entry}.ts`)], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      CORPUS_DIR: path.join(ROOT, 'corpus'),
      INDEX_DIR: path.join(folder, 'index'),
      FEEDBACK_FILE: path.join(folder, 'feedback.sqlite'),
      ...environment,
    },
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, output: () => output };
}

const connection = () => ({ DISCORD_TOKEN: server.token, DISCORD_API_URL: server.apiUrl });

describe('npm start', () => {
  it('without a token says how to get one and what works without', async () => {
    const bot = start('bot', { DISCORD_TOKEN: '' });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain('https://discord.com/developers/applications');
    expect(bot.output()).toContain('npm run ask');
    expect(bot.output().split('\n').length).toBeLessThanOrEqual(5);
  });

  it('with a wrong token says so in one line', async () => {
    const bot = start('bot', { ...connection(), DISCORD_TOKEN: 'wrong' });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain('DISCORD_TOKEN: Discord does not know this token');
    expect(bot.output()).not.toContain('    at ');
  }, 60_000);

  it('answers from the articles, opens the quote, and ends on SIGTERM', async () => {
    const bot = start('bot', connection());
    await server.gateway.ready({ timeout: 40_000 });
    await server.until(() => server.commands().length > 0);
    const asked = server.slash('ask', { question: 'What did Russia demand?' });
    const message = await asked.response({ timeout: 20_000 });
    expect(message.text).toContain('quotes checked');
    const opened = await asked.select(JSON.stringify(message.components).match(/"value":"([^"]+)"/)![1]!);
    expect((await opened.response()).text).toMatch(/Passage \d+ of \d+/);
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(bot.output()).not.toContain(server.token);
    expect(server.violations).toEqual([]);
    expect(server.pings).toEqual([]);
  }, 90_000);
});

it('spreads over processes, which publish once and end together', async () => {
  const bot = start('bot', { ...connection(), DISCORD_SHARDS: '2' });
  await server.until(() => server.gateway.identifies.length === 2, { timeout: 60_000 });
  expect(server.gateway.identifies.map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(
    server.requests.filter(({ method, path }) => method === 'PUT' && path.includes('commands')),
  ).toHaveLength(1);
  const message = await server
    .slash('ask', { question: 'What did Russia demand?' })
    .response({ timeout: 20_000 });
  expect(message.text).toContain('quotes checked');
  await new Promise((resolve) => setTimeout(resolve, 500));
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(server.gateway.connected).toBe(false);
}, 120_000);

describe('npm run register', () => {
  it('prints what changes and does nothing when nothing has changed', async () => {
    const first = start('register', connection());
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain('+ ask\n');
    expect(first.output()).toContain('Published everywhere');
    const second = start('register', connection());
    expect(await second.ended).toBe(0);
    expect(second.output()).toMatch(/Nothing has changed: 9 commands everywhere/);
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    const local = start('register', { ...connection(), DISCORD_GUILD_ID: server.guild.id });
    expect(await local.ended).toBe(0);
    expect(server.commands(server.guild.id)).toHaveLength(9);
    expect(server.violations).toEqual([]);
  }, 60_000);
});
