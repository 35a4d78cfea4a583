import type { Neighbour } from '../types.ts';

/** More similar first; of equals the lower row, so that the order never depends on chance. */
export function compareNeighbours(a: Neighbour, b: Neighbour): number {
  return b.similarity - a.similarity || a.row - b.row;
}

/** Keeps the best `limit` of what is offered, rows ascending. */
export function createTop(limit: number): {
  readonly offer: (row: number, similarity: number) => void;
  /** Best first. */
  readonly list: () => Neighbour[];
} {
  const best: Neighbour[] = [];
  return {
    offer(row, similarity) {
      if (best.length >= limit) {
        if (limit === 0 || similarity <= best[limit - 1]!.similarity) return;
        best.pop();
      }
      let place = best.length;
      while (place > 0 && best[place - 1]!.similarity < similarity) place--;
      best.splice(place, 0, { row, similarity });
    },
    list: () => best,
  };
}
