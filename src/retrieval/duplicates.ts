import { type PassageIndex, SEQUENCE } from '../types.ts';

/** Share of the words of the shorter of two passages that the other has too, from which on they tell the same. */
const sameReport = 0.8;
/** Fewer shared words may be chance. */
const fewestShared = 5;

/**
 * Leaves out passages that repeat a better one of another article, as reports of one agency in two papers do.
 * @param rows best first; @param limit rows to keep at most.
 */
export function dropRepeats(index: PassageIndex, rows: readonly number[], limit: number): number[] {
  const kept: { readonly row: number; readonly terms: ReadonlySet<number> }[] = [];
  for (const row of rows) {
    if (kept.length === limit) break;
    const sequence = index.sequence(row);
    const text = sequence.subarray(sequence.indexOf(SEQUENCE.titleEnd) + 1);
    const terms = new Set(text.filter((value) => value < SEQUENCE.partBit));
    const article = index.articleOf(row).id;
    const repeats = kept.some((better) => {
      if (index.articleOf(better.row).id === article) return false;
      let shared = 0;
      for (const term of terms) if (better.terms.has(term)) shared++;
      return shared >= sameReport * Math.min(terms.size, better.terms.size) && shared >= fewestShared;
    });
    if (!repeats) kept.push({ row, terms });
  }
  return kept.map(({ row }) => row);
}
