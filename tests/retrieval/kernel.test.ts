import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScan } from '../../src/retrieval/kernel.ts';

const int8 = fc.integer({ min: -127, max: 127 });

test('gives the dot product with each chosen row, whatever the width', () => {
  const cases = fc
    .record({ dimensions: fc.integer({ min: 1, max: 40 }), size: fc.integer({ min: 1, max: 30 }) })
    .chain(({ dimensions, size }) =>
      fc.record({
        dimensions: fc.constant(dimensions),
        matrix: fc.array(int8, { minLength: size * dimensions, maxLength: size * dimensions }),
        query: fc.array(int8, { minLength: dimensions, maxLength: dimensions }),
        rows: fc.array(fc.nat(size - 1), { maxLength: 20 }),
      }),
    );
  fc.assert(
    fc.property(cases, ({ dimensions, matrix, query, rows }) => {
      const scan = createScan(Int8Array.from(matrix), dimensions, rows);
      const expected = rows.map((row) =>
        query.reduce((sum, value, column) => sum + value * matrix[row * dimensions + column]!, 0),
      );
      expect([...scan(Int8Array.from(query))]).toEqual(expected);
      expect([...scan(Int8Array.from(query))]).toEqual(expected);
    }),
  );
});

test('does not overflow at the largest components', () => {
  const extreme = new Int8Array(1024).fill(-127);
  expect([...createScan(extreme, 1024, [0])(extreme)]).toEqual([1024 * 127 * 127]);
});
