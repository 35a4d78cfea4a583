import { storeFloats } from '../kernels/products.ts';
import { createSignatures } from '../kernels/signatures.ts';
import { createTop } from './top.ts';
import type { SearchVectors } from './vectors.ts';

/**
 * Rows whose similarity is computed: so many for each that is wanted, and at least so many. Of 100,000 generated passages and questions
 * that are hard to tell apart (the nearest have cosines of 0.2 to 0.3) they hold all of the ten nearest, and 0.997 of the fifty.
 */
const examined = { perHit: 8, least: 256 } as const;
/** With fewer components a signature says less, and a row is compared sooner. */
const usualDimensions = 256;

/** Rows looked at to learn which marks are high. */
const sampled = 1 << 14;
/** Marks that are told apart when choosing: steps of 16. */
const markBits = 4;

/** Search by signatures; the most promising rows are then compared with all their components, so that similarities are exact. */
export function createSignatureSearch(
  count: number,
  dimensions: number,
  vectorAt: (row: number) => Float32Array,
  isLive?: (row: number) => boolean,
): SearchVectors {
  const rows = storeFloats(count, dimensions, vectorAt);
  const compare = createSignatures(rows);
  const share = Math.max(1, usualDimensions / dimensions);
  return (vector, k, accept) => {
    const wanted = Float32Array.from(vector);
    const isAsked = isLive && accept ? (row: number) => isLive(row) && accept(row) : (isLive ?? accept);
    const { marks, above } = compare(wanted);
    const examine = share * Math.max(examined.least, examined.perHit * k);
    const promising = above(findMark(marks, examine, isAsked));
    const chosen = isAsked ? promising.filter(isAsked) : promising;
    const similarities = rows.multiply(wanted, chosen);
    const top = createTop(k);
    for (let i = 0; i < chosen.length; i++) top.offer(chosen[i]!, similarities[i]!);
    return top.list();
  };
}

/** A mark that about `count` of the rows asked for have at least; 0 if there are fewer. */
function findMark(marks: Uint16Array, count: number, isAsked?: (row: number) => boolean): number {
  const step = Math.ceil(marks.length / sampled);
  const histogram = new Uint32Array(0x10000 >> markBits);
  for (let row = 0; row < marks.length; row += step) {
    if (!isAsked || isAsked(row)) histogram[marks[row]! >> markBits]!++;
  }
  let bucket = histogram.length;
  for (let above = 0; bucket > 0 && above * step < count; ) above += histogram[--bucket]!;
  return bucket << markBits;
}
