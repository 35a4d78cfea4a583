import { SEQUENCE } from '../types.ts';
import type { FileIndex, Generation } from './open-generation.ts';
import type { Segment } from './open-segment.ts';

/** Rows of a segment that are asked for. */
const sampled = 32;

/** Share of sampled passages that must find themselves: a graph may lose some, a broken one loses nearly all. */
const leastFound = 0.5;

/**
 * Asks a generation that has just been written, as a reader would, for what is new in it.
 * @param linked segments that an earlier generation has as well: they have answered before.
 * @throws {Error} when it does not answer as it must.
 */
export function verifyGeneration({ index, segments }: Generation, linked: ReadonlySet<string>): void {
  let base = 0;
  for (const segment of segments) {
    if (!linked.has(segment.info.name)) verifySegment(segment, index, base);
    base += segment.info.rows;
  }
}

/** `base`: the segment's first row in the index. */
function verifySegment(segment: Segment, index: FileIndex, base: number): void {
  const rows = sampleRows(segment.info.rows).filter((row) => index.isLive(base + row));
  let found = 0;
  for (const row of rows) {
    const { id } = index.passage(base + row);
    if (index.rowOf(id) !== base + row) throw new Error(`passage ${id} cannot be found`);
    const term = segment.sequence(row)[0]!;
    if (term < SEQUENCE.partBit && !segment.postings.list(term)?.rows.includes(row)) {
      throw new Error(`term ${index.term(term)} cannot be found`);
    }
    if (findsItself(segment, row)) found++;
  }
  if (found < leastFound * rows.length) {
    throw new Error(`only ${found} of ${rows.length} passages find themselves among ${segment.info.rows}`);
  }
}

/** Passages may have equal vectors, and one without any known word has none. */
function findsItself(segment: Segment, row: number): boolean {
  const vector = segment.vectorAt(row);
  return vector.every((value) => value === 0) || (segment.search(vector, 1)()[0]?.similarity ?? 0) > 0.999;
}

function sampleRows(rowCount: number): number[] {
  const step = Math.max(1, rowCount / sampled);
  return Array.from({ length: Math.min(rowCount, sampled) }, (_, place) => Math.floor(place * step));
}
