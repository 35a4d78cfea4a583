import { SEQUENCE } from '../types.ts';
import type { Generation } from './open-generation.ts';

const sampled = 32;

/** Share of sampled passages that must find themselves: a graph may lose some, a broken one loses nearly all. */
const leastFound = 0.5;

/**
 * Asks a generation that has just been written, as a reader would.
 * @throws {Error} when it does not answer as it must.
 */
export function verifyGeneration({ manifest, index, segments }: Generation): void {
  const rows = sampleRows(index.rowCount).filter(index.isLive);
  let found = 0;
  for (const row of rows) {
    const passage = index.passage(row);
    if (index.rowOf(passage.id) !== row) throw new Error(`passage ${passage.id} cannot be found`);
    const term = index.sequence(row)[0]!;
    if (
      term < SEQUENCE.partBit &&
      !index.postings(term).some(({ base, rows }) => rows.includes(row - base))
    ) {
      throw new Error(`term ${index.term(term)} cannot be found`);
    }
    if (findsItself(row)) found++;
  }
  if (found < leastFound * rows.length) {
    throw new Error(`only ${found} of ${rows.length} passages find themselves among ${manifest.passages}`);
  }

  function findsItself(row: number): boolean {
    let local = row;
    const segment = segments.find(({ info }) => {
      if (local < info.rows) return true;
      local -= info.rows;
      return false;
    })!;
    const vector = segment.vectorAt(local);
    // Passages may have equal vectors, and one without any known word has none.
    return vector.every((value) => value === 0) || (index.nearest(vector, 1)[0]?.similarity ?? 0) > 0.999;
  }
}

function sampleRows(rowCount: number): number[] {
  const step = Math.max(1, rowCount / sampled);
  return Array.from({ length: Math.min(rowCount, sampled) }, (_, place) => Math.floor(place * step));
}
