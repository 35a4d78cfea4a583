import type { Analyse } from '../language/analyse.ts';

import type { LanguageModel } from '../language/model.ts';
import { detectQuestionLanguage } from '../language/question-language.ts';
import type { Language, PassageIndex } from '../types.ts';
import { readClasses, type WordClass } from './classes.ts';
import { type Evidence, weighMatches } from './evidence.ts';
import { createInteraction, type Matches } from './interaction.ts';
import { createKinds } from './kinds.ts';
import { createLexicalLeg, type LexicalScores } from './lexical.ts';
import { createMeanings } from './meanings.ts';
import { type PassageTable, tabulatePassages } from './passages.ts';
import { createVocabulary } from './vocabulary.ts';
import type { MatchingSettings } from './weights.ts';

/** The words of a question, and what may stand for them. */
export interface QuestionWords {
  readonly language: Language;
  readonly classes: readonly WordClass[];
}

/** What an index says about the words of one question. Valid until the next question is read. */
export interface Reading extends QuestionWords {
  readonly lexical: LexicalScores;
  /** Importance of the question's words in the language of a row, 0..1. */
  importanceAt(row: number): readonly number[];
  /** Best matches of the words in a row. Valid until the next row. */
  matchesAt(row: number): Matches;
  /** Looks closer at some rows: matches what is a kind or an instance of what the question names, too. Valid until the next row. */
  matchesIn(rows: readonly number[]): (row: number) => Matches;
  evidenceAt(row: number): Evidence;
}

export interface Reader {
  readonly table: PassageTable;
  /** Passages of the index. */
  readonly passages: number;
  readWords(question: string): QuestionWords;
  /** Leaves its results in arrays that the next reading overwrites. */
  read(words: QuestionWords): Reading;
}

/** Prepares an index for questions. */
export function createReader(
  index: PassageIndex,
  model: LanguageModel | undefined,
  analyse: Analyse,
  settings: MatchingSettings,
): Reader {
  const table = tabulatePassages(index);
  const vocabulary = createVocabulary(index, model, settings.leastCosine);
  const meanings = model && createMeanings(model, vocabulary.fromModel, settings);
  const sources = { index, model, vocabulary, meanings, settings };
  const score = createLexicalLeg(index, table, settings);
  const prepare = createInteraction(index);
  const prepareCloser = createInteraction(index);
  const addKinds = model && createKinds(index, model, settings.kindWeight);
  return {
    table,
    passages: table.counts.reduce((sum, count) => sum + count, 0),
    readWords: (question) => {
      const language = detectQuestionLanguage(question, analyse);
      return { language, classes: readClasses(question, language, analyse, sources) };
    },
    read: ({ language, classes }) => {
      const lexical = score(classes);
      const matchesAt = prepare(classes);
      const importanceAt = (row: number) => lexical.importance[table.language[row]!] ?? [];
      return {
        language,
        classes,
        lexical,
        importanceAt,
        matchesAt,
        matchesIn: (rows) => prepareCloser(addKinds?.(classes, rows) ?? classes),
        evidenceAt: (row) => weighMatches(matchesAt(row), importanceAt(row)),
      };
    },
  };
}
