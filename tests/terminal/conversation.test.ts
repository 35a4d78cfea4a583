import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { createConversation } from '../../src/terminal/conversation.ts';
import type { AnswerRequest, Fundstelle } from '../../src/types.ts';
import { abstained, answered, createFakeFundstelle } from '../fakes.ts';

const converse = (replaced: Partial<Fundstelle> = {}, turns = 2) =>
  createConversation(createFakeFundstelle(replaced), {
    search: { limit: 5 },
    turns,
    colors: picocolors.createColors(false),
    width: () => 80,
  });

test('answers a question', async () => {
  expect(await converse().reply('Is the harbour open?')).toContain('Der Hafen bleibt bis Freitag gesperrt.');
});

test('remembers as many answered questions as configured, and none that found no answer', async () => {
  const asked: AnswerRequest[] = [];
  const conversation = converse({
    ask: async (request) => {
      asked.push(request);
      return request.question === 'unknown' ? abstained : answered;
    },
  });
  for (const question of ['one', 'unknown', 'two', 'three', 'four']) await conversation.reply(question);
  expect(asked.map((request) => request.history?.map((turn) => turn.question))).toEqual([
    [],
    ['one'],
    ['one'],
    ['one', 'two'],
    ['two', 'three'],
  ]);
  expect(asked[0]?.limit).toBe(5);
});

test('remembers nothing when told so', async () => {
  let history: AnswerRequest['history'];
  const conversation = converse(
    {
      ask: async (request) => {
        history = request.history;
        return answered;
      },
    },
    0,
  );
  await conversation.reply('one');
  await conversation.reply('two');
  expect(history).toEqual([]);
});

describe('commands', () => {
  test('/source opens the passage of a citation', async () => {
    const conversation = converse();
    await conversation.reply('Is the harbour open?');
    expect(await conversation.reply('/source 1')).toContain('Das teilte die Behörde mit.');
    expect(await conversation.reply('/source 7')).toContain('The last answer has 1 to 1');
  });

  test.each([
    ['/source 1', /no answer with sources yet/],
    ['/sources', /Hafen bleibt gesperrt · dpa · 21 January 2022/],
    ['/help', /\/quit/],
    ['/nonsense', /no command \/nonsense/],
    ['   ', /^$/],
  ])('%s', async (line, reply) => {
    expect(await converse().reply(line)).toMatch(reply);
  });

  test.each(['/quit', '/exit'])('%s ends the conversation', async (line) => {
    expect(await converse().reply(line)).toBeUndefined();
  });
});
