import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, percentile, scan } from '../../../scripts/bench/measure.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  it.each([
    [[5], 99, 5],
    [[3, 1, 2], 50, 2],
    [hundred, 50, 50],
    [hundred, 99, 99],
    [hundred, 0, 1],
    [hundred, 100, 100],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(percentile(values, p)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('overlap', () => {
  it.each([
    [[1, 2, 3], [1, 2, 3], 1],
    [[1, 9, 8], [1, 2], 0.5],
    [[], [1, 2], 0],
    [[], [], 1],
  ])('of %j with %j is %d', (found, expected, share) => {
    expect(overlap(found, expected)).toBe(share);
  });
});

it('scan finds what sorting all rows finds', () => {
  const small = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 40 }),
      fc.tuple(small, small),
      fc.integer({ min: 1, max: 12 }),
      (rows, vector, k) => {
        // Plus 0: -0 and 0 are the same similarity.
        const similarities = rows.map(([x, y]) => x * vector[0] + y * vector[1] + 0);
        const found = scan(Float32Array.from(rows.flat()), vector, k);
        const best = [...similarities].sort((a, b) => b - a).slice(0, k);
        expect(found.map(({ similarity }) => similarity)).toEqual(best);
        for (const { row, similarity } of found) expect(similarities[row]).toBe(similarity);
        expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
      },
    ),
  );
});
