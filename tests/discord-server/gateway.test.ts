import { once } from 'node:events';
import { Events, GatewayIntentBits, Routes } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createClient, type Fixture, startFixture } from './fixture.ts';
import { type DiscordServer, startDiscordServer } from './server.ts';

let open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.reverse()) await one.close();
  open = [];
});

async function start(...options: Parameters<typeof startFixture>): Promise<Fixture> {
  const fixture = await startFixture(...options);
  open.push(fixture);
  return fixture;
}

/** Counts what arrives, by option `n`, and answers it. */
function countQuestions({ client }: Fixture): number[] {
  const seen: number[] = [];
  client.on('interactionCreate', async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    seen.push(interaction.options.getInteger('n', true));
    await interaction.reply('ok');
  });
  return seen;
}

test('login: the intents, the application and the guilds with channels and permissions', async () => {
  const { server, client } = await start({
    guilds: [{ name: 'A', channels: ['news', 'talk'] }, { name: 'B' }],
  });
  expect(server.gateway.identifies).toMatchObject([
    {
      intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages,
    },
  ]);
  expect(client.user.id).toBe(server.botId);
  expect(client.application.id).toBe(server.applicationId);
  expect(client.guilds.cache.map((guild) => guild.name)).toEqual(['A', 'B']);
  const guild = client.guilds.cache.get(server.guild.id);
  expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(['news', 'talk']);
  expect(guild?.members.me?.permissions.has(['SendMessages', 'CreatePublicThreads'])).toBe(true);
  expect(guild?.members.me?.permissions.has('ManageMessages')).toBe(false);
  expect(server.violations).toEqual([]);
});

test('heartbeats are acknowledged', async () => {
  const { server, client } = await start({ heartbeatInterval: 40 });
  await server.until(() => server.gateway.heartbeats >= 3);
  await expect.poll(() => client.ws.ping).toBeGreaterThanOrEqual(0);
});

test.each([
  ['cut off', (server: DiscordServer) => server.gateway.drop()],
  ['closed with 4000', (server: DiscordServer) => server.gateway.close(4000)],
  ['told to reconnect', (server: DiscordServer) => server.gateway.reconnect()],
])('%s, the client resumes and gets what it missed', async (_, disturb) => {
  const fixture = await start();
  const { server } = fixture;
  const seen = countQuestions(fixture);
  await server.slash('ask', { n: 1 }).response();
  disturb(server);
  await server.until(() => !server.gateway.connected);
  const missed = server.slash('ask', { n: 2 });
  await missed.response();
  expect(seen).toEqual([1, 2]);
  expect(server.gateway.resumes).toMatchObject([{ replayed: 1 }]);
  expect(server.gateway.identifies).toHaveLength(1);
  expect(server.violations).toEqual([]);
});

test('an answer goes on over REST while the gateway is cut off', async () => {
  const { server, client } = await start();
  client.on('interactionCreate', async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    server.gateway.drop();
    await interaction.editReply('still here');
  });
  expect((await server.slash('ask').response()).content).toBe('still here');
  await once(client, Events.ShardResume);
  expect(server.violations).toEqual([]);
});

test('an interaction during an absence of more than three seconds is dead when it is replayed', async () => {
  const fixture = await start();
  const { server, client } = fixture;
  const refusal = new Promise((resolve) => {
    client.on('interactionCreate', (interaction) => {
      if (interaction.isRepliable()) interaction.reply('late').catch(resolve);
    });
  });
  server.gateway.drop();
  const asked = server.slash('ask');
  server.clock.advance(3001);
  expect(await refusal).toMatchObject({ code: 10062 });
  expect(asked.dead).toBe(true);
  expect(server.violations).toMatchObject([{ rule: '10062' }]);
});

test('an invalid session makes the client identify again; a resumable one does not', async () => {
  const { server, client } = await start();
  const resumed = once(client, Events.ShardResume);
  server.gateway.invalidateSession({ resumable: true });
  await resumed;
  expect(server.gateway.identifies).toHaveLength(1);
  const ready = once(client, Events.ShardReady);
  server.gateway.invalidateSession();
  await ready;
  expect(server.gateway.identifies).toHaveLength(2);
  expect(server.violations).toEqual([]);
});

test('without acknowledged heartbeats the client gives the connection up and resumes', async () => {
  const { server } = await start({ heartbeatInterval: 60 });
  server.gateway.withholdAcks(true);
  await server.until(() => !server.gateway.connected);
  server.gateway.withholdAcks(false);
  await server.until(() => server.gateway.resumes.length > 0 && server.gateway.connected);
});

test('while connections are refused the client keeps trying', async () => {
  const { server, client } = await start();
  const ready = once(client, Events.ShardReady);
  server.gateway.refuseConnections(true);
  server.gateway.drop();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(server.gateway.connected).toBe(false);
  server.gateway.refuseConnections(false);
  await ready;
});

test('two shards: each guild once, direct messages to the first', async () => {
  const { server, client } = await start({ guilds: [{}, {}, {}] }, { shards: [0, 1], shardCount: 2 });
  expect(server.gateway.identifies.map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(client.guilds.cache.size).toBe(3);
  let received = 0;
  client.on('messageCreate', () => {
    received += 1;
  });
  const answered = once(client, Events.MessageCreate);
  server.say('hello', { channel: server.dm(server.user) });
  await answered;
  expect(received).toBe(1);
});

test('a session that nobody knows cannot be resumed', async () => {
  const server = await startDiscordServer();
  open.push(server);
  const { received } = openRaw(server, [{ op: 6, d: { token: server.token, session_id: '1', seq: 1 } }]);
  await expect.poll(() => received).toContainEqual({ op: 9, d: false });
});

test('a privileged intent is refused with 4014 and noted', async () => {
  const server = await startDiscordServer();
  const client = createClient(server, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
  });
  open.push(server, { close: () => client.destroy() });
  await expect(client.login(server.token)).rejects.toThrow(/disallowed intents/i);
  expect(server.violations).toMatchObject([{ rule: 'gateway', message: expect.stringContaining('32768') }]);
});

test('a wrong token is refused: by REST with 401, by the gateway with 4004', async () => {
  const server = await startDiscordServer();
  const client = createClient(server);
  open.push(server, { close: () => client.destroy() });
  await expect(client.login('somebody-elses-token')).rejects.toThrow();
  const { closed } = openRaw(server);
  expect(await closed).toBe(4004);
});

test.each([
  ['a command before identify', [{ op: 3, d: {} }], 4003],
  ['what is not JSON', ['nonsense'], 4002],
  [
    'a second identify',
    [
      { op: 2, d: { token: 'loopback-token', intents: 1 } },
      { op: 2, d: {} },
    ],
    4005,
  ],
  [
    'an op the bot has no use for',
    [
      { op: 2, d: { token: 'loopback-token', intents: 1 } },
      { op: 8, d: {} },
    ],
    4001,
  ],
  [
    'a heartbeat from the future',
    [
      { op: 2, d: { token: 'loopback-token', intents: 1 } },
      { op: 1, d: 99 },
    ],
    4007,
  ],
  ['more than 120 commands a minute', Array.from({ length: 121 }, () => ({ op: 1, d: null })), 4008],
])('%s closes the connection', async (_, packets, code) => {
  const server = await startDiscordServer();
  open.push(server);
  const { closed } = openRaw(server, packets);
  expect(await closed).toBe(code);
  expect(server.violations).toHaveLength(1);
});

test('a guild that is added later arrives, and so do events only where their intent was asked for', async () => {
  const fixture = await start({}, { intents: [GatewayIntentBits.Guilds] });
  const { server, client } = fixture;
  const joined = new Promise((resolve) => client.once(Events.GuildCreate, (guild) => resolve(guild.name)));
  let messages = 0;
  client.on('messageCreate', () => {
    messages += 1;
  });
  server.say(`<@${server.botId}> hello`);
  server.say('hello', { channel: server.dm(server.user) });
  server.addGuild({ name: 'Later' });
  expect(await joined).toBe('Later');
  expect(messages).toBe(0);
});

test('the gateway is found by /gateway/bot and wants version 10 in JSON', async () => {
  const { server, rest } = await start();
  const { url } = (await rest.get(Routes.gatewayBot())) as { url: string };
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
  const closed = new Promise((resolve) => new WebSocket(`${url}?v=9&encoding=json`).on('close', resolve));
  expect(await closed).toBe(4012);
  expect(server.gateway.connected).toBe(true);
});

/** A client that says what it is told to. */
function openRaw(
  server: DiscordServer,
  packets: (object | string)[] = [{ op: 2, d: { token: 'wrong', intents: 1 } }],
): { closed: Promise<number>; received: unknown[] } {
  const socket = new WebSocket(
    `${server.apiUrl.replace('http', 'ws').replace('/api', '')}?v=10&encoding=json`,
  );
  const received: unknown[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  socket.once('message', () => {
    for (const packet of packets) socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet));
  });
  return { closed: new Promise((resolve) => socket.on('close', resolve)), received };
}
