import { fold, stem } from '../../src/language/stem.ts';
import type { TranslationTable } from './ibm1.ts';
import type { DraftLexicon, Sources } from './vocabulary.ts';

type TermPair = readonly [number, number];

const englishId = (draft: DraftLexicon, word: string): number => {
  const folded = fold(word, 'en');
  return draft.id(`en:${draft.irregular.en.get(folded) ?? stem(folded, 'en')}`);
};

/** WordNet's derivations (withdraw, withdrawal; Russia, Russian) whose two terms differ and are known. */
export const findDerivations = (draft: DraftLexicon, { wordNet }: Sources): TermPair[] =>
  wordNet.derivations
    .map(([a, b]): TermPair => [englishId(draft, a), englishId(draft, b)])
    .filter(([a, b]) => a >= 0 && b >= 0 && a !== b);

/** How often the texts that WordNet's makers tagged have each term; 0 for German ones. */
export function countInText(draft: DraftLexicon, { wordNet }: Sources): number[] {
  const counts = new Array<number>(draft.ids.size).fill(0);
  for (const [word, count] of wordNet.frequency) {
    const id = word.includes('_') ? -1 : englishId(draft, word);
    if (id >= 0) counts[id]! += count;
  }
  return counts;
}

/** Seats of government and their countries (Kremlin, Russia) that are known. */
export const findSeats = (draft: DraftLexicon, { wordNet }: Sources): TermPair[] =>
  wordNet.seats
    .map(([seat, country]): TermPair => [englishId(draft, seat), englishId(draft, country)])
    .filter(([a, b]) => a >= 0 && b >= 0 && a !== b);

/** Names of the same place or body (US, USA, America), which share a set of synonyms in WordNet. */
export const findSynonymousNames = (draft: DraftLexicon, { wordNet }: Sources): TermPair[] =>
  wordNet.synsets
    .filter(({ instance }) => instance)
    .flatMap(({ words }) => {
      const names = words
        .filter((word) => /^\p{Lu}\p{L}+$/u.test(word))
        .map((word) => englishId(draft, word));
      return names.flatMap((a) => names.map((b): TermPair => [a, b]));
    })
    .filter(([a, b]) => a >= 0 && b >= 0 && a < b);

/** Numerals and their words (#3, three), which share a set of synonyms in WordNet. */
export const findNumerals = (draft: DraftLexicon, { wordNet }: Sources): TermPair[] =>
  wordNet.synsets
    .flatMap(({ words }) => {
      const numerals = words.filter((word) => /^\d+$/.test(word)).map((word) => draft.id(`#${word}`));
      const names = words.filter((word) => /^[a-z]{3,}$/.test(word)).map((word) => englishId(draft, word));
      return numerals.flatMap((numeral) => names.map((name): TermPair => [numeral, name]));
    })
    .filter(([a, b]) => a >= 0 && b >= 0);

/** What British and American, old and new German spelling write differently, brought to one form. */
const respellings: Readonly<Record<string, ReadonlyArray<readonly [RegExp, string]>>> = {
  en: [
    [/our/g, 'or'],
    [/[ae]e/g, 'e'],
    [/oe/g, 'e'],
    [/ys(?=$|e|a|i)/g, 'yz'],
    [/is(?=$|e|a|i)/g, 'iz'],
    [/ogu$/g, 'og'],
    [/([lmp])\1/g, '$1'],
    [/([tb])r$/g, '$1er'],
    [/enc$/g, 'ens'],
  ],
  de: [
    [/ph/g, 'f'],
    [/rh/g, 'r'],
    [/th/g, 't'],
    [/c(?=[aouklr])/g, 'k'],
    [/tial/g, 'zial'],
    [/(.)\1\1/g, '$1$1'],
  ],
};

const respell = (term: string): string =>
  (respellings[term.slice(0, 2)] ?? []).reduce((text, [old, now]) => text.replace(old, now), term.slice(3));

/** Terms of one language that differ in spelling only, and share a translation. */
export function findSpellings(terms: readonly string[], translations: TranslationTable): TermPair[] {
  const groups = new Map<string, number[]>();
  terms.forEach((term, id) => {
    const key = term.slice(0, 3) + respell(term);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  });
  const meanings = (id: number): Set<number> =>
    new Set(
      (translations.get(id) ?? []).filter(([, probability]) => probability > 0.05).map(([target]) => target),
    );
  const pairs: TermPair[] = [];
  for (const ids of groups.values()) {
    for (const a of ids) {
      const own = meanings(a);
      for (const b of ids)
        if (a < b && [...meanings(b)].some((target) => own.has(target))) pairs.push([a, b]);
    }
  }
  return pairs;
}

/**
 * The terms that are names: English ones that WordNet only knows with a capital letter, and German ones that
 * mostly translate to such.
 */
export function findNames(
  draft: DraftLexicon,
  terms: readonly string[],
  { wordNet, names }: Sources,
  toEnglish: TranslationTable,
): ReadonlySet<number> {
  const capital = new Set<number>();
  const small = new Set<number>();
  for (const word of [...wordNet.synsets.flatMap(({ words }) => words), ...names.flatMap(({ en }) => en)]) {
    if (/^\p{L}+$/u.test(word)) (/^\p{Lu}/u.test(word) ? capital : small).add(englishId(draft, word));
  }
  const found = new Set([...capital].filter((id) => id >= 0 && !small.has(id)));
  terms.forEach((term, id) => {
    const [best] = toEnglish.get(id) ?? [];
    if (term.startsWith('de:') && best && best[1] > 0.3 && found.has(best[0])) found.add(id);
  });
  return found;
}
