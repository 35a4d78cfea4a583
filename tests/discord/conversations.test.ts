import { describe, expect, it } from 'vitest';
import { createConversations } from '../../src/discord/conversations.ts';

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
