import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_DIR } from '../../src/config.ts';
import { createSignatureSearch } from '../../src/index/signature-search.ts';
import { createExactSearch } from '../../src/index/vectors.ts';
import { openModel } from '../../src/language/open-model.ts';
import { createRandom } from './synthetic.ts';

const rows = 12_000;
const random = createRandom(11);

const normalise = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const flatten = (vectors: readonly Float32Array[]): Float32Array => {
  const flat = new Float32Array(vectors.length * vectors[0]!.length);
  vectors.forEach((vector, row) => {
    flat.set(vector, row * vector.length);
  });
  return flat;
};
const drawVectors = (dimensions: number, centre: number): Float32Array[] =>
  Array.from({ length: rows }, () =>
    normalise(Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5 + centre)),
  );

/** Words of the model, as unit vectors: what training really makes. */
async function readWords(): Promise<Float32Array[]> {
  const { vectors, dimensions } = await openModel(MODEL_DIR);
  return Array.from({ length: rows }, (_, row) =>
    normalise(Float32Array.from(vectors.subarray(7 * row * dimensions, (7 * row + 1) * dimensions))),
  );
}

describe.each([
  ['words of the model', readWords],
  ['random vectors', async () => drawVectors(100, 0)],
  ['vectors with much in common', async () => drawVectors(64, 1)],
])('among %s', (_, make) => {
  let vectors: readonly Float32Array[];
  let flat: Float32Array;
  let dimensions: number;
  beforeAll(async () => {
    vectors = await make();
    flat = flatten(vectors);
    dimensions = vectors[0]!.length;
  });

  const isLive = (row: number): boolean => row % 7 !== 3;
  const filters: readonly [string, ((row: number) => boolean) | undefined][] = [
    ['all', undefined],
    ['half', (row) => row % 2 === 0],
    ['one in a hundred', (row) => row % 100 === 4],
    ['those of one place', (row) => row >= 6000 && row < 6100],
    ['none', () => false],
  ];

  it.each(filters)('finds the nearest of %s that are live', (_name, accept) => {
    const search = createSignatureSearch(rows, dimensions, (row) => vectors[row]!, isLive);
    const scan = createExactSearch(flat, dimensions, isLive);
    for (const k of [10, 50]) {
      let expected = 0;
      let found = 0;
      for (let question = 0; question < rows; question += rows / 40) {
        const vector = normalise(vectors[question]!.map((value) => value + 0.05 * (random() - 0.5)));
        const exact = scan(vector, k, accept)();
        const near = search(vector, k, accept)();
        const similarities = new Map(near.map(({ row, similarity }) => [row, similarity]));
        expect(near.length).toBe(exact.length);
        for (const { row } of near) expect(isLive(row) && (accept?.(row) ?? true)).toBe(true);
        for (const { row, similarity } of exact) {
          expected++;
          if (!similarities.has(row)) continue;
          found++;
          expect(similarities.get(row)).toBeCloseTo(similarity, 5);
        }
      }
      expect(found).toBeGreaterThanOrEqual(0.99 * expected);
    }
  });

  it('finds the same in pieces', () => {
    const whole = createSignatureSearch(rows, dimensions, (row) => vectors[row]!, isLive);
    const pieces = createSignatureSearch(rows, dimensions, (row) => vectors[row]!, isLive, 3_500);
    for (const [, accept] of filters) {
      for (let question = 0; question < rows; question += rows / 10) {
        const few = (found: ReturnType<typeof whole>) =>
          found()
            .map(({ row }) => row)
            .slice(0, 5);
        expect(few(pieces(vectors[question]!, 10, accept))).toEqual(
          few(whole(vectors[question]!, 10, accept)),
        );
      }
    }
  });

  it('passes on what a filter throws, and asks for nothing when nothing is wanted', () => {
    const search = createSignatureSearch(rows, dimensions, (row) => vectors[row]!, isLive);
    expect(() =>
      search(vectors[0]!, 10, (row) => {
        throw new Error(`row ${row}`);
      })(),
    ).toThrow(/^row \d+$/);
    expect(search(vectors[0]!, 0)()).toEqual([]);
    expect(search(vectors[1]!, 1)()[0]?.row).toBe(1);
  });
});
