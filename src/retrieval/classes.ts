import type { Analyse, Word } from '../language/analyse.ts';
import { isModelLanguage } from '../language/languages.ts';
import type { LanguageModel, Link } from '../language/model.ts';
import { joinSeparableVerbs } from '../language/separable.ts';
import type { Language, PassageIndex } from '../types.ts';
import { findAsked } from './asked.ts';
import { readGermanNames } from './german-names.ts';
import type { Meanings } from './meanings.ts';
import { findPhrases } from './phrases.ts';
import { findFrames } from './question-frame.ts';
import { type Closeness, createSenses } from './senses.ts';
import type { TermWeights, Vocabulary } from './vocabulary.ts';
import type { MatchingSettings } from './weights.ts';

/**
 * A word of the question and the terms of the index that may stand for it (Pirkola, 1998): the word itself 1, others less.
 * A German compound gives one for each of its parts.
 */
export interface WordClass {
  readonly word: string;
  /** Importance of the word by the model, 0..1; 1 if the model does not know it. */
  readonly importance: number;
  /** Whether the question asks for what is of this kind: which capitals. */
  readonly asked: boolean;
  /** Index term -> weight, 0..1. */
  readonly terms: TermWeights;
}

interface Sources {
  readonly index: PassageIndex;
  readonly model: LanguageModel | undefined;
  readonly vocabulary: Vocabulary;
  /** What the model links terms to; undefined without a model. */
  readonly meanings: ((id: number) => Meanings) | undefined;
  readonly settings: MatchingSettings;
}

const raise = (terms: Map<number, number>, term: number, weight: number): void => {
  if (term >= 0 && weight > (terms.get(term) ?? 0)) terms.set(term, Math.min(1, weight));
};

/** For each word of a question, how well a translation fits the others. */
type Senses = (word: number) => Closeness;

/**
 * Adds what the lexicon links a term to. Translations compete with each other, so that the likeliest counts as the word itself; likelier
 * are those that fit the other words of the question.
 */
function addLinks(terms: Map<number, number>, id: number, closeness: Closeness, sources: Sources): void {
  const { meanings, settings } = sources;
  if (!meanings) return;
  const { alike, translations } = meanings(id);
  for (const { term, weight } of alike) raise(terms, term, weight);
  const weights = translations.map((to) => to.weight * Math.exp(settings.senseChoice * closeness(to.id)));
  const likeliest = Math.max(...weights);
  for (let at = 0; at < weights.length; at++) raise(terms, translations[at]!.term, weights[at]! / likeliest);
}

/** All that may stand for a word, or for a part of a word of which that is known already. */
function findTerms(
  word: string,
  id: number,
  senses: Senses,
  sources: Sources,
  ofWhole: TermWeights = new Map(),
): Map<number, number> {
  // Neighbours are by far the most: a copy of them all is faster than adding one by one.
  const terms = new Map(id < 0 ? undefined : sources.vocabulary.neighbours(id));
  for (const [term, weight] of ofWhole) raise(terms, term, weight);
  raise(terms, sources.index.termId(word), 1);
  if (id >= 0) addLinks(terms, id, senses(id), sources);
  return terms;
}

function classesOf(word: Word, senses: Senses, sources: Sources): WordClass[] {
  const { index, model, settings } = sources;
  const idOf = (term: string) => model?.id(term) ?? -1;
  const importanceOf = (id: number) => (id < 0 ? 1 : (model?.weights[id] ?? 1));
  const whole = findTerms(word.term, word.id, senses, sources);
  if (word.name) raise(whole, index.termId(`name:${word.name}`), settings.nameWeight);
  if (word.parts.length === 0) {
    return [{ word: word.term, importance: importanceOf(word.id), asked: false, terms: whole }];
  }
  return word.parts.map((part) => {
    const id = idOf(part);
    const terms = findTerms(part, id, senses, sources, whole);
    return { word: part, importance: importanceOf(id), asked: false, terms };
  });
}

/** Adds what the phrase means in which a word stands: as good as the word itself. */
function addPhrase(word: WordClass, meanings: readonly Link[], sources: Sources): WordClass {
  if (meanings.length === 0) return word;
  const terms = new Map(word.terms);
  for (const { id, weight } of meanings) {
    raise(terms, sources.vocabulary.fromModel(id), weight * sources.settings.phraseWeight);
  }
  return { ...word, terms };
}

function addName(word: WordClass, name: string | undefined, { index, settings }: Sources): WordClass {
  if (name === undefined) return word;
  const terms = new Map(word.terms);
  raise(terms, index.termId(name), settings.nameWeight);
  return { ...word, terms };
}

/** Classes of the words of a question in their order, each word once. Pure but for the caches of its arguments. */
export function readClasses(
  question: string,
  language: Language,
  analyse: Analyse,
  sources: Sources,
): WordClass[] {
  const idOf = (term: string) => sources.model?.id(term) ?? -1;
  const tokens = analyse(question, language);
  const isFrame = findFrames(question);
  const words = tokens.filter(({ stop, start }) => !stop && !isFrame(start));
  sources.vocabulary.prepare(
    words.flatMap(({ id, parts }) => [id, ...parts.map(idOf)]).filter((id) => id >= 0),
  );
  const verbs =
    language === 'de'
      ? joinSeparableVerbs(question, tokens, (term) => idOf(term) >= 0)
      : new Map<number, string>();
  const { model } = sources;
  const phrases =
    model && isModelLanguage(language)
      ? findPhrases(tokens, language, model.phrase)
      : new Map<number, Link[]>();
  const names = language === 'en' ? readGermanNames(question, tokens, analyse) : new Map<number, string>();
  const asked = findAsked(question, tokens, isFrame);
  const senses = model
    ? createSenses(
        words.map(({ id }) => id),
        model,
      )
    : () => () => 0;
  const seen = new Set<string>();
  return tokens.flatMap((token, position) => {
    if (token.stop || isFrame(token.start) || seen.has(token.term)) return [];
    seen.add(token.term);
    const verb = verbs.get(position);
    if (verb === undefined) {
      const meanings = phrases.get(position) ?? [];
      return classesOf(token, senses, sources).map((word) => ({
        ...addPhrase(addName(word, names.get(position), sources), meanings, sources),
        asked: position === asked,
      }));
    }
    const [whole] = classesOf({ ...token, term: verb, id: idOf(verb), parts: [] }, senses, sources);
    // In the text, too, it may stand apart.
    const terms = new Map(whole!.terms);
    raise(terms, sources.index.termId(token.term), sources.settings.apartWeight);
    return [{ ...whole!, terms }];
  });
}
