import { expect, test } from 'vitest';
import { remember } from '../../src/retrieval/remember.ts';

test('reads each number once, and again when it had to forget', () => {
  const read: number[] = [];
  const double = remember((key) => {
    read.push(key);
    return 2 * key;
  }, 2);
  expect([0, 1, 0, 1].map(double)).toEqual([0, 2, 0, 2]);
  expect(read).toEqual([0, 1]);
  expect([2, 2, 0].map(double)).toEqual([4, 4, 0]);
  expect(read).toEqual([0, 1, 2, 0]);
});
