import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createAdmission, type Visitor } from '../../src/discord/admission.ts';
import { describeError } from '../../src/discord/api-errors.ts';
import { composeMessages } from '../../src/discord/compose.ts';
import { createConversations } from '../../src/discord/conversations.ts';
import { addressParts, buildCustomId, parseAddress, parseCustomId } from '../../src/discord/custom-id.ts';
import { parseDate, renderDate } from '../../src/discord/dates.ts';
import { createEdits } from '../../src/discord/edits.ts';
import { cutText, LIMITS } from '../../src/discord/limits.ts';
import { en } from '../../src/discord/messages/en.ts';
import { guessLocale, resolveLocale } from '../../src/discord/messages/index.ts';
import { compareCommands } from '../../src/discord/publish.ts';
import { createTurnstile } from '../../src/discord/turnstile.ts';

describe('dates', () => {
  it.each([
    ['2022', '2022'],
    [' 2022-1 ', '2022-01'],
    ['2022-01-21', '2022-01-21'],
    ['21.1.2022', '2022-01-21'],
    ['01.2022', '2022-01'],
    ['2024-02-29', '2024-02-29'],
    ['2022-02-29', undefined],
    ['2022-13', undefined],
    ['0.2022', undefined],
    ['21.1.22', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%j is %j', (typed, date) => expect(parseDate(typed)).toBe(date));

  it.each([
    ['2022-01-21', 'de', '<t:1642766400:D>'],
    ['2022-01', 'en', 'January 2022'],
    ['2022-01', 'de', 'Januar 2022'],
    ['2022', 'de', '2022'],
  ] as const)('%s in %s reads %s', (date, locale, text) => expect(renderDate(date, locale)).toBe(text));
});

describe('cutText', () => {
  it('counts code points and never cuts one', () => {
    expect(cutText('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
    expect(cutText('🙂🙂🙂', 2)).toBe('🙂…');
  });
});

describe('custom ids', () => {
  it('carry every address there and back in a hundred characters', () => {
    const address = fc.record({
      articleId: fc.stringMatching(/^[0-9a-f]{12}$/),
      ordinal: fc.nat(99_999),
      digest: fc.stringMatching(/^[0-9a-f]{10}$/),
      quote: fc.option(fc.tuple(fc.nat(99_999_999), fc.nat(99_999_999)), { nil: undefined }),
    });
    fc.assert(
      fc.property(address, ({ quote, ...rest }) => {
        const wanted = quote === undefined ? rest : { ...rest, quote };
        const id = buildCustomId('passage', ...addressParts(wanted));
        expect(id.length).toBeLessThanOrEqual(LIMITS.customId);
        expect(parseAddress(parseCustomId(id).parts)).toEqual(wanted);
      }),
    );
  });
  it('refuses what is no address', () => {
    for (const value of ['', 'a', 'a:b:c:d', 'a:-1:0-1:d', 'a:1:0:d', 'a:1:0-1:'])
      expect(parseAddress(value.split(':'))).toBeUndefined();
  });
  it('refuses to be too long', () => {
    expect(() => buildCustomId('list', 'x'.repeat(100))).toThrow(RangeError);
  });
});

describe('composeMessages', () => {
  it('keeps within the limits whatever it is given', () => {
    const sections = fc.array(fc.array(fc.string({ maxLength: 3000 }), { maxLength: 12 }), { maxLength: 25 });
    fc.assert(
      fc.property(sections, (given) => {
        for (const { components } of composeMessages({ sections: given })) {
          const [container] = components;
          const texts = container.components.flatMap((part) => ('content' in part ? [part.content] : []));
          expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(LIMITS.messageText);
          expect(container.components.length + 1).toBeLessThanOrEqual(LIMITS.components);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('createEdits', () => {
  it('shows one state an interval, the newest, and the last one always', async () => {
    vi.useFakeTimers();
    try {
      const shown: [number, string][] = [];
      const start = Date.now();
      const edits = createEdits<string>({
        write: async (state) => void shown.push([Date.now() - start, state]),
        intervalMs: 1500,
        onFailure: () => undefined,
      });
      edits.offer('a');
      edits.offer('b');
      await vi.advanceTimersByTimeAsync(1600);
      edits.offer('c');
      const done = edits.finish('end');
      await vi.advanceTimersByTimeAsync(5000);
      await done;
      edits.offer('late');
      await vi.advanceTimersByTimeAsync(5000);
      expect(shown).toEqual([
        [1500, 'b'],
        [3000, 'end'],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on after a failure, and throws only that of the last state', async () => {
    const failures: unknown[] = [];
    const edits = createEdits<string>({
      write: async (state) => {
        throw new Error(state);
      },
      intervalMs: 1,
      onFailure: (error) => failures.push(error),
    });
    edits.offer('first');
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    await expect(edits.finish('last')).rejects.toThrow('last');
  });
});

describe('createTurnstile', () => {
  it('seats so many, lets so many wait, in order; one that leaves the queue takes no seat with it', async () => {
    const turnstile = createTurnstile({ seats: 1, queue: 2 });
    const order: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => {
      const seat = turnstile.enter('room')!;
      void seat.turn().then(() => order.push(name));
      return seat;
    });
    expect(turnstile.enter('room')).toBeUndefined();
    expect(turnstile.enter('other')?.leave()).toBeUndefined();
    b!.leave();
    await vi.waitFor(() => expect(order).toEqual(['a']));
    a!.leave();
    await vi.waitFor(() => expect(order).toEqual(['a', 'c']));
    c!.leave();
    const next = turnstile.enter('room')!;
    await next.turn();
    next.leave();
  });

  it('starts nobody while somebody is not acknowledged yet', async () => {
    const turnstile = createTurnstile({ seats: 9, queue: 0 });
    const [first, second] = [turnstile.enter('a')!, turnstile.enter('a')!];
    let started = false;
    const turn = first.turn().then(() => {
      started = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(started).toBe(false);
    second.leave();
    await turn;
  });
});

describe('createAdmission', () => {
  const visitor: Visitor = {
    userId: 'u',
    guildId: 'g',
    channelId: 'thread',
    parentId: 'channel',
    roleIds: ['r'],
  };
  const rules = { channels: [], roles: [], cooldownMs: 0, concurrency: 1 };
  it.each([
    [{}, visitor, false],
    [{ channels: ['channel'] }, visitor, false],
    [{ channels: ['thread'] }, visitor, false],
    [{ channels: ['other'] }, visitor, true],
    [
      { channels: ['channel'] },
      { ...visitor, guildId: undefined, channelId: 'dm', parentId: undefined },
      true,
    ],
    [{ roles: ['r', 's'] }, visitor, false],
    [{ roles: ['s'] }, visitor, true],
    [{ roles: ['r'] }, { ...visitor, guildId: undefined, roleIds: [] }, true],
  ])('%j', (changed, who, refused) => {
    const admission = createAdmission({ ...rules, ...changed }, Date.now);
    expect(admission.refusePlace(who) !== undefined).toBe(refused);
  });

  it('forgets cooldowns that are over', () => {
    let now = 0;
    const admission = createAdmission({ ...rules, cooldownMs: 1000 }, () => now);
    const ask = () => {
      const seat = admission.admit(visitor);
      return typeof seat === 'function' ? seat(en) : seat.leave();
    };
    expect(ask()).toBeUndefined();
    expect(ask()).toContain('in 1 second.');
    now = 1000;
    expect(ask()).toBeUndefined();
  });
});

describe('createConversations', () => {
  it('keeps so many turns, forgets in time, and keeps branches apart', async () => {
    let now = 0;
    const { recall, remember } = createConversations({ maxTurns: 2, maxAgeMs: 1000, now: () => now });
    const say = async (question: string, after?: string) => {
      const history = await recall({ channelId: 'c', messageId: after, place: undefined });
      await remember(
        { question, answer: '' },
        { history, channelId: 'c', messageIds: Promise.resolve([question]), place: undefined },
      );
      return history.map((turn) => turn.question);
    };
    expect(await say('a')).toEqual([]);
    expect(await say('b', 'a')).toEqual(['a']);
    expect(await say('c', 'b')).toEqual(['a', 'b']);
    expect(await say('d', 'c')).toEqual(['b', 'c']);
    expect(await say('e', 'a')).toEqual(['a']);
    now = 1001;
    expect(await say('f', 'd')).toEqual([]);
  });

  it('waits for an answer whose messages are not known yet', async () => {
    const { recall, remember } = createConversations({ maxTurns: 2, maxAgeMs: 1000, now: () => 0 });
    const messageIds = new Promise<readonly string[]>((resolve) => setTimeout(resolve, 20, ['m']));
    void remember(
      { question: 'q', answer: '' },
      { history: [], channelId: 'c', messageIds, place: undefined },
    );
    expect(await recall({ channelId: 'c', messageId: 'm', place: undefined })).toHaveLength(1);
  });

  it('survives an answer that could not be shown', async () => {
    const { recall, remember } = createConversations({ maxTurns: 2, maxAgeMs: 1000, now: () => 0 });
    const messageIds = Promise.reject(new Error('no'));
    await remember({ question: 'q', answer: '' }, { history: [], channelId: 'c', messageIds, place: 'p' });
    expect(await recall({ channelId: 'c', messageId: 'm', place: 'p' })).toHaveLength(1);
  });
});

describe('compareCommands', () => {
  const wanted = {
    name: 'ask',
    description: 'Ask',
    options: [{ type: 3, name: 'q', description: 'Q', required: true }],
    contexts: [0, 1],
    integration_types: [0, 1],
  };
  const published = {
    ...wanted,
    id: '1',
    application_id: '2',
    version: '3',
    type: 1,
    nsfw: false,
    dm_permission: true,
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: {},
    contexts: [1, 0],
    options: [
      { type: 3, name: 'q', name_localizations: null, description: 'Q', required: true, autocomplete: false },
    ],
  };
  it.each([
    ['the same', [published], [wanted], { unchanged: ['ask'] }],
    ['a new text', [published], [{ ...wanted, description: 'Ask me' }], { changed: ['ask'] }],
    [
      'a new translation',
      [published],
      [{ ...wanted, name_localizations: { de: 'fragen' } }],
      { changed: ['ask'] },
    ],
    ['an option less', [published], [{ ...wanted, options: [] }], { changed: ['ask'] }],
    [
      'another order of options',
      [{ ...published, options: [{ name: 'b' }, { name: 'a' }] }],
      [{ ...wanted, options: [{ name: 'a' }, { name: 'b' }] }],
      { changed: ['ask'] },
    ],
    [
      'other permissions',
      [published],
      [{ ...wanted, default_member_permissions: '32' }],
      { changed: ['ask'] },
    ],
    ['gone and new', [{ ...published, name: 'old' }], [wanted], { added: ['ask'], removed: ['old'] }],
    ['another type', [published], [{ ...wanted, type: 3 }], { added: ['ask'], removed: ['ask'] }],
  ])('%s', (_name, before, after, changes) => {
    expect(compareCommands(before, after)).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: [],
      ...changes,
    });
  });
});

describe('describeError', () => {
  it('shows causes and no tokens', () => {
    const token = `${'M'.repeat(24)}.${'x'.repeat(6)}.${'y'.repeat(38)}`;
    const cause = new Error(`PATCH /webhooks/123/secret-token/messages/@original failed with ${token}`);
    const text = JSON.stringify(describeError(new Error('outer', { cause })));
    expect(text).toContain('outer');
    expect(text).toContain('/webhooks/123/[redacted]/messages/@original');
    expect(text).not.toMatch(/secret-token|MMMM|yyyy/);
    expect(describeError('text')).toEqual({ message: 'text' });
  });
});

describe('locales', () => {
  it.each([
    ['de', 'de'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    [undefined, 'en'],
  ])('%s is answered in %s', (discord, locale) => expect(resolveLocale(discord)).toBe(locale));
  it.each([
    ['Was forderte Russland? Und wer?', 'de'],
    ['What was the demand that led them to die out?', 'en'],
    ['Wo ist Lawrow?', 'de'],
    ['Lavrov?', 'en'],
  ])('%j looks like %s', (text, locale) => expect(guessLocale(text)).toBe(locale));
});
