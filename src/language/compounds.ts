/**
 * What training saw compounds made of. Keys are lower-case strings as they stand inside a compound: `friedens`, `kinder`,
 * `vertrag`; values say how often.
 */
export interface CompoundParts {
  /** First parts with their linking element, and the term of each without its language tag. */
  readonly modifiers: ReadonlyMap<string, Part>;
  /** Last parts, by stem; other words that the model knows count as half. */
  readonly heads: ReadonlyMap<string, number>;
}

const shortestPart = 3;
const shortestCompound = 7;
const mostParts = 4;
/** What a further part costs, in logarithms of counts: long parts are preferred to many. */
const partCost = 3;

/** A compound taken apart. */
export interface Split {
  /** Stems of the parts, in order. */
  readonly stems: readonly string[];
  /** Offset of the last part in the word. */
  readonly headStart: number;
  /** Logarithmic; higher is surer. */
  readonly score: number;
}

/** A part of a compound: its stem, and how often it is one. */
export interface Part {
  readonly stem: string;
  readonly count: number;
}

/** What the splitter has to know about a first or last part; undefined if it is none. */
export type ReadPart = (form: string) => Part | undefined;

/**
 * Splits a German compound, undefined if it does not come apart. Among the ways to split, the one whose parts are most
 * frequent wins (after Koehn and Knight, 2003).
 */
export function splitCompound(word: string, readFirst: ReadPart, readLast: ReadPart): Split | undefined {
  const best = new Map<number, Split | undefined>();
  const splitFrom = (start: number, used: number): Split | undefined => {
    if (best.has(start)) return best.get(start);
    const rest = word.slice(start);
    const head = start > 0 ? readLast(rest) : undefined;
    let found: Split | undefined = head && {
      stems: [head.stem],
      headStart: start,
      score: Math.log(head.count) - partCost,
    };
    for (let end = shortestPart; end <= rest.length - shortestPart && used < mostParts; end++) {
      const modifier = readFirst(rest.slice(0, end));
      if (!modifier) continue;
      const tail = splitFrom(start + end, used + 1);
      if (!tail) continue;
      const score = Math.log(modifier.count) - partCost + tail.score;
      if (!found || score > found.score) {
        found = { ...tail, stems: [modifier.stem, ...tail.stems], score };
      }
    }
    best.set(start, found);
    return found;
  };
  return word.length < shortestCompound ? undefined : splitFrom(0, 1);
}
