import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { answered } from './support/fake-engine.ts';
import { openStage } from './support/harness.ts';

describe('a mention', () => {
  it('is answered with a reply in the language of the question', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.answer = ({ question }) => answered(question, { language: 'de' });
    const said = server.say(`<@${server.botId}> Was forderte Russland?`);
    const reply = await said.reply();
    expect(reply.replyTo).toBe(said.message.id);
    expect(reply.text).toContain('Stand: Januar 2022');
    expect(engine.asked[0]).toMatchObject({ question: 'Was forderte Russland?' });
    expect(engine.asked[0]).not.toHaveProperty('locale');
    expect(server.typing.length).toBeGreaterThan(0);
    expectManners();
  });

  it('in a thread continues what was said there; in a channel it starts anew', async () => {
    const { server, engine, expectManners } = await openStage();
    const thread = server.startThread(server.guild.channels[0]!, 'talk');
    const mention = `<@${server.botId}>`;
    await server.say(`${mention} What did Russia demand?`, { channel: thread }).reply();
    await server.say(`${mention} And the US?`, { channel: thread }).reply();
    await server.say(`${mention} Who met?`).reply();
    await server.say(`${mention} And then?`).reply();
    expect(engine.asked.map(({ history }) => history?.length)).toEqual([0, 1, 0, 0]);
    expectManners();
  });

  it('in a reply that notifies the bot continues that answer, also over several', async () => {
    const { server, engine, expectManners } = await openStage();
    const first = await server.slash('ask', { question: 'What did Russia demand?' }).response();
    const second = await server.say('And the US?', { replyTo: first }).reply();
    await server.say('And Germany?', { replyTo: second, user: server.addUser() }).reply();
    expect(engine.asked.map(({ history }) => history?.map(({ question }) => question))).toEqual([
      [],
      ['What did Russia demand?'],
      ['What did Russia demand?', 'And the US?'],
    ]);
    expectManners();
  });

  it('without a question gets help; what is not for the bot gets nothing', async () => {
    const { server, engine, expectManners } = await openStage();
    const first = await server.slash('ask', { question: 'What did Russia demand?' }).response();
    server.say('@everyone listen');
    server.say('A reply that notifies nobody', { replyTo: first, ping: false });
    server.say(`<@${server.botId}> I am a bot`, { user: server.addUser({ bot: true }) });
    const help = await server.say(`<@${server.botId}>`).reply();
    expect(help.text).toContain('Ask me what the articles say');
    expect(engine.asked).toHaveLength(1);
    expect(server.botMessages).toHaveLength(2);
    expectManners();
  });

  it('shows names in place of mentions to the engine', async () => {
    const { server, engine, expectManners } = await openStage();
    const other = server.addUser({ name: 'Ada' });
    await server.say(`<@${server.botId}> what does <@${other.id}> mean?`).reply();
    expect(engine.asked[0]?.question).toMatch(/^what does @\S*Ada\S* mean\?$/i);
    expectManners();
  });
});

describe('a direct message', () => {
  it('is a conversation of its own', async () => {
    const { server, engine, expectManners } = await openStage();
    const channel = server.dm(server.user);
    const reply = await server.say('What did Russia demand?', { channel }).reply();
    expect(reply.text).toContain('1 of 1 quote checked');
    await server.say('And the US?', { channel }).reply();
    const stranger = server.addUser();
    await server.say('And the US?', { channel: server.dm(stranger), user: stranger }).reply();
    expect(engine.asked.map(({ history }) => history?.length)).toEqual([0, 1, 0]);
    expectManners();
  });
});

describe('where the bot may not', () => {
  it('write, the answer comes as a direct message', async () => {
    const { server } = await openStage();
    const [channel] = server.guild.channels;
    server.deny(channel!, PermissionFlagsBits.SendMessages);
    server.say(`<@${server.botId}> What did Russia demand?`);
    const message = await server.until(() =>
      server.botMessages.find(({ channelId }) => channelId === server.dm(server.user).id),
    );
    expect(message.text).toContain('I may not write in #general');
    expect(message.text).toContain('1 of 1 quote checked');
    expect(server.pings).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  it('read the history, it answers without a reference', async () => {
    const { server, expectManners } = await openStage();
    server.deny(server.guild.channels[0]!, PermissionFlagsBits.ReadMessageHistory);
    const said = server.say(`<@${server.botId}> What did Russia demand?`);
    const message = await said.reply();
    expect(message.replyTo).toBeUndefined();
    expect(message.text).toContain('1 of 1 quote checked');
    expectManners();
  });

  it('write in threads, view the channel or embed links, a command is answered all the same', async () => {
    const { server, expectManners } = await openStage();
    const [channel] = server.guild.channels;
    const thread = server.startThread(channel!, 'talk');
    server.deny(
      channel!,
      PermissionFlagsBits.SendMessagesInThreads |
        PermissionFlagsBits.EmbedLinks |
        PermissionFlagsBits.ViewChannel,
    );
    const message = await server.slash('ask', { question: 'Demands?' }, { channel: thread }).response();
    expect(message.text).toContain('1 of 1 quote checked');
    expectManners();
  });

  it('write, and the person takes no direct messages, nothing breaks', async () => {
    const { server, log, expectManners } = await openStage();
    server.deny(server.guild.channels[0]!, PermissionFlagsBits.SendMessages);
    const shy = server.addUser({ acceptsDms: false });
    server.say(`<@${server.botId}> What did Russia demand?`, { user: shy });
    await vi.waitFor(() => expect(log()).toContain('question answered'));
    expect(server.botMessages).toEqual([]);
    expectManners();
  });
});

describe('rules', () => {
  const rules = { channels: [], roles: [], cooldownMs: 0, concurrency: 8 };

  it('of channels hold for commands, privately, and for mentions as a direct message', async () => {
    const { server, engine, expectManners } = await openStage({
      rules: { ...rules, channels: ['100000000000000000'] },
    });
    const refused = await server.slash('ask', { question: 'Demands?' }).response();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain('certain channels only');
    server.say(`<@${server.botId}> Demands?`);
    server.say(`<@${server.botId}> Demands!`);
    const told = await server.until(() =>
      server.botMessages.find(({ channelId }) => channelId === server.dm(server.user).id),
    );
    expect(told.text).toContain('certain channels only');
    expect(engine.asked).toEqual([]);
    const choices = await server.autocomplete('source', { option: 'article', value: 'Genf' }).choices();
    expect(choices).toEqual([]);
    expect((await server.slash('forget').response()).text).toContain('Nothing is stored');
    expectManners();
  });

  it('of roles hold for members without one', async () => {
    const { server, engine, expectManners } = await openStage({
      rules: { ...rules, roles: ['100000000000000000'] },
    });
    const refused = await server.slash('ask', { question: 'Demands?' }).response();
    expect(refused.text).toContain('certain roles only');
    expect(engine.asked).toEqual([]);
    expectManners();
  });

  it('let a person ask again after the cooldown, others at once', async () => {
    const { server, expectManners } = await openStage({ rules: { ...rules, cooldownMs: 5000 } });
    await server.slash('ask', { question: 'One?' }).response();
    const refused = await server.slash('ask', { question: 'Two?' }).response();
    expect(refused.text).toMatch(/ask again in [45] seconds/);
    expect(refused.ephemeral).toBe(true);
    const other = await server.slash('ask', { question: 'Two?' }, { user: server.addUser() }).response();
    expect(other.text).toContain('checked');
    server.clock.advance(5000);
    expect((await server.slash('ask', { question: 'Two?' }).response()).text).toContain('checked');
    expectManners();
  });

  it('let no more questions in than can be worked on and wait', async () => {
    const { server, engine, expectManners } = await openStage({ rules: { ...rules, concurrency: 1 } });
    let running = 0;
    let most = 0;
    engine.answer = async ({ question }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return answered(question);
    };
    const asked = Array.from({ length: 30 }, (_, i) =>
      server.slash('ask', { question: `Question ${i}?` }, { user: server.addUser() }),
    );
    const texts = await Promise.all(asked.map(async (one) => (await one.response()).text));
    expect(texts.filter((text) => text.includes('checked'))).toHaveLength(26);
    expect(texts.filter((text) => text.includes('Many questions are waiting'))).toHaveLength(4);
    expect(most).toBe(1);
    expectManners();
  });
});

describe('installed by a person', () => {
  it('answers in servers it is no member of, and in direct messages of others, where it remembers no place', async () => {
    const { server, engine, expectManners } = await openStage();
    const foreign = server.addGuild({ botIsMember: false });
    const there = { guild: foreign, channel: foreign.channels[0]!, install: 'user' as const };
    expect((await server.slash('ask', { question: 'One?' }, there).response()).text).toContain('checked');
    const between = server.privateChannel([server.user, server.addUser()]);
    const asked = server.slash('ask', { question: 'Two?' }, { channel: between, install: 'user' });
    expect((await asked.response()).text).toContain('checked');
    await server.slash('ask', { question: 'Three?' }, { channel: between, install: 'user' }).response();
    const click = await asked.click('Follow up');
    const form = await click.modal();
    await (await click.submitModal({ [form.fields[0]!.customId]: 'Four?' })).response();
    expect(engine.asked.map(({ history }) => history?.length)).toEqual([0, 0, 0, 1]);
    expectManners();
  });
});
