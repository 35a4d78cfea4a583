import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import type { ModelLanguage } from '../../src/language/languages.ts';
import type { Expression } from './ding.ts';
import type { DraftLexicon, Sources } from './vocabulary.ts';

/** Ids of terms, in reading order, function words left out. */
export type Terms = readonly number[];

/** The sources as terms of the vocabulary. */
export interface Corpus {
  /** Synonyms in German and English that translate each other; `entry` numbers the line of ding, `label` its field. */
  readonly pairs: ReadonlyArray<{ readonly german: readonly Terms[]; readonly english: readonly Terms[] }>;
  readonly synsets: ReadonlyArray<{
    readonly words: readonly Terms[];
    readonly gloss: Terms;
    readonly broader: readonly Terms[];
  }>;
  readonly thesaurus: ReadonlyArray<readonly Terms[]>;
}

/** Synonyms looked at in one list: the first are the most usual. */
const mostSynonyms = 6;

/** How often each term stands in the sources, as a word or part of one, once an expression. */
export function countTerms(draft: DraftLexicon, sources: Sources): Map<string, number> {
  const analyse = createAnalyser(draft);
  const counts = new Map<string, number>();
  const count = (text: string, language: ModelLanguage, weight: number): void => {
    for (const { term, stop, parts } of analyse(text, language)) {
      if (stop) continue;
      counts.set(term, (counts.get(term) ?? 0) + weight);
      for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + weight / 2);
    }
  };
  for (const { pairs } of sources.ding) {
    for (const { german, english } of pairs) {
      for (const { text } of german) count(text, 'de', 1);
      for (const { text } of english) count(text, 'en', 1);
    }
  }
  for (const { words, gloss } of sources.wordNet.synsets) {
    for (const word of words) count(word, 'en', 1);
    count(gloss, 'en', 0.25);
  }
  for (const set of sources.thesaurus) for (const text of set) count(text, 'de', 1);
  for (const { de, en } of sources.names) {
    for (const name of de) count(name, 'de', 5);
    for (const name of en) count(name, 'en', 5);
  }
  return counts;
}

/** Writes the sources in terms of the draft's vocabulary; unknown compounds become their parts, other unknown words go. */
export function buildCorpus(draft: DraftLexicon, sources: Sources): Corpus {
  const analyse = createAnalyser(draft);
  const encode = (text: string, language: ModelLanguage): number[] =>
    encodeText(analyse, draft, text, language);
  const encodeAll = (expressions: readonly Expression[], language: ModelLanguage): number[][] =>
    expressions
      .slice(0, mostSynonyms)
      .map(({ text }) => encode(text, language))
      .filter((terms) => terms.length > 0);
  return {
    pairs: [
      ...sources.ding.flatMap(({ pairs }) => pairs),
      ...sources.names.map(({ de, en }) => ({
        german: de.map((text) => ({ text })),
        english: en.map((text) => ({ text })),
      })),
    ]
      .map(({ german, english }) => ({
        german: encodeAll(german as Expression[], 'de'),
        english: encodeAll(english as Expression[], 'en'),
      }))
      .filter(({ german, english }) => german.length > 0 && english.length > 0),
    synsets: sources.wordNet.synsets.map(({ words, gloss, broader }) => ({
      words: words.map((word) => encode(word, 'en')).filter((terms) => terms.length > 0),
      gloss: encode(gloss, 'en'),
      broader: broader.map((word) => encode(word, 'en')).filter((terms) => terms.length > 0),
    })),
    thesaurus: sources.thesaurus
      .map((set) => set.map((text) => encode(text, 'de')).filter((terms) => terms.length > 0))
      .filter((set) => set.length > 1),
  };
}

export function encodeText(
  analyse: Analyse,
  draft: DraftLexicon,
  text: string,
  language: ModelLanguage,
): number[] {
  return analyse(text, language).flatMap(({ id, stop, parts }) => {
    if (stop) return [];
    if (id >= 0) return [id];
    return parts.map((part) => draft.id(part)).filter((part) => part >= 0);
  });
}
