import { expect, test } from 'vitest';
import { answerJsonSchema, renderAnswerJson } from '../../src/terminal/answer-json.ts';
import { abstained, answered } from '../fakes.ts';

test.each([
  ['answered', answered],
  ['abstained', abstained],
  [
    'answered after a follow-up within a window',
    { ...answered, standaloneQuestion: 'x?', window: { since: '2022' } },
  ],
])('an %s question fits the published schema', (_, answer) => {
  const json = JSON.parse(JSON.stringify(renderAnswerJson(answer)));
  expect(answerJsonSchema.parse(json)).toEqual(json);
});

test('a citation carries the quote, its offsets and where it is from', () => {
  expect(renderAnswerJson(answered).citations).toEqual([
    {
      marker: 1,
      quote: 'Der Hafen bleibt bis Freitag gesperrt.',
      verdict: 'verified',
      article: {
        id: '0123456789ab',
        path: 'hafen.md',
        title: 'Hafen bleibt gesperrt',
        date: '2022-01-21',
        source: 'dpa',
      },
      span: [10, 48],
      passage: { id: '0123456789ab-0', key: 'abcdefghij' },
    },
  ]);
});

test('an abstention has a reason, the nearest articles and no citation', () => {
  const json = renderAnswerJson(abstained);
  expect(json).toMatchObject({ kind: 'abstained', reason: 'not-stated', citations: [] });
  expect(json.nearest).toEqual([{ title: 'Hafen bleibt gesperrt', date: '2022-01-21', path: 'hafen.md' }]);
});
