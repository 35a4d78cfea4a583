import { fold, stem } from '../../src/language/stem.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { Links } from './links.ts';

/** Weight of a broader word by the steps that lead to it. */
const stepWeights = [1, 0.85, 0.7];
/** Meanings with more kinds and instances than these (animal, person, artifact) say too little. */
const mostNarrower = 1_500;
/** A word broadens another only in one of its own most frequent meanings. */
const knownSenses = 3;
const mostBroader = 16;

/** Numbers of kinds and instances below each meaning, counted once. */
function createCount({ meanings }: Hierarchy): (key: string) => number {
  const below = new Map<string, string[]>();
  for (const [key, { broader }] of meanings) {
    for (const above of broader) {
      const others = below.get(above);
      if (others) others.push(key);
      else below.set(above, [key]);
    }
  }
  const known = new Map<string, number>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = new Set([key]);
    for (const each of found) for (const next of below.get(each) ?? []) found.add(next);
    known.set(key, found.size - 1);
    return found.size - 1;
  };
}

/**
 * For each term the English words for what it is a kind or an instance of (Hotel: building, Berlin: capital), best first, by the most
 * frequent meaning of the nouns it stands for. German terms have none of their own.
 */
export function buildBroader(
  terms: readonly string[],
  irregularEnglish: ReadonlyMap<string, string>,
  hierarchy: Hierarchy,
): Links {
  const { meanings, senses } = hierarchy;
  const ids = new Map(terms.map((term, id) => [term, id]));
  const idOf = (word: string): number => {
    const folded = fold(word, 'en');
    return ids.get(`en:${irregularEnglish.get(folded) ?? stem(folded, 'en')}`) ?? -1;
  };
  const countNarrower = createCount(hierarchy);
  /** Terms for a meaning: its words, and of phrases the last word (national capital). */
  const termsFor = (key: string): number[] =>
    (meanings.get(key)?.words ?? [])
      .filter((word) => word.includes('_') || senses.get(word)?.slice(0, knownSenses).includes(key))
      .map((word) => idOf(word.slice(word.lastIndexOf('_') + 1)));

  const rows: Map<number, number>[] = terms.map(() => new Map());
  for (const [word, [main]] of senses) {
    const id = word.includes('_') ? -1 : idOf(word);
    const row = rows[id];
    if (!row || !main) continue;
    const seen = new Set([main]);
    let reached = [main];
    for (const weight of stepWeights) {
      reached = reached.flatMap((key) => meanings.get(key)?.broader ?? []).filter((key) => !seen.has(key));
      for (const key of reached) {
        seen.add(key);
        if (countNarrower(key) > mostNarrower) continue;
        for (const above of termsFor(key)) {
          if (above >= 0 && above !== id) row.set(above, Math.max(weight, row.get(above) ?? 0));
        }
      }
    }
  }
  return rows.map((row) =>
    [...row]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, mostBroader)
      .map(([id, weight]) => ({ id, weight })),
  );
}
