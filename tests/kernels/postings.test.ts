import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPostingSums } from '../../src/kernels/postings.ts';

const rowCount = 40;
const base = 10;

/** Lists of one word: rows from 10 on, ascending, with frequencies; and a weight. */
const list = fc.record({
  entries: fc.uniqueArray(fc.tuple(fc.nat(rowCount - base - 1), fc.integer({ min: 1, max: 255 })), {
    selector: ([row]) => row,
  }),
  weight: fc.double({ min: 0.1, max: 1, noNaN: true }),
});
const words = fc.array(
  fc.record({
    lists: fc.array(list, { maxLength: 4 }),
    weight: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
  }),
  { maxLength: 5 },
);

test('sums up what a plain loop does, question after question', () => {
  // Rows of other kinds than 0 are given no weight.
  const kindOf = Uint8Array.from({ length: rowCount }, (_, row) =>
    row % 5 === 0 ? 1 : row % 7 === 0 ? 11 : 0,
  );
  const damping = Float32Array.from({ length: rowCount }, (_, row) => 0.5 + row / rowCount);
  const sums = createPostingSums(kindOf, damping);
  fc.assert(
    fc.property(words, (question) => {
      const expected = new Float64Array(rowCount);
      sums.clear();
      for (const { lists, weight: importance } of question) {
        const occurrences = new Float64Array(rowCount);
        for (const { entries, weight } of lists) {
          const sorted = entries.toSorted(([a], [b]) => a - b);
          const fresh = new Array<number>(12).fill(0);
          for (const [row, frequency] of sorted) {
            if (occurrences[base + row] === 0) fresh[kindOf[base + row]!]!++;
            occurrences[base + row]! += weight * frequency;
          }
          sums.gather(
            {
              base,
              rows: Uint32Array.from(sorted, ([row]) => row),
              frequencies: Uint8Array.from(sorted, ([, frequency]) => frequency),
            },
            weight,
          );
          expect([...sums.fresh.subarray(0, 12)]).toEqual(fresh);
        }
        sums.settle([importance, 0]);
        for (let row = 0; row < rowCount; row++) {
          const often = occurrences[row]!;
          if (kindOf[row] === 0) expected[row]! += (importance * often) / (often + damping[row]!);
        }
      }
      const { rows, totals } = sums.finish([0.5]);
      const scored = [...expected.keys()].filter((row) => sums.scores[row]! > 0);
      expect([...rows].sort((a, b) => a - b)).toEqual(scored);
      expect([...totals]).toEqual([...rows].map((row) => sums.scores[row]));
      expected.forEach((score, row) => {
        expect(sums.scores[row]).toBeCloseTo(score / 2, 5);
      });
    }),
  );
});
