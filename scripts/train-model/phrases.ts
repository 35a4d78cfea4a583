import { createAnalyser, type Token } from '../../src/language/analyse.ts';
import type { ModelLanguage } from '../../src/language/languages.ts';
import type { Link } from '../../src/language/model.ts';
import { phraseKey, phraseLength, phraseWord } from '../../src/language/phrases.ts';
import type { Links } from './links.ts';
import type { DraftLexicon, Sources } from './vocabulary.ts';

/** Words that a phrase stands for, best first, by `phraseKey`. */
export type Phrases = ReadonlyMap<string, readonly Link[]>;

const mostMeanings = 3;
/** Meanings rarer than this share of the most usual one are left out. */
const leastShare = 0.3;
/** A synonym counts this much of a translation. */
const synonymShare = 0.5;
const shortestPart = 3;
/** A word that a word of the phrase leads to with this weight is found without the phrase. */
const knownFrom = 0.25;

/** Phrases with rarer words are left out: such a word says enough by itself. Terms are numbered by frequency. */
const commonWords = 10_000;

/** An expression as an analysis sees it. */
interface Read {
  readonly key: string | undefined;
  /** Its only word that is no function word, if there is one and the model has it. */
  readonly single: number;
  readonly content: readonly number[];
}

/**
 * Learns which phrases mean a word that their words do not lead to: secretary of state (Außenminister), rule out (ausschließen),
 * Vereinigte Staaten (USA). A phrase is what ding, WordNet or OpenThesaurus give as the translation or synonym of a single word.
 */
export function buildPhrases(draft: DraftLexicon, sources: Sources, links: Links): Phrases {
  const terms = [...draft.ids.keys()];
  const analyse = createAnalyser(draft);
  const read = (text: string, language: ModelLanguage): Read => {
    const tokens: readonly Token[] = analyse(text, language);
    const words = tokens.map(phraseWord).filter((word) => word !== undefined);
    const content = tokens.filter(({ stop }) => !stop).map(({ id }) => id);
    const isPhrase = words.length >= phraseLength.least && words.length <= phraseLength.most;
    return {
      key:
        isPhrase && content.length > 0 && content.every((id) => id >= 0 && id < commonWords)
          ? phraseKey(language, words)
          : undefined,
      single: content.length === 1 && words.length === 1 ? content[0]! : -1,
      content,
    };
  };

  const isGerman = (id: number): boolean => terms[id]!.startsWith('de:');
  const found = new Map<string, Map<number, number>>();
  const note = (phrase: Read, word: Read, weight: number): void => {
    if (phrase.key === undefined || word.single < 0) return;
    const isKnown = phrase.content.some(
      (id) =>
        id === word.single || links[id]?.some((link) => link.id === word.single && link.weight >= knownFrom),
    );
    if (isKnown) return;
    const meanings = found.get(phrase.key) ?? new Map<number, number>();
    meanings.set(word.single, (meanings.get(word.single) ?? 0) + weight);
    found.set(phrase.key, meanings);
  };
  /** What the compound stands for, and its translations. */
  const noteCompound = (key: string, compound: number): void => {
    const meanings = found.get(key) ?? new Map<number, number>();
    const german = (links[compound] ?? []).filter(({ id }) => isGerman(id));
    const most = german.reduce((max, { weight }) => Math.max(max, weight), 0);
    for (const { id, weight } of [{ id: compound, weight: most }, ...german]) {
      meanings.set(id, Math.max(meanings.get(id) ?? 0, weight / most));
    }
    if (most > 0) found.set(key, meanings);
  };
  const noteAll = (a: readonly Read[], b: readonly Read[], share: number): void => {
    const weight = share / Math.sqrt(a.length * b.length);
    for (const phrase of a) for (const word of b) note(phrase, word, weight);
  };

  for (const { pairs } of sources.ding) {
    for (const pair of pairs) {
      const german = pair.german.map(({ text }) => read(text, 'de'));
      const english = pair.english.map(({ text }) => read(text, 'en'));
      noteAll(german, english, 1);
      noteAll(english, german, 1);
    }
  }
  for (const word of new Set(sources.wordNet.synsets.flatMap(({ words }) => words))) {
    const whole = /^[a-z]{6,}$/.test(word) ? read(word, 'en') : undefined;
    if (whole === undefined || whole.single < 0) continue;
    for (const key of splitEnglishCompound(word, read)) noteCompound(key, whole.single);
  }
  const sets = [
    ...sources.wordNet.synsets.map(({ words }) => words.map((word) => read(word, 'en'))),
    ...sources.thesaurus.map((words) => words.map((word) => read(word, 'de'))),
  ];
  for (const set of sets) noteAll(set, set, synonymShare);
  return new Map([...found].map(([key, row]) => [key, rank(row)]));
}

/**
 * The phrases that an English compound may stand for, in both orders: a cease-fire ceases fire, a handshake is to shake hands. Words
 * that only look like compounds (carpet) give phrases that nobody writes.
 */
function splitEnglishCompound(word: string, read: (text: string, language: ModelLanguage) => Read): string[] {
  const keys: string[] = [];
  for (let end = shortestPart; end <= word.length - shortestPart; end++) {
    const [first, last] = [word.slice(0, end), word.slice(end)];
    for (const phrase of [`${first} ${last}`, `${last} ${first}`]) {
      const { key } = read(phrase, 'en');
      if (key !== undefined) keys.push(key);
    }
  }
  return keys;
}

/** The most usual meanings, the first with weight 1. */
function rank(meanings: ReadonlyMap<number, number>): Link[] {
  const most = Math.max(...meanings.values());
  return [...meanings]
    .map(([id, count]) => ({ id, weight: count / most }))
    .filter(({ weight }) => weight >= leastShare)
    .sort((a, b) => b.weight - a.weight || a.id - b.id)
    .slice(0, mostMeanings);
}
