import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPostingSums, peakReach } from '../../src/kernels/postings.ts';

const rowCount = 40;

/** Lists of one word: rows from a base on, ascending, with frequencies; and a weight. */
const list = fc.constantFrom(0, 10).chain((base) =>
  fc.record({
    base: fc.constant(base),
    entries: fc.uniqueArray(fc.tuple(fc.nat(rowCount - base - 1), fc.integer({ min: 1, max: 255 })), {
      selector: ([row]) => row,
      maxLength: rowCount,
      size: 'max',
    }),
    weight: fc.integer({ min: 1, max: 4 }).map((quarters) => quarters / 4),
  }),
);
const words = fc.array(
  fc.record({
    lists: fc.array(list, { maxLength: 4 }),
    weight: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    isCounted: fc.boolean(),
  }),
  { maxLength: 5 },
);

describe.each([
  ['of one kind', () => 0, [1]],
  ['of one kind, some of which take no part', (row: number) => (row % 7 === 0 ? 255 : 0), [1]],
  ['of two kinds and more', (row: number) => (row % 5 === 0 ? 1 : row % 7 === 0 ? 11 : 0), [1, 0.25]],
] as const)('rows %s', (_, kindAt, importances) => {
  const kindOf = Uint8Array.from({ length: rowCount }, (_, row) => kindAt(row));
  const lengthOf = Uint8Array.from({ length: rowCount }, (_, row) => 255 - 3 * row);
  const dampings = Float32Array.from({ length: 256 }, (_, length) => 0.5 + length / 256);
  // Places begin again every few questions.
  const sums = createPostingSums(kindOf, lengthOf, dampings, importances.length, 10 * 4 * rowCount);
  const factors = importances.map((_, kind) => 0.5 + kind);

  test('sum up to what a plain loop does, question after question', () => {
    fc.assert(
      fc.property(words, (question) => {
        const expected = new Float64Array(rowCount);
        sums.begin();
        for (const { lists, weight: importance, isCounted } of question) {
          const occurrences = new Float64Array(rowCount);
          const matches = importances.map(() => 0);
          for (const { base, entries, weight } of lists) {
            const sorted = entries.toSorted(([a], [b]) => a - b);
            for (const [row, frequency] of sorted) {
              const kind = kindOf[base + row]!;
              if (occurrences[base + row] === 0 && kind < matches.length) matches[kind]! += weight;
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
          }
          if (isCounted) expect([...sums.countMatches()]).toEqual(matches);
          sums.settle(importances.map((share) => share * importance));
          for (let row = 0; row < rowCount; row++) {
            const often = occurrences[row]!;
            const share = importances[kindOf[row]!] ?? 0;
            expected[row]! += (share * importance * often) / (often + dampings[lengthOf[row]!]!);
          }
        }
        const { rows, totals, peaks } = sums.finish(factors);
        const scored = [...expected.keys()].filter((row) => expected[row]! > 0);
        expect([...rows].sort((a, b) => a - b)).toEqual(scored);
        expect([...totals]).toEqual([...rows].map(sums.totalAt));
        expected.forEach((score, row) => {
          expect(sums.totalAt(row)).toBeCloseTo(score * (factors[kindOf[row]!] ?? 0), 5);
        });
        expect([...peaks]).toEqual(rows.length > 0 ? [Math.max(...totals)] : []);
      }),
    );
  });
});

test('each peak is the highest of so many totals', () => {
  const many = 3 * peakReach + 5;
  const sums = createPostingSums(
    new Uint8Array(many),
    Uint8Array.from({ length: many }, (_, row) => (row * 31) % 17),
    Float32Array.from({ length: 256 }, (_, length) => 1 + length),
    1,
  );
  const frequencies = new Uint8Array(many).fill(1);
  for (const count of [many, peakReach, 1]) {
    sums.begin();
    const rows = Uint32Array.from({ length: count }, (_, row) => row);
    sums.gather({ base: 0, rows, frequencies: frequencies.subarray(0, count) }, 1);
    sums.settle([1]);
    const { totals, peaks } = sums.finish([1]);
    expect(totals).toHaveLength(count);
    expect([...peaks]).toEqual(
      Array.from({ length: Math.ceil(count / peakReach) }, (_, block) =>
        Math.max(...totals.subarray(block * peakReach, (block + 1) * peakReach)),
      ),
    );
  }
});
