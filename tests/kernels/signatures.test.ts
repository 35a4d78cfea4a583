import { describe, expect, it, test } from 'vitest';
import { storeFloats } from '../../src/kernels/products.ts';
import { createSignatures, deviationOf } from '../../src/kernels/signatures.ts';
import { createRandom } from '../index/synthetic.ts';

const random = createRandom(5);
/** Uniform in direction, by sums of uniform numbers. */
const drawUnit = (dimensions: number): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, place) => sum + value * b[place]!, 0);

describe.each([13, 64, 256, 1536, 3072])('signatures of %i components', (dimensions) => {
  const rows = Array.from({ length: 500 }, () => drawUnit(dimensions));
  const compare = createSignatures(storeFloats(rows.length, dimensions, (row) => rows[row]!));

  it('tell inner products with the promised deviation', () => {
    let squares = 0;
    let tries = 0;
    for (const vector of rows.slice(0, 20)) {
      const { marks, markOf } = compare(vector);
      const unit = markOf(1) - markOf(0);
      rows.forEach((row, place) => {
        if (row === vector) return;
        squares += ((marks[place]! - markOf(dot(row, vector))) / unit) ** 2;
        tries++;
      });
    }
    expect(Math.sqrt(squares / tries) / deviationOf(dimensions)).toBeLessThan(1.25);
  });

  it('give the rows from a mark on', () => {
    const { marks, above } = compare(rows[0]!);
    for (const mark of [0, marks[0]!, marks[100]!, marks[499]!, 0x10000]) {
      const expected = rows.map((_, row) => row).filter((row) => marks[row]! >= mark);
      expect(above(mark)).toEqual(expected);
    }
  });
});

test('nothing is above any mark where there are no rows, and a vector of zeros is like none of them', () => {
  const none = createSignatures(storeFloats(0, 8, () => new Float32Array(8)));
  expect(none(new Float32Array(8)).above(0)).toEqual([]);
  const some = createSignatures(storeFloats(3, 8, (row) => Float32Array.of(0, 0, 0, row, 0, 0, 0, 0)));
  expect(new Set(some(new Float32Array(8)).marks).size).toBe(1);
});
