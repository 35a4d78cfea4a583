import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peakReach } from '../../src/kernels/postings.ts';
import { selectHighest } from '../../src/retrieval/candidates.ts';

test('leaves out nothing that scores clearly higher than what it takes, and takes only what is accepted', () => {
  const scores = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 3000 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 50 }), fc.boolean(), (all, count, isFiltered) => {
      const rows = Uint32Array.from(all, (_, place) => 3 * place + 1);
      const isAccepted = (row: number) => !isFiltered || row % 4 !== 0;
      const totals = Float32Array.from(all);
      const peaks = Float32Array.from({ length: Math.ceil(all.length / peakReach) }, (_, block) =>
        Math.max(...totals.subarray(block * peakReach, (block + 1) * peakReach)),
      );
      const taken = selectHighest(
        { rows, totals, peaks },
        count,
        isFiltered ? (row) => row % 4 !== 0 : undefined,
      );
      const accepted = [...rows].filter(isAccepted);
      expect(accepted).toEqual(expect.arrayContaining(taken));
      expect(taken.length).toBeGreaterThanOrEqual(Math.min(count, accepted.length));
      const scoreOf = (row: number) => all[(row - 1) / 3]!;
      const lowest = Math.min(...taken.map(scoreOf));
      const isTaken = new Set(taken);
      const left = accepted.filter((row) => !isTaken.has(row)).map(scoreOf);
      expect(Math.max(0, ...left)).toBeLessThanOrEqual(lowest + 1 / 2_048);
    }),
  );
});
