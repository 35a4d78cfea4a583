import { type PassageIndex, SEQUENCE } from '../types.ts';

/** Share of the words of the shorter of two passages that the other has too, from which on they tell the same. */
const sameReport = 0.8;
/** Fewer shared words may be chance. */
const fewestShared = 5;

/**
 * Leaves out passages that repeat a better one of another article, as reports of one agency in two papers do. What it returns takes rows,
 * best first, and how many of them to keep at most.
 */
export function createRepeatFilter(
  index: PassageIndex,
): (rows: readonly number[], limit: number) => readonly number[] {
  /** The last passage with a term: the number of its turn. */
  const turns = new Uint32Array(index.termCount);
  let turn = 0;

  /** Different terms of a passage's text; they bear the number of this turn. */
  const readTerms = (row: number): number[] => {
    turn++;
    const sequence = index.sequence(row);
    const terms: number[] = [];
    for (let place = sequence.indexOf(SEQUENCE.titleEnd) + 1; place < sequence.length; place++) {
      const term = sequence[place]!;
      if (term >= SEQUENCE.partBit || turns[term] === turn) continue;
      turns[term] = turn;
      terms.push(term);
    }
    return terms;
  };

  return (rows, limit) => {
    const kept: { readonly row: number; readonly article: string; readonly terms: readonly number[] }[] = [];
    for (const row of rows) {
      if (kept.length === limit) break;
      const terms = readTerms(row);
      const article = index.articleOf(row).id;
      const repeats = kept.some((better) => {
        if (better.article === article) return false;
        let shared = 0;
        for (const term of better.terms) if (turns[term] === turn) shared++;
        return shared >= Math.max(fewestShared, sameReport * Math.min(terms.length, better.terms.length));
      });
      if (!repeats) kept.push({ row, article, terms });
    }
    return kept.map(({ row }) => row);
  };
}
