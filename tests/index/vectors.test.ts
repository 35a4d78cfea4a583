import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTop } from '../../src/index/top.ts';
import { createExactSearch, openGraph, writeGraph } from '../../src/index/vectors.ts';
import { createRandom } from './synthetic.ts';
import { withFolder } from './world.ts';

const dimensions = 13;
const rows = 700;
const random = createRandom(7);
const vectors = new Float32Array(rows * dimensions);
for (let row = 0; row < rows; row++) {
  const vector = Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  vectors.set(
    vector.map((value) => value / length),
    row * dimensions,
  );
}
const vectorAt = (row: number): Float32Array => vectors.subarray(row * dimensions, (row + 1) * dimensions);
const deadRows = [3, 4, 5, 699];

async function withGraph(use: (file: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'graph.hnsw');
    await writeGraph(file, { rows, dimensions, vectorAt, onRow: () => {} });
    await use(file);
  });
}

describe('createTop', () => {
  it('keeps what sorting would put first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(12), (similarities, limit) => {
        const top = createTop(limit);
        similarities.forEach((similarity, row) => {
          top.offer(row, similarity);
        });
        const sorted = similarities
          .map((similarity, row) => ({ row, similarity }))
          .sort((a, b) => b.similarity - a.similarity || a.row - b.row);
        expect(top.list()).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});

describe('a graph and a scan', () => {
  it('find the same, whatever is dead or not acceptable', () =>
    withGraph(async (file) => {
      const graph = await openGraph(file, { rows, dimensions, deadRows, vectorAt });
      const scan = createExactSearch(vectors, dimensions, (row) => !deadRows.includes(row));
      const filters = [
        undefined,
        (row: number) => row % 2 === 0,
        (row: number) => row % 100 === 3,
        () => false,
      ];
      for (const accept of filters) {
        for (let row = 0; row < rows; row += 50) {
          for (const k of [0, 1, 10]) {
            const found = graph(vectorAt(row), k, accept)();
            const exact = scan(vectorAt(row), k, accept)();
            expect(found.map((neighbour) => neighbour.row)).toEqual(exact.map((neighbour) => neighbour.row));
            found.forEach(({ similarity }, place) => {
              expect(similarity).toBeCloseTo(exact[place]!.similarity, 5);
            });
          }
        }
      }
      expect(graph(vectorAt(0), 10_000)()).toHaveLength(rows - deadRows.length);
      expect(scan(vectorAt(0), 10_000)()).toHaveLength(rows - deadRows.length);
    }));

  it('pass on what a filter throws, and still work afterwards', () =>
    withGraph(async (file) => {
      const graph = await openGraph(file, { rows, dimensions, deadRows: [], vectorAt });
      const fail = (row: number): boolean => {
        if (row > 350) throw new Error(`row ${row}`);
        return true;
      };
      expect(() => graph(vectorAt(0), 10, fail)()).toThrow(/^row \d+$/);
      expect(graph(vectorAt(9), 1)()[0]?.row).toBe(9);
    }));

  it('refuse a graph that does not hold what it should', () =>
    withGraph(async (file) => {
      await expect(openGraph(file, { rows: rows + 1, dimensions, deadRows: [], vectorAt })).rejects.toThrow(
        'holds 700 vectors',
      );
    }));
});
