import { expect, it } from 'vitest';
import { carryTerms } from '../../src/answer/follow-up.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';

const analyse = createAnalyser(await openModel('embeddings/model'));
const carry = (last: string, question: string) =>
  carryTerms(
    question,
    [
      { question: 'Was ist das?', answer: '' },
      { question: last, answer: '' },
    ],
    analyse,
  );

it.each([
  ['what did Russia demand?', 'and what did the US want?', 'and what did the US want? (demand)'],
  ['What did Russia demand in Geneva?', 'and the US?', 'and the US? (demand Geneva)'],
  ['Was forderte Russland von der Nato?', 'Und die USA?', 'Und die USA? (forderte Nato)'],
  ['Wer traf sich in Genf?', 'Warum?', 'Warum? (traf Genf)'],
  ['what did Russia demand?', 'Where did they meet?', 'Where did they meet? (Russia demand)'],
  [
    'Was sagte Lawrow zur Nato im Januar 2022?',
    'Und was im Februar 2022?',
    'Und was im Februar 2022? (sagte Lawrow Nato)',
  ],
  ['and the US? (demand Geneva)', 'and Germany?', 'and Germany? (demand Geneva)'],
])('%s %s', (last, question, expected) => {
  expect(carry(last, question)).toBe(expected);
});

it.each([
  ['what did Russia demand?', 'How many soldiers are at the Ukrainian border?'],
  ['Was sagte Lawrow?', 'Was sagte Blinken?'],
  ['what did Russia demand?', 'what sanctions does the West threaten Moscow with?'],
])('%s %s: stands alone', (last, question) => {
  expect(carry(last, question)).toBeUndefined();
});

it('has nothing to carry without a history', () => {
  expect(carryTerms('and the US?', [], analyse)).toBeUndefined();
});
