import { storeRows } from '../kernels/near-rows.ts';
import { createTop } from './top.ts';
import type { SearchVectors } from './vectors.ts';

/**
 * Rows whose similarity is computed: so many for each that is wanted, and at least so many. Of 100,000 generated passages and questions
 * that are hard to tell apart (the nearest have cosines of 0.2 to 0.3) they hold 0.997 of the ten nearest, and 0.988 of the fifty.
 */
const examined = { perHit: 6, least: 320 } as const;
/** With fewer components a signature says less, and a row is compared sooner. */
const usualDimensions = 256;

/** Numbers (rows times dimensions) that are searched in one piece: of more, two threads take pieces in turns. */
const pieceNumbers = 2 ** 26;

/** Search by signatures; the most promising rows are then compared with all their components, so that similarities are exact. */
export function createSignatureSearch(
  count: number,
  dimensions: number,
  vectorAt: (row: number) => Float32Array,
  isLive?: (row: number) => boolean,
  pieceRows = Math.floor(pieceNumbers / dimensions),
): SearchVectors {
  const pieces = Array.from({ length: Math.ceil(count / pieceRows) }, (_, number) => {
    const base = number * pieceRows;
    const rows = Math.min(pieceRows, count - base);
    return { base, search: storeRows('floats', rows, dimensions, (row) => vectorAt(base + row)) };
  });
  // Dead rows are few enough to be compared as well and left out afterwards: that is faster than to ask before for each row.
  // Of several pieces each has its part of the nearest, or somewhat more by chance.
  const share =
    Math.max(1, usualDimensions / dimensions) / (shareOf(count, isLive) || 1) / Math.sqrt(pieces.length || 1);
  /** Ends the search that has begun last, since the next one takes its place. */
  let endLast: () => void = () => {};
  return (vector, k, accept) => {
    endLast();
    const isAsked = accept && ((row: number) => (!isLive || isLive(row)) && accept(row));
    const examine = share * Math.max(examined.least, examined.perHit * k);
    const searches = pieces.map(({ base, search }) => ({
      base,
      end: search(vector, { count: examine, isAsked: isAsked && ((row) => isAsked(base + row)) }),
    }));
    const found = once(() => {
      const top = createTop(k);
      for (const { base, end } of searches) {
        const { rows, products } = end();
        for (let place = 0; place < rows.length; place++) {
          const row = base + rows[place]!;
          if (!isLive || isLive(row)) top.offer(row, products[place]!);
        }
      }
      return top.list();
    });
    endLast = () => void found();
    return () => {
      const outcome = found();
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    };
  };
}

/** How many of the rows are live, 0..1. */
function shareOf(count: number, isLive: (row: number) => boolean = () => true): number {
  let live = 0;
  for (let row = 0; row < count; row++) if (isLive(row)) live++;
  return live / count;
}

type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

/** Runs some work when it is first asked for. */
function once<Value>(work: () => Value): () => Outcome<Value> {
  let outcome: Outcome<Value> | undefined;
  return () => {
    if (outcome) return outcome;
    try {
      outcome = { value: work() };
    } catch (error) {
      outcome = { error };
    }
    return outcome;
  };
}
