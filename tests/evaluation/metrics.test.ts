import { expect, test } from 'vitest';
import { measureRanks, rankOf, share } from '../../src/evaluation/metrics.ts';

test('recall counts ranks up to k, MRR stops at ten', () => {
  expect(measureRanks([1, 2, 11, null], [1, 3, 20])).toEqual({
    'recall@1': 0.25,
    'recall@3': 0.5,
    'recall@20': 0.75,
    'mrr@10': 0.375,
  });
});

test('nothing measured is null, not zero', () => {
  expect(measureRanks([], [1])).toEqual({ 'recall@1': null, 'mrr@10': null });
  expect(share(0, 3)).toBe(0);
});

test('ranks count from one', () => {
  expect(rankOf(['a', 'b'], (x) => x === 'b')).toBe(2);
  expect(rankOf([], () => true)).toBeNull();
});
