import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storeBytes, storeFloats } from '../../src/kernels/products.ts';

/** Rows of small whole numbers, a vector, and a list of some rows. */
const cases = fc
  .record({ dimensions: fc.integer({ min: 1, max: 70 }), count: fc.integer({ min: 1, max: 30 }) })
  .chain(({ dimensions, count }) => {
    const row = fc.array(fc.integer({ min: -127, max: 127 }), {
      minLength: dimensions,
      maxLength: dimensions,
    });
    return fc.record({
      dimensions: fc.constant(dimensions),
      rows: fc.array(row, { minLength: count, maxLength: count }),
      vector: row,
      list: fc.array(fc.nat(count - 1), { maxLength: count }),
    });
  });

test('multiplies a vector with each row of a list, whatever the width', () => {
  fc.assert(
    fc.property(cases, ({ dimensions, rows, vector, list }) => {
      const bytes = storeBytes(rows.length, dimensions, (row) => Int8Array.from(rows[row]!));
      const floats = storeFloats(rows.length, dimensions, (row) => Float32Array.from(rows[row]!));
      const expected = list.map((row) =>
        vector.reduce((sum, value, column) => sum + value * rows[row]![column]!, 0),
      );
      for (let time = 1; time <= 2; time++) {
        expect([...bytes.multiply(Int8Array.from(vector), list)]).toEqual(expected);
        expect([...floats.multiply(Float32Array.from(vector), list)]).toEqual(expected);
      }
      expect(rows.map((_, row) => [...floats.at(row)])).toEqual(rows);
    }),
  );
});

test('does not overflow at the largest components', () => {
  const extreme = new Int8Array(1024).fill(-127);
  expect([...storeBytes(1, 1024, () => extreme).multiply(extreme, [0])]).toEqual([1024 * 127 * 127]);
});
