import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import type { CompoundParts } from '../../src/language/compounds.ts';
import { fold } from '../../src/language/stem.ts';
import { stopWords } from '../../src/language/stopwords.ts';
import type { Entry } from './ding.ts';
import { type DraftLexicon, termOf } from './vocabulary.ts';

const shortestPart = 3;
/** What may stand between the parts; a minus sign marks letters that the first part loses (Schul|e|buch). */
const linkingElements = ['', 's', 'es', 'n', 'en', 'er', 'e', 'ens', '-e', '-en'];
/** Parts that coincide with endings and prefixes, and so are found everywhere. */
const leastCount = 2;

/** They look like words but are prefixes and endings. */
const affixes = new Set(
  'ent miss wider erz vor ver auf ein aus rück ern erin end ens ler ner rin lei heit keit lich isch ung tum nis'.split(
    ' ',
  ),
);

/** A reading of a compound that its translation confirms. */
interface Reading {
  readonly modifier: string;
  readonly modifierStem: string;
  readonly headStem: string;
  /** 2 if the translation confirms both parts, 1 if it confirms one. */
  readonly confirmed: number;
  /** Whether the last part is among the confirmed. */
  readonly byHead: boolean;
}

/** English terms of each German term, from the pairs whose German side is that word alone. */
function buildDictionary(entries: readonly Entry[], analyse: Analyse): Map<string, Set<string>> {
  const dictionary = new Map<string, Set<string>>();
  for (const { pairs } of entries) {
    for (const { german, english } of pairs.slice(0, 2)) {
      const terms = english.flatMap(({ text }) =>
        analyse(text, 'en')
          .filter(({ stop }) => !stop)
          .map(({ term }) => term),
      );
      for (const { text } of german) {
        const [token, ...more] = analyse(text, 'de').filter(({ stop }) => !stop);
        if (!token || more.length > 0) continue;
        const known = dictionary.get(token.term) ?? new Set<string>();
        for (const term of terms) known.add(term);
        dictionary.set(token.term, known);
      }
    }
  }
  return dictionary;
}

const overlaps = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  for (const item of a) if (b.has(item)) return true;
  return false;
};

export interface LearntCompounds {
  readonly parts: CompoundParts;
  /** Compounds that both parts explain. */
  readonly transparent: ReadonlySet<string>;
  /** Compounds that are a kind of what their last part is, among them the transparent ones. */
  readonly compounds: ReadonlySet<string>;
}

/**
 * Learns the parts of German compounds: a word comes apart where both parts are words themselves and the English
 * translation of the whole contains translations of them (Sicherheitsgarantie: security guarantee).
 */
export function learnCompounds(draft: DraftLexicon, entries: readonly Entry[]): LearntCompounds {
  const analyse = createAnalyser(draft);
  const dictionary = buildDictionary(entries, analyse);
  const stemOf = new Map<string, string>();
  const surfaces = new Set<string>();
  for (const { pairs } of entries) {
    for (const { german } of pairs.slice(0, 2)) {
      for (const { text } of german) if (/^\p{L}{3,}$/u.test(text)) surfaces.add(text);
    }
  }
  for (const surface of surfaces) {
    const folded = fold(surface, 'de');
    const term = termOf(analyse, surface, 'de');
    if (dictionary.has(term)) stemOf.set(folded, term.slice(3));
    // Verbs lend their stem to compounds: Schreib|tisch.
    const verb = /^([a-zäöü]{4,}?)e?n$/.exec(folded);
    if (verb?.[1] && surface === folded && dictionary.has(`de:${verb[1]}`)) stemOf.set(verb[1], verb[1]);
  }

  const readingsOf = (word: string, own: ReadonlySet<string>): Reading[] => {
    const readings: Reading[] = [];
    for (let end = shortestPart; end <= word.length - shortestPart; end++) {
      const headStem = stemOf.get(word.slice(end));
      const headMeaning = dictionary.get(`de:${headStem}`);
      if (headStem === undefined || !headMeaning || affixes.has(word.slice(end))) continue;
      const modifier = word.slice(0, end);
      for (const link of linkingElements) {
        const base = link.startsWith('-') ? modifier + link.slice(1) : modifier.slice(0, end - link.length);
        if (
          base.length < (link.startsWith('-') ? 5 : shortestPart) ||
          stopWords.de.has(modifier) ||
          stopWords.de.has(base) ||
          affixes.has(modifier) ||
          (!link.startsWith('-') && base + link !== modifier)
        )
          continue;
        const modifierStem = stemOf.get(base);
        const meaning = dictionary.get(`de:${modifierStem}`);
        if (modifierStem === undefined || !meaning) continue;
        const byHead = overlaps(own, headMeaning);
        const confirmed = Number(overlaps(own, meaning)) + Number(byHead);
        if (confirmed > 0) readings.push({ modifier, modifierStem, headStem, confirmed, byHead });
      }
    }
    return readings;
  };

  const modifiers = new Map<string, Map<string, number>>();
  const heads = new Map<string, number>();
  const transparent = new Set<string>();
  const compounds = new Set<string>();
  for (const surface of surfaces) {
    const word = fold(surface, 'de');
    const term = termOf(analyse, surface, 'de');
    const own = word.length < 2 * shortestPart ? undefined : dictionary.get(term);
    if (!own) continue;
    const readings = readingsOf(word, own);
    const most = Math.max(0, ...readings.map(({ confirmed }) => confirmed));
    const best = readings.filter(({ confirmed }) => confirmed === most);
    for (const { modifier, modifierStem, headStem, confirmed, byHead } of best) {
      const share = (confirmed === 2 ? 1 : 0.2) / best.length;
      const stems = modifiers.get(modifier) ?? new Map<string, number>();
      stems.set(modifierStem, (stems.get(modifierStem) ?? 0) + share);
      modifiers.set(modifier, stems);
      heads.set(headStem, (heads.get(headStem) ?? 0) + share);
      if (confirmed === 2) transparent.add(term);
      if (byHead) compounds.add(term);
    }
  }
  return { parts: { modifiers: prune(modifiers), heads: pruneCounts(heads) }, transparent, compounds };
}

const round = (count: number): number => Math.max(1, Math.round(count));

function prune(modifiers: ReadonlyMap<string, ReadonlyMap<string, number>>): CompoundParts['modifiers'] {
  const kept: [string, { stem: string; count: number }][] = [];
  for (const [modifier, stems] of modifiers) {
    const [best] = [...stems].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (best && best[1] >= leastCount * (modifier.length < 4 ? 3 : 1)) {
      kept.push([modifier, { stem: best[0], count: round(best[1]) }]);
    }
  }
  return new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const pruneCounts = (counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map(
    [...counts]
      .filter(([stem, count]) => count >= leastCount * (stem.length < 4 ? 3 : 1))
      .map(([stem, count]): [string, number] => [stem, round(count)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
