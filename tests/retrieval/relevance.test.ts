import { expect, test } from 'vitest';
import { measureRelevance } from '../../src/retrieval/relevance.ts';

const model = {
  id: (term: string) => ['de:franzos', 'de:minist'].indexOf(term),
  isName: (id: number) => id === 0,
};
const wordClass = (word: string, ...weights: number[]) => ({
  word,
  importance: 1,
  asked: false,
  terms: new Map(weights.map((weight, term) => [term, weight])),
});

test('grows with the score, between 0 and 1', () => {
  const [low, middle, high] = [0, 0.3, 1].map((score) => measureRelevance(score, 100, [], model));
  expect(low).toBeGreaterThan(0);
  expect(middle).toBeGreaterThan(low!);
  expect(high).toBeGreaterThan(middle!);
  expect(high).toBeLessThan(1);
});

test('takes more to be relevant among more passages, where chance has more tries', () => {
  const [few, many] = [5, 50_000].map((passages) => measureRelevance(0.3, passages, [], model));
  expect(few).toBeGreaterThan(many!);
});

test.each([
  ['a name that is nowhere in the articles', wordClass('de:franzos'), true],
  ['a name that only something remotely like it stands for', wordClass('de:franzos', 0.4), true],
  ['a name that another form stands for', wordClass('de:franzos', 0.1, 0.9), false],
  ['a word that is no name', wordClass('de:minist'), false],
  ['a word the model does not know', wordClass('de:xyz'), false],
])('%s', (_, word, lowers) => {
  const relevance = measureRelevance(0.8, 100, [wordClass('de:minist', 1), word], model);
  expect(relevance < 0.5 * measureRelevance(0.8, 100, [], model)).toBe(lowers);
});
