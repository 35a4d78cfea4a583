/**
 * What training saw compounds made of. Keys are lower-case strings as they stand inside a compound: `friedens`, `kinder`,
 * `vertrag`; values say how often.
 */
export interface CompoundParts {
  /** First parts with their linking element, and the term of each without its language tag. */
  readonly modifiers: ReadonlyMap<string, { readonly stem: string; readonly count: number }>;
  /** Last parts, by stem. */
  readonly heads: ReadonlyMap<string, number>;
}

const shortestPart = 3;
const shortestCompound = 7;
const mostParts = 4;
/** What a further part costs, in logarithms of counts: long parts are preferred to many. */
const partCost = 3;

interface Split {
  readonly stems: readonly string[];
  readonly score: number;
}

/**
 * Splits a German compound into the stems of its parts, [] if it does not come apart. `headStem` gives the stem of a last part.
 * Each part must have been seen as a part of compounds in training; among the ways to split, the one whose parts are most frequent
 * wins (after Koehn and Knight, 2003).
 */
export function splitCompound(
  word: string,
  parts: CompoundParts,
  headStem: (word: string) => string,
): readonly string[] {
  const best = new Map<number, Split | undefined>();
  const splitFrom = (start: number, used: number): Split | undefined => {
    if (best.has(start)) return best.get(start);
    const rest = word.slice(start);
    let found: Split | undefined;
    if (start > 0) {
      const stem = headStem(rest);
      const count = parts.heads.get(stem);
      if (count !== undefined) found = { stems: [stem], score: Math.log(count) - partCost };
    }
    for (let end = shortestPart; end <= rest.length - shortestPart && used < mostParts; end++) {
      const modifier = parts.modifiers.get(rest.slice(0, end));
      if (!modifier) continue;
      const tail = splitFrom(start + end, used + 1);
      if (!tail) continue;
      const score = Math.log(modifier.count) - partCost + tail.score;
      if (!found || score > found.score) found = { stems: [modifier.stem, ...tail.stems], score };
    }
    best.set(start, found);
    return found;
  };
  return word.length < shortestCompound ? [] : (splitFrom(0, 1)?.stems ?? []);
}
