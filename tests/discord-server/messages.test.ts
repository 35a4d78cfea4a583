import { type Message, MessageFlags, PermissionFlagsBits, type TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import type { Channel, DiscordServer } from './server.ts';

let fixture: Fixture;
let server: DiscordServer;
let general: Channel;

beforeEach(async () => {
  fixture = await startFixture();
  server = fixture.server;
  general = server.channel;
});
afterEach(() => fixture.close());

/** What the bot receives of people's messages, in order. */
function collectReceived(): Message[] {
  const received: Message[] = [];
  fixture.client.on('messageCreate', (message) => {
    if (!message.author.bot) received.push(message);
  });
  return received;
}

function botChannel(channel: Channel): TextChannel {
  return fixture.client.channels.cache.get(channel.id) as TextChannel;
}

async function codeOf(action: Promise<unknown>): Promise<number> {
  return action.then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}

describe('what the bot gets to read', () => {
  test('without the Message Content intent: mentions, ping-replies and direct messages', async () => {
    const received = collectReceived();
    const own = await botChannel(general).send({ content: 'an answer', allowedMentions: { parse: [] } });
    const answer = server.botMessages[0];
    if (!answer) throw new Error('the bot sent nothing');
    server.say('not for you');
    server.say(`<@${server.botId}> for you`);
    server.say('and then?', { replyTo: answer });
    server.say('and silently?', { replyTo: answer, ping: false });
    server.say('privately', { channel: server.dm(server.user) });
    await expect
      .poll(() => received.map(({ content }) => content))
      .toEqual(['', `<@${server.botId}> for you`, 'and then?', '', 'privately']);
    expect(received[1]?.mentions.has(server.botId)).toBe(true);
    expect(received[2]?.reference?.messageId).toBe(own.id);
    expect(received[4]?.guild).toBeNull();
    const fetched = await botChannel(general).messages.fetch(received[0]?.id ?? '');
    expect(fetched.content).toBe('');
  });

  test('in a thread that a person starts', async () => {
    const received = collectReceived();
    const thread = server.startThread(general, 'about Geneva');
    server.say(`<@${server.botId}> here`, { channel: thread });
    await expect.poll(() => received[0]?.channel.isThread()).toBe(true);
    expect(received[0]?.channel).toMatchObject({ name: 'about Geneva', parentId: general.id });
  });

  test('nothing of channels it may not see', async () => {
    const received = collectReceived();
    server.deny(general, PermissionFlagsBits.ViewChannel);
    server.say(`<@${server.botId}> hidden`);
    server.allow(general, PermissionFlagsBits.ViewChannel);
    server.say(`<@${server.botId}> seen`);
    await expect.poll(() => received).toHaveLength(1);
    expect(received[0]?.content).toContain('seen');
  });
});

test('people cannot send more than 4000 characters', () => {
  expect(() => server.say('x'.repeat(4001))).toThrow(/got 4001/);
});

describe('what people get to see', () => {
  test('an answer to a message, its edits and its deletion', async () => {
    fixture.client.on('messageCreate', async (message) => {
      if (message.author.bot) return;
      await message.channel.sendTyping();
      const sent = await message.reply({
        content: 'one',
        allowedMentions: { parse: [], repliedUser: false },
      });
      await sent.edit({ embeds: [{ title: 'two', fields: [{ name: 'n', value: 'v' }] }] });
      await sent.delete();
    });
    const asked = server.say(`<@${server.botId}> ?`);
    const message = await asked.reply({ until: ({ text }) => text === 'one\ntwo\nn\nv' });
    await server.until(() => message.deleted);
    expect(message.writes.map(({ kind }) => kind)).toEqual(['create', 'edit']);
    expect(message.replyTo).toBe(asked.message.id);
    expect(server.typing).toMatchObject([{ channelId: general.id }]);
    expect(server.pings).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test('an answer in a thread started on the question', async () => {
    fixture.client.on('messageCreate', async (message) => {
      if (message.author.bot) return;
      const thread = await message.startThread({ name: 'Answer' });
      await thread.send('in the thread');
    });
    const asked = server.say(`<@${server.botId}> ?`);
    expect((await asked.reply()).content).toBe('in the thread');
    expect(asked.message.threadId).toBe(asked.message.id);
    expect(server.violations).toEqual([]);
  });

  test('a direct message that the bot begins, unless they are closed', async () => {
    const open = await fixture.client.users.fetch(server.user.id);
    await open.send('hello');
    expect(server.botMessages).toMatchObject([{ content: 'hello', channelId: server.dm(server.user).id }]);
    const closed = await fixture.client.users.fetch(server.addUser({ acceptsDms: false }).id);
    expect(await codeOf(closed.send('hello'))).toBe(50007);
  });

  test('history, newest first', async () => {
    for (const content of ['1', '2', '3']) await botChannel(general).send(content);
    const messages = await botChannel(general).messages.fetch({ limit: 2, cache: false });
    expect(messages.map(({ content }) => content)).toEqual(['3', '2']);
  });

  test('a message sent again with the same nonce is one message', async () => {
    const options = { content: 'x', nonce: '7', enforceNonce: true };
    const [first, second] = [
      await botChannel(general).send(options),
      await botChannel(general).send(options),
    ];
    expect(second.id).toBe(first.id);
    expect(server.botMessages).toHaveLength(1);
  });
});

describe('refusals', () => {
  const { SendMessages, EmbedLinks, AttachFiles, CreatePublicThreads, ReadMessageHistory, ViewChannel } =
    PermissionFlagsBits;

  test.each([
    ['sending', SendMessages, 50013, (channel: TextChannel) => channel.send('x')],
    ['typing', SendMessages, 50013, (channel: TextChannel) => channel.sendTyping()],
    ['an embed', EmbedLinks, 50013, (channel: TextChannel) => channel.send({ embeds: [{ title: 't' }] })],
    ['a file', AttachFiles, 50013, (channel: TextChannel) => channel.send({ files: [Buffer.from('x')] })],
    ['a thread', CreatePublicThreads, 50013, (channel: TextChannel) => channel.threads.create({ name: 't' })],
    ['everything', ViewChannel, 50001, (channel: TextChannel) => channel.send('x')],
    [
      'one message',
      ReadMessageHistory,
      50013,
      (channel: TextChannel) => channel.messages.fetch(firstMessage().id),
    ],
    [
      'a reply',
      ReadMessageHistory,
      160002,
      (channel: TextChannel) =>
        channel.send({ content: 'x', reply: { messageReference: firstMessage().id } }),
    ],
  ])('without the permission: %s', async (_, permission, code, act) => {
    server.say('first');
    const channel = botChannel(general);
    server.deny(general, permission);
    expect(await codeOf(act(channel))).toBe(code);
    expect(server.requests.at(-1)).toMatchObject({ code });
    expect(server.violations).toEqual([]);
    server.allow(general, permission);
    expect(await codeOf(act(channel))).toBe(0);
  });

  test("other people's messages can be neither edited nor deleted", async () => {
    server.say('mine');
    const channel = botChannel(general);
    const message = await channel.messages.fetch(firstMessage().id);
    expect(await codeOf(channel.messages.edit(message.id, 'yours'))).toBe(50005);
    expect(await codeOf(channel.messages.delete(message.id))).toBe(50013);
  });

  test('what is gone is unknown', async () => {
    const channel = botChannel(general);
    const sent = await channel.send('x');
    server.deleteMessage(server.botMessages[0] ?? firstMessage());
    expect(await codeOf(channel.messages.edit(sent.id, 'y'))).toBe(10008);
    expect(await codeOf(channel.messages.fetch({ message: sent.id, force: true }))).toBe(10008);
    const reply = { messageReference: sent.id, failIfNotExists: true };
    expect(await codeOf(channel.send({ content: 'y', reply }))).toBe(50035);
    expect(await codeOf(channel.send({ content: 'y', reply: { ...reply, failIfNotExists: false } }))).toBe(0);
  });

  test('an ephemeral message is unknown to the routes of the channel', async () => {
    fixture.client.on('interactionCreate', async (interaction) => {
      if (interaction.isCommand()) await interaction.reply({ content: 'x', flags: MessageFlags.Ephemeral });
    });
    const message = await server.slash('ask').response();
    expect(await codeOf(botChannel(general).messages.edit(message.id, 'y'))).toBe(10008);
  });

  test('a second thread on one message', async () => {
    const sent = await botChannel(general).send('x');
    await sent.startThread({ name: 'one' });
    expect(await codeOf(sent.startThread({ name: 'two' }))).not.toBe(0);
  });

  test('flags that have no effect are noted: ephemeral in a channel, embeds under SUPPRESS_EMBEDS', async () => {
    const body = { content: 'x', flags: MessageFlags.Ephemeral };
    await fixture.rest.post(`/channels/${general.id}/messages`, { body });
    await botChannel(general).send({ embeds: [{ title: 't' }], flags: MessageFlags.SuppressEmbeds });
    expect(server.violations.map(({ rule }) => rule)).toEqual(['ephemeral', 'suppressed-embeds']);
    expect(server.botMessages[1]?.text).toBe('');
  });

  test('a route that does not exist, a body that is no JSON, a missing key, a file too large', async () => {
    const url = `${server.apiUrl}/v10/channels/${general.id}/messages`;
    const headers = {
      authorization: `Bot ${server.token}`,
      'content-type': 'application/json',
      'user-agent': 'DiscordBot (x, 1)',
    };
    expect(await codeOf(fixture.rest.get('/nowhere'))).toBe(0);
    const statuses = [
      await fetch(url, { method: 'POST', headers, body: '{' }),
      await fetch(url, { method: 'POST', headers: { ...headers, authorization: 'Bot x' }, body: '{}' }),
      await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'user-agent': 'curl' },
        body: '{"content":"x"}',
      }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([400, 401, 200]);
    expect(await codeOf(botChannel(general).send({ files: [Buffer.alloc(11 * 1024 * 1024)] }))).toBe(40005);
    expect(server.violations.map(({ rule }) => rule)).toEqual(['0', '50109', '0', 'user-agent', '40005']);
  });

  function firstMessage() {
    const [message] = server.messages;
    if (!message) throw new Error('there is no message');
    return message;
  }
});

describe('pings', () => {
  const hostile = () => `@everyone <@${server.user.id}> <@&${server.guild.id}>`;

  test.each([
    ['nothing is said about mentions', undefined, { everyone: true, users: 1, roles: 1, repliedUser: true }],
    [
      'everyone may be pinged',
      { parse: ['everyone'] },
      { everyone: true, users: 0, roles: 0, repliedUser: false },
    ],
    [
      'users may be pinged',
      { parse: ['users'] },
      { everyone: false, users: 1, roles: 0, repliedUser: false },
    ],
    [
      'the author may be pinged',
      { parse: [], replied_user: true },
      { everyone: false, users: 0, roles: 0, repliedUser: true },
    ],
  ])('when %s', async (_, allowed_mentions, expected) => {
    const { message } = server.say('question');
    const body = { content: hostile(), allowed_mentions, message_reference: { message_id: message.id } };
    await fixture.rest.post(`/channels/${general.id}/messages`, { body });
    const [ping] = server.pings;
    expect({ ...ping, users: ping?.users.length, roles: ping?.roles.length }).toMatchObject(expected);
  });

  test('never with an empty list, in content and text displays, in edits too', async () => {
    const sent = await botChannel(general).send({ content: hostile(), allowedMentions: { parse: [] } });
    await sent.edit({ content: `${hostile()}!`, allowedMentions: { parse: [] } });
    const components = [{ type: 10, content: hostile() }];
    const body = { flags: MessageFlags.IsComponentsV2, components, allowed_mentions: { parse: [] } };
    await fixture.rest.post(`/channels/${general.id}/messages`, { body });
    expect(server.pings).toEqual([]);
    await sent.edit({ content: hostile(), allowedMentions: undefined as never });
    await fixture.rest.post(`/channels/${general.id}/messages`, {
      body: { ...body, allowed_mentions: undefined },
    });
    expect(server.pings).toHaveLength(2);
  });
});
