import { SEQUENCE } from '../types.ts';

/** Numbers the terms of a new segment. */
export interface TermNumbering {
  /** The id of a term, new or old. */
  readonly idOf: (term: string) => number;
  /** Terms that had no id before, in order of their ids. */
  readonly added: readonly string[];
  /** All ids are less. */
  readonly count: () => number;
}

/** `find` gives the ids of earlier segments, which are less than `base`, or -1. */
export function createTermNumbering(base: number, find: (term: string) => number): TermNumbering {
  const ids = new Map<string, number>();
  const added: string[] = [];
  return {
    added,
    count: () => base + added.length,
    idOf(term) {
      const known = ids.get(term);
      if (known !== undefined) return known;
      let id = find(term);
      if (id < 0) {
        id = base + added.length;
        if (id >= SEQUENCE.partBit - 2) throw new RangeError('the corpus has too many different words');
        added.push(term);
      }
      ids.set(term, id);
      return id;
    },
  };
}
