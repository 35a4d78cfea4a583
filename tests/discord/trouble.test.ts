import { setTimeout as sleep } from 'node:timers/promises';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import type { FeedbackStore } from '../../src/discord/services.ts';
import { openFeedback } from '../../src/feedback/store.ts';
import type { Answer, AnswerRequest } from '../../src/types.ts';
import { createClock } from '../discord-server/server.ts';
import { abstained, answered, cite, GENEVA } from './support/fake-engine.ts';
import { openStage, type Stage } from './support/harness.ts';

/** An engine that answers when the test says so. */
function holdAnswers({ engine }: Stage) {
  const held: { request: AnswerRequest; give: (answer?: Answer) => void; fail: (error: Error) => void }[] =
    [];
  engine.answer = (request) =>
    new Promise((resolve, reject) => {
      held.push({
        request,
        give: (answer = answered(request.question)) => resolve(answer),
        fail: reject,
      });
    });
  return held;
}

describe('a slow model', () => {
  it('is waited for past three seconds; progress is shown at most every 1.5 s, the answer last', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    await asked.acknowledged();
    expect(asked.acknowledgedAfter).toBeLessThan(1000);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const { request, give } = held[0]!;
    const claim = cite(GENEVA, GENEVA.body.slice(0, 60));
    for (let i = 0; i < 33; i += 1) {
      request.onProgress?.({ step: 'reading', passages: i });
      await sleep(100);
    }
    request.onProgress?.({ step: 'proved', text: 'Talks ended early [1].', citations: [claim] });
    const proved = await asked.response({ until: ({ text }) => text.includes('Talks ended early [1].') });
    expect(proved.text).toContain('Checked so far:');
    give();
    const message = await asked.response({ until: ({ text }) => text.includes('1 of 1 quote checked') });
    const edits = message.writes.filter(({ kind }) => kind === 'edit').map(({ at }) => at);
    expect(edits.length).toBeGreaterThanOrEqual(3);
    for (const [i, at] of edits.slice(1).entries()) expect(at - edits[i]!).toBeGreaterThanOrEqual(1490);
    await sleep(1700);
    expect(server.botMessages[0]?.text).toContain('1 of 1 quote checked');
    expectManners();
  }, 60_000);

  it('keeps typing after a mention and answers with one reply that it edits', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, expectManners } = stage;
    const said = server.say(`<@${server.botId}> Demands?`);
    await said.reply();
    expect(server.typing.length).toBeGreaterThan(0);
    held[0]!.give();
    const message = await said.reply({ until: ({ text }) => text.includes('checked') });
    expect(server.botMessages).toEqual([message]);
    expectManners();
  });

  it('that takes longer than fifteen minutes answers in the channel', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    server.clock.advance(15 * 60_000 + 1000);
    held[0]!.give();
    const late = await server.until(() =>
      server.botMessages.find(({ interactionId }) => interactionId === undefined),
    );
    expect(late.channelId).toBe(asked.channelId);
    expect(late.text).toContain('took longer than a reply may take');
    expect(late.text).toContain('1 of 1 quote checked');
    expectManners();
  });

  it('answers a private question late in a direct message, also where the channel is closed', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, expectManners } = stage;
    server.slash('ask', { question: 'Secret?', private: true });
    const shut = server.addChannel(server.guild, 'shut');
    server.deny(shut, PermissionFlagsBits.SendMessages);
    const other = server.addUser();
    server.slash('ask', { question: 'Public?' }, { channel: shut, user: other });
    await vi.waitFor(() => expect(held).toHaveLength(2));
    server.clock.advance(16 * 60_000);
    for (const { give } of held) give();
    for (const user of [server.user, other])
      await server.until(() =>
        server.botMessages.find(
          ({ channelId, text }) => channelId === server.dm(user).id && text.includes('checked'),
        ),
      );
    expectManners();
  });
});

describe('Discord in trouble', () => {
  it.each(['drop', 'reconnect', 'invalidateSession'] as const)(
    '%s of the gateway in mid-answer loses nothing',
    async (trouble) => {
      const stage = await openStage();
      const held = holdAnswers(stage);
      const { server, expectManners } = stage;
      const asked = server.slash('ask', { question: 'Before?' });
      await vi.waitFor(() => expect(held).toHaveLength(1));
      server.gateway[trouble]();
      held[0]!.give();
      expect((await asked.response()).text).toContain('1 of 1 quote checked');
      await server.until(() => server.gateway.connected, { timeout: 15_000 });
      await server.gateway.ready({ timeout: 15_000 });
      const after = server.slash('ask', { question: 'After?' });
      await vi.waitFor(() => expect(held).toHaveLength(2), { timeout: 5000 });
      held[1]!.give();
      expect((await after.response()).text).toContain('1 of 1 quote checked');
      expectManners();
    },
    40_000,
  );

  it('a storm of 429 and 502 delays answers and loses none', async () => {
    const { server, expectManners } = await openStage();
    server.fail({ method: 'PATCH', path: /webhooks/, times: 3, rateLimit: 0.3 });
    server.fail({ method: 'PATCH', path: /webhooks/, times: 2, status: 502 });
    server.fail({ method: 'POST', path: /messages/, times: 2, rateLimit: 0.3 });
    const asked = Array.from({ length: 6 }, (_, i) =>
      server.slash('ask', { question: `Question ${i}?` }, { user: server.addUser() }),
    );
    const said = server.say(`<@${server.botId}> Demands?`);
    for (const one of asked) expect((await one.response({ timeout: 10_000 })).text).toContain('checked');
    expect((await said.reply({ timeout: 10_000 })).text).toContain('checked');
    expectManners();
  });

  it('somebody deletes the message that is about to be edited', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, log, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    server.deleteMessage(asked.original!);
    held[0]!.give();
    await vi.waitFor(() => expect(log()).toContain('is gone'));
    expect(log()).not.toContain('"level":50');
    expectManners();
  });
});

describe('faults', () => {
  it('of the engine give one private line with a reference, and the log has the rest', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, log, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]!.fail(new Error('the index is broken'));
    const told = await server.until(() => asked.followUps[0]);
    expect(told.ephemeral).toBe(true);
    const reference = /Reference: ([0-9A-F]{6})/.exec(told.text)?.[1];
    expect(told.text).not.toContain('index');
    expect(log()).toContain(`"reference":"${reference}"`);
    expect(log()).toContain('the index is broken');
    expect(asked.original?.deleted).toBe(true);
    const said = server.say(`<@${server.botId}> Demands?`);
    await vi.waitFor(() => expect(held).toHaveLength(2));
    held[1]!.fail(new Error('the index is broken'));
    expect((await said.reply()).text).toContain('Reference: ');
    expectManners();
  });

  it('of the feedback file leave the answer standing', async () => {
    const feedback: FeedbackStore = {
      ...(await openFeedback({ file: ':memory:', maxRows: 1 })),
      recordGap: async () => {
        throw new Error('disk full');
      },
    };
    const { server, engine, log, expectManners } = await openStage({ feedback });
    engine.answer = ({ question }) => abstained(question);
    const asked = server.slash('ask', { question: 'Who won the cup?' });
    await vi.waitFor(() => expect(log()).toContain('the gap could not be recorded'));
    expect((await asked.response()).deleted).toBe(false);
    expect(asked.followUps).toEqual([]);
    expectManners();
  });

  it('of Discord are logged without the token of the interaction', async () => {
    const { server, log } = await openStage();
    server.fail({ method: 'PATCH', path: /webhooks/, times: 1, status: 403, code: 50013 });
    const asked = server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(log()).toContain('interaction failed'));
    expect(log()).not.toContain(asked.token);
    expect(log()).toContain('[redacted]');
  });

  it('a control of another version is refused politely', async () => {
    const { server, engine, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'Demands?' });
    const message = await asked.response();
    const components = message.components as {
      components: { components?: { options?: { value: string }[] }[] }[];
    }[];
    const menu = components[0]!.components.find((row) => row.components?.[0]?.options)!.components![0]!;
    menu.options![0]!.value = 'something else';
    expect((await server.select(message, 'something else').response()).text).toContain('older version');
    expect(engine.asked).toHaveLength(1);
    expectManners();
  });
});

describe('restart', () => {
  it('between answer and click: every control works, only the conversation is forgotten', async () => {
    const stage = await openStage();
    const { server, engine, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    const message = await asked.response();
    const listed = server.slash('sources');
    await listed.response();
    await stage.restart();
    expect((await (await asked.click('Helpful')).response()).text).toContain('Thank you');
    const value = JSON.stringify(message.components).match(/"value":"([^"]+)"/)![1]!;
    const opened = server.select(message, value);
    expect((await opened.response()).text).toContain('Passage 2 of 3');
    await stage.restart();
    const next = await opened.click('Next');
    expect((await next.response({ until: ({ text }) => text.includes('Passage 3') })).text).toContain(
      '> Der Westen',
    );
    const click = await asked.click('Follow up');
    const form = await click.modal();
    const again = await click.submitModal({ [form.fields[0]!.customId]: 'And the US?' });
    expect((await again.response()).text).toContain('checked');
    expect(engine.asked.at(-1)?.history).toEqual([]);
    await listed.select(GENEVA.id);
    expectManners();
  });

  it('publishes commands only when they have changed', async () => {
    const stage = await openStage();
    const { server, log } = stage;
    const writes = () =>
      server.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/commands'));
    expect(writes()).toHaveLength(1);
    await stage.restart();
    expect(writes()).toHaveLength(1);
    expect(log().match(/commands published/g)).toHaveLength(1);
  });

  it('finishes the answers in flight, takes no more, and leaves', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    const { server, bot, expectManners } = stage;
    const asked = server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const stopped = bot.stop();
    const refused = await server.slash('ask', { question: 'More?' }, { user: server.addUser() }).response();
    expect(refused.text).toContain('I am being restarted');
    held[0]!.give();
    await stopped;
    expect((await asked.response()).text).toContain('checked');
    await server.until(() => !server.gateway.connected);
    expectManners();
  });

  it('waits no longer than its patience', async () => {
    const stage = await openStage();
    const held = holdAnswers(stage);
    stage.server.slash('ask', { question: 'Demands?' });
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const before = Date.now();
    await stage.bot.stop(200);
    expect(Date.now() - before).toBeLessThan(2000);
    expect(stage.log()).toContain('stopped before every answer was given');
  });
});

it('asks for no privileged intent and only for what it uses', async () => {
  const { server } = await openStage({ discord: { clock: createClock() } });
  expect(server.gateway.identifies.map(({ intents }) => intents)).toEqual([(1 << 0) | (1 << 9) | (1 << 12)]);
});

it('shows the link that adds it to a server, with the permissions the README names, when it is in none', async () => {
  const { server, log } = await openStage({ discord: { guilds: [] } });
  expect(log()).toContain(
    `client_id=${server.applicationId}&scope=bot+applications.commands&permissions=274877975552`,
  );
});

it('a fault in mid-progress stays what is said: no late step comes over it', async () => {
  const stage = await openStage();
  const held = holdAnswers(stage);
  const { server, expectManners } = stage;
  const asked = server.slash('ask', { question: 'Demands?', private: true });
  await vi.waitFor(() => expect(held).toHaveLength(1));
  held[0]!.request.onProgress?.({ step: 'checking', quotes: 2 });
  held[0]!.fail(new Error('broken'));
  await asked.response({ until: ({ text }) => text.includes('Reference: ') });
  await sleep(1800);
  expect(asked.original?.text).toContain('Reference: ');
  expectManners();
});

it('says when Discord has ended the connection for good', async () => {
  const { server, bot } = await openStage();
  server.gateway.close(4004);
  await expect(bot.lost).resolves.toContain('4004, AuthenticationFailed');
});
