import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import type { CompoundParts } from '../../src/language/compounds.ts';
import type { ModelLanguage } from '../../src/language/languages.ts';
import type { Lexicon } from '../../src/language/model.ts';
import { capitalise, fold, stem } from '../../src/language/stem.ts';
import { stopWords } from '../../src/language/stopwords.ts';
import type { Entry } from './ding.ts';
import type { WordNet } from './wordnet.ts';

/** The raw material of the model. */
export interface Sources {
  readonly ding: readonly Entry[];
  readonly wordNet: WordNet;
  readonly thesaurus: ReadonlyArray<readonly string[]>;
  /** Names of countries, peoples, languages in both languages. */
  readonly names: ReadonlyArray<Readonly<Record<ModelLanguage, readonly string[]>>>;
}

/** A lexicon while it is being learnt: what is put into its tables holds for every later analysis. */
export interface DraftLexicon extends Lexicon {
  readonly ids: Map<string, number>;
  readonly irregular: Record<ModelLanguage, Map<string, string>>;
  compounds: CompoundParts;
}

const isWord = (text: string): boolean => /^[\p{L}]{2,}$/u.test(text);
const isNoun = (word: string): boolean => /^\p{Lu}/u.test(word);

export function createDraft(): DraftLexicon {
  const ids = new Map<string, number>();
  return {
    ids,
    id: (term) => ids.get(term) ?? -1,
    isName: () => false,
    isCompound: () => true,
    irregular: { de: new Map(), en: new Map() },
    compounds: { modifiers: new Map(), heads: new Map() },
  };
}

/** Makes a term known. */
export function learn(draft: DraftLexicon, term: string): void {
  if (!draft.ids.has(term)) draft.ids.set(term, draft.ids.size);
}

/** The term of a single word. */
export const termOf = (analyse: Analyse, word: string, language: ModelLanguage): string =>
  analyse(word, language)[0]?.term ?? '';

const expressionsOf = (sources: Sources, language: ModelLanguage): string[] => [
  ...sources.ding.flatMap(({ pairs }) =>
    (pairs[0]?.[language === 'de' ? 'german' : 'english'] ?? []).map(({ text }) =>
      text.replace(/^to (?=\S+$)/, ''),
    ),
  ),
  ...(language === 'de' ? sources.thesaurus.flat() : sources.wordNet.synsets.flatMap(({ words }) => words)),
  ...sources.names.flatMap((name) => name[language]),
];

/**
 * Learns the base forms: the single words that head an entry of any source. Verbs in -ern and -eln keep the r or l that
 * the stemmer would take off.
 */
export function learnBaseForms(draft: DraftLexicon, sources: Sources): void {
  for (const { wordClass, pairs } of sources.ding) {
    if (wordClass !== 'verb') continue;
    for (const { text } of pairs[0]?.german ?? []) {
      const infinitive = fold(text, 'de');
      if (!isWord(text) || !/[^e]e[lr]n$/.test(infinitive)) continue;
      draft.irregular.de.set(infinitive, infinitive.slice(0, -1));
      learn(draft, `de:${infinitive.slice(0, -1)}`);
    }
  }
  for (const [form, base] of sources.wordNet.irregular) draft.irregular.en.set(form, stem(base, 'en'));
  keepNamesApart(draft, sources);
  for (const language of ['de', 'en'] as const) {
    for (const text of expressionsOf(sources, language)) {
      if (!isWord(text)) continue;
      const folded = fold(text, language);
      if (stopWords[language].has(folded)) continue;
      const irregular = draft.irregular[language];
      const known = irregular.get(isNoun(text) ? capitalise(folded) : folded) ?? irregular.get(folded);
      learn(draft, `${language}:${known ?? stem(folded, language)}`);
    }
  }
}

/** Countries whose German name has the stem of another noun (Polen, Pol) keep their names whole. */
function keepNamesApart(draft: DraftLexicon, { ding, names }: Sources): void {
  const countries = new Set(names.flatMap(({ de }) => de).filter(isWord));
  const nouns = new Set(
    ding.flatMap(({ pairs }) => pairs[0]?.german ?? []).flatMap(({ text }) => (isNoun(text) ? [text] : [])),
  );
  for (const country of countries) {
    const folded = fold(country, 'de');
    const key = stem(folded, 'de');
    if (key !== folded && nouns.has(capitalise(key))) draft.irregular.de.set(capitalise(folded), folded);
  }
}

/**
 * Learns irregular German forms from ding's lists of inflected forms (abziehen | abgezogen | zog ab): those that analysis
 * would not lead to their base form by rule. A form that heads as many entries of its own stays a word of its own.
 * Nouns are entered with their capital letter too, for they come before verbs of the same spelling there.
 */
export function learnGermanForms(draft: DraftLexicon, sources: Sources): void {
  const analyse = createAnalyser(draft);
  const heads = new Map<string, number>();
  for (const { pairs } of sources.ding) {
    for (const { text } of pairs[0]?.german ?? []) heads.set(text, (heads.get(text) ?? 0) + 1);
  }
  const found = new Map<string, Map<string, number>>();
  const note = (form: string, base: string): void => {
    const own = heads.get(form) ?? 0;
    if (!isWord(form) || !isWord(base) || form === base) return;
    if (own * (isNoun(form) ? 1 : 2) > (heads.get(base) ?? 0)) return;
    if (form[0]?.toLowerCase() !== base[0]?.toLowerCase() && !form.startsWith('ge')) return;
    const stems = found.get(form) ?? new Map<string, number>();
    const key = termOf(analyse, base, 'de').slice(3);
    stems.set(key, (stems.get(key) ?? 0) + 1);
    found.set(form, stems);
  };
  for (const { wordClass, pairs } of sources.ding) {
    const [head, ...others] = pairs;
    if (!head || (wordClass !== 'verb' && wordClass !== 'noun')) continue;
    for (const { german } of others.slice(0, wordClass === 'verb' ? 8 : 1)) {
      if (german.length !== head.german.length) continue;
      german.forEach(({ text }, index) => {
        const base = head.german[index]?.text ?? '';
        const form = text.replace(/^es /, '');
        note(form, base);
        if (wordClass === 'verb') noteSimpleVerb(form, base, note);
      });
    }
  }
  for (const [form, stems] of found) {
    const [best] = [...stems].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!best || !draft.ids.has(`de:${best[0]}`) || stopWords.de.has(form.toLowerCase())) continue;
    if (termOf(analyse, form, 'de') === `de:${best[0]}`) continue;
    const folded = fold(form, 'de');
    if (isNoun(form)) draft.irregular.de.set(capitalise(folded), best[0]);
    if (!isNoun(form) || !draft.irregular.de.has(folded)) draft.irregular.de.set(folded, best[0]);
  }
}

/** What a separable verb says about the verb inside it: abgezogen and `zog ab` are forms of abziehen, so gezogen and zog of ziehen. */
function noteSimpleVerb(form: string, base: string, note: (form: string, base: string) => void): void {
  const [finite = '', particle, ...more] = form.split(' ');
  if (more.length > 0) return;
  if (particle) {
    if (base.startsWith(particle)) note(finite, base.slice(particle.length));
    return;
  }
  const participle = /^(.{2,}?)(ge.{3,})$/.exec(form);
  if (participle?.[1] && base.startsWith(participle[1]))
    note(participle[2] ?? '', base.slice(participle[1].length));
}

const longestTerm = 30;
/** Occurrences that a term needs; compounds that explain themselves are left to the splitter unless they are common. */
const leastOccurrences = { de: 2, en: 3, compound: 8 };

/** Chooses the terms of the model, most frequent first, and makes them the draft's only ones. */
export function selectTerms(
  draft: DraftLexicon,
  counts: ReadonlyMap<string, number>,
  transparent: ReadonlySet<string>,
): string[] {
  const least = (term: string): number => {
    if (transparent.has(term)) return leastOccurrences.compound;
    return term.startsWith('en:') ? leastOccurrences.en : leastOccurrences.de;
  };
  const chosen = [...counts]
    .filter(([term, count]) => term.length <= longestTerm && count >= least(term))
    // German stems that are no base form would stand in the way of the rules that lead forms to theirs.
    .filter(([term]) => !term.startsWith('de:') || draft.ids.has(term))
    .filter(([term]) => !term.startsWith('#') || /^#\d{1,3}$/.test(term))
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([term]) => term);
  draft.ids.clear();
  for (const term of chosen) learn(draft, term);
  return chosen;
}
