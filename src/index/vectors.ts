import type { HierarchicalNSW } from 'hnswlib-node';
import type { Neighbour } from '../types.ts';
import { flushFile } from './files.ts';
import { createTop } from './top.ts';

/**
 * Begins to search for the rows of a segment nearest to a unit vector; `accept` sees rows of the segment. What it returns ends the search and
 * gives them, best first.
 */
export type SearchVectors = (
  vector: Float32Array | readonly number[],
  k: number,
  accept?: (row: number) => boolean,
) => () => readonly Neighbour[];

/** From so many rows on signatures are worth their making: a scan in JavaScript takes 0.2 ms for as many. */
export const signaturesFrom = 1024;
/**
 * From so many numbers (rows times dimensions) on a graph is worth its building: 1,048,576 passages of the built-in model, 174,762 of a model
 * with 1,536 dimensions. Comparing all signatures grows with the rows, but another thread does it while a question's words are looked up,
 * and finds the nearest themselves; walking a graph hardly grows (3.4 ms among 300,000 generated passages, recall 0.96), yet is waited for.
 */
export const graphFrom = 2 ** 28;

/** Links of a row, candidates while building and candidates while searching (Malkov and Yashunin 2016). */
const graph = { links: 32, building: 200, searching: 1000 } as const;

/** When fewer than this share of the rows is acceptable, looking at each of them beats walking the graph. */
const rareShare = 0.2;
const sampled = 512;

/** Exact search: compares with every acceptable row. */
export function createExactSearch(
  vectors: Float32Array,
  dimensions: number,
  isLive?: (row: number) => boolean,
): SearchVectors {
  const rows = vectors.length / dimensions;
  return (vector, k, accept) => () => {
    const wanted = Float32Array.from(vector);
    const top = createTop(k);
    for (let row = 0; row < rows; row++) {
      if ((isLive && !isLive(row)) || (accept && !accept(row))) continue;
      top.offer(row, dotAt(vectors, row * dimensions, wanted));
    }
    return top.list();
  };
}

/** Inner product of `vector` and the stored vector that begins at `start`. */
function dotAt(vectors: Float32Array, start: number, vector: Float32Array): number {
  const length = vector.length;
  const even = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < even; i += 4) {
    a += vectors[start + i]! * vector[i]!;
    b += vectors[start + i + 1]! * vector[i + 1]!;
    c += vectors[start + i + 2]! * vector[i + 2]!;
    d += vectors[start + i + 3]! * vector[i + 3]!;
  }
  for (let i = even; i < length; i++) a += vectors[start + i]! * vector[i]!;
  return a + b + c + d;
}

/** Native code is loaded with the first graph: small corpora never wait for it. */
async function createGraph(dimensions: number): Promise<HierarchicalNSW> {
  const { default: hnswlib } = await import('hnswlib-node');
  return new hnswlib.HierarchicalNSW('ip', dimensions);
}

/**
 * Builds a graph over unit vectors and writes it. Gives way to other work from time to time.
 * hnswlib does not report a full disk: only what is read back can be trusted.
 */
export async function writeGraph(
  path: string,
  options: {
    readonly rows: number;
    readonly dimensions: number;
    readonly vectorAt: (row: number) => Float32Array;
    readonly onRow: (row: number) => Promise<void> | void;
  },
): Promise<void> {
  const index = await createGraph(options.dimensions);
  index.initIndex(options.rows, graph.links, graph.building);
  for (let row = 0; row < options.rows; row++) {
    index.addPoint(Array.from(options.vectorAt(row)), row);
    await options.onRow(row);
  }
  await index.writeIndex(path);
  flushFile(path);
}

/**
 * Opens a graph for searching. The caller has checked the file's digest: a damaged one can end the process.
 * @throws {Error} when the graph does not hold `rows` vectors.
 */
export async function openGraph(
  path: string,
  options: {
    readonly rows: number;
    readonly dimensions: number;
    readonly deadRows: readonly number[];
    readonly vectorAt: (row: number) => Float32Array;
  },
): Promise<SearchVectors> {
  const { rows, dimensions, deadRows, vectorAt } = options;
  const index = await createGraph(dimensions);
  await index.readIndex(path);
  if (index.getCurrentCount() !== rows) throw new Error(`${path} holds ${index.getCurrentCount()} vectors`);
  for (const row of deadRows) index.markDelete(row);
  const dead = new Set(deadRows);
  const live = rows - dead.size;

  const searchGraph = (vector: number[], k: number, filter?: (row: number) => boolean): Neighbour[] => {
    index.setEf(Math.max(graph.searching, 2 * k));
    const { neighbors, distances } = index.searchKnn(vector, Math.min(k, live), filter);
    return neighbors.map((row, place) => ({ row, similarity: 1 - distances[place]! }));
  };

  const searchRows = (vector: Float32Array, k: number, found: readonly number[]): readonly Neighbour[] => {
    const top = createTop(k);
    for (const row of found) top.offer(row, dotAt(vectorAt(row), 0, vector));
    return top.list();
  };

  return (vector, k, accept) => () => {
    if (k <= 0 || live === 0) return [];
    const wanted = Array.from(vector);
    if (!accept) return searchGraph(wanted, k);
    const few = findRareRows(rows, (row) => !dead.has(row) && accept(row));
    if (few) return searchRows(Float32Array.from(vector), k, few);
    const guarded = guardFilter(accept);
    const found = searchGraph(wanted, k, guarded.filter);
    guarded.rethrow();
    return found;
  };
}

/** All acceptable rows when they are rare, judged by a sample first; otherwise undefined. */
function findRareRows(rows: number, accept: (row: number) => boolean): number[] | undefined {
  const step = Math.max(1, Math.floor(rows / sampled));
  let hits = 0;
  let tries = 0;
  for (let row = 0; row < rows; row += step) {
    tries++;
    if (accept(row)) hits++;
  }
  if (hits / tries > rareShare) return undefined;
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (accept(row)) found.push(row);
  return found;
}

/** An exception inside a filter ends the process, so it is kept until the native code has returned. */
function guardFilter(accept: (row: number) => boolean): {
  readonly filter: (row: number) => boolean;
  readonly rethrow: () => void;
} {
  let failure: { readonly error: unknown } | undefined;
  return {
    filter(row) {
      if (failure) return false;
      try {
        return accept(row);
      } catch (error) {
        failure = { error };
        return false;
      }
    },
    rethrow() {
      if (failure) throw failure.error;
    },
  };
}
