import { expect, test } from 'vitest';
import { createSenses } from '../../src/retrieval/senses.ts';

// bank | river, shore | money, loan
const vectors = Int8Array.from([90, 90, 127, 0, 127, 0, 0, 127, 0, 127]);
const model = { vectors, dimensions: 2, weights: Float32Array.of(1, 1, 1, 1, 1) };
const [bank, river, shore, money, loan] = [0, 1, 2, 3, 4];

test('a term fits that is near the other words of the question', () => {
  const closeness = createSenses([bank, river], model)(bank);
  expect(closeness(shore)).toBeCloseTo(1);
  expect(closeness(loan)).toBeCloseTo(0);
  expect(createSenses([bank, money, -1], model)(bank)(loan)).toBeCloseTo(1);
});

test('says nothing about a word that stands alone', () => {
  for (const words of [[bank], [bank, bank], [bank, -1], []]) {
    expect(createSenses(words, model)(bank)(shore)).toBe(0);
  }
});
