import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectHighest } from '../../src/retrieval/candidates.ts';

test('leaves out nothing that scores clearly higher than what it takes', () => {
  const scores = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 300 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 50 }), (all, count) => {
      const rows = Uint32Array.from(all, (_, row) => row);
      const taken = selectHighest(rows, count, Float32Array.from(all));
      expect(taken.length).toBeGreaterThanOrEqual(Math.min(count, rows.length));
      const scoresOf = (some: Uint32Array) => Array.from(some, (row) => all[row]!);
      const lowest = Math.min(...scoresOf(taken));
      const left = scoresOf(rows.filter((row) => !taken.includes(row)));
      expect(Math.max(0, ...left)).toBeLessThanOrEqual(lowest + 1 / 2_048);
    }),
  );
});
