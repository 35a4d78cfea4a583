import { createPostingSums } from '../kernels/postings.ts';
import type { PassageIndex } from '../types.ts';
import type { WordClass } from './classes.ts';
import type { PassageTable } from './passages.ts';
import type { MatchingSettings } from './weights.ts';

/** What the postings say about a question. The arrays are overwritten by the next question. */
export interface LexicalScores {
  /** Rows with any word of the question. */
  readonly rows: Uint32Array;
  /** BM25 of these rows, in their order. */
  readonly totals: Float32Array;
  /** BM25 by row: 0..1, 1 if every word of the question stood in the passage without end. */
  readonly bm25: Float32Array;
  /** Importance of each word class in passages of each language: `importance[language][word]`, 0..1. */
  readonly importance: readonly (readonly number[])[];
}

/** Postings of weak, frequent members of a class are left unread past this many for a word. */
const mostPostings = 10_000;

/**
 * BM25 (Robertson and others, 1995) over classes of words: the occurrences of a class's terms, by their weights, count as
 * occurrences of one word (Pirkola, 1998), and a class's document frequency is the sum of its best matches. Frequencies are
 * those among the passages of the same language, so that no language of a mixed corpus is favoured.
 */
export function createLexicalLeg(
  index: PassageIndex,
  table: PassageTable,
  settings: MatchingSettings,
): (classes: readonly WordClass[]) => LexicalScores {
  const { k1, b, priorPassages } = settings;
  /** Live passages by language; `gone` is a kind that is given no weight. */
  const sums = createPostingSums(
    table.language,
    table.relativeLength.map((length) => k1 * (1 - b + b * length)),
  );

  /** Gathers the occurrences of a class; returns the sum of its best matches by language. */
  const gather = (terms: ReadonlyMap<number, number>): Float64Array => {
    const matches = new Float64Array(table.languages.length);
    let read = 0;
    for (const [term, weight] of [...terms].sort((x, y) => y[1] - x[1])) {
      const lists = index.postings(term);
      let frequency = 0;
      for (const { rows } of lists) frequency += rows.length;
      if (weight < 1 && read + frequency > mostPostings) continue;
      read += frequency;
      for (const list of lists) {
        sums.gather(list, weight);
        // Members come by falling weight, so that the first in a row is its best match.
        for (let language = 0; language < matches.length; language++) {
          matches[language]! += weight * sums.fresh[language]!;
        }
      }
    }
    return matches;
  };

  /** Inverse document frequency as a share of what it can be, mixed with what the model thinks while passages are few. */
  const weigh = (word: WordClass, matches: number, passages: number): number => {
    const rarity =
      passages === 0
        ? 0
        : Math.log(1 + (passages - matches + 0.5) / (matches + 0.5)) / Math.log(2 + 2 * passages);
    return (passages * Math.max(0, rarity) + priorPassages * word.importance) / (passages + priorPassages);
  };

  return (classes) => {
    sums.clear();
    const importance = table.languages.map((): number[] => []);
    for (const word of classes) {
      const matches = gather(word.terms);
      for (const [language, own] of importance.entries()) {
        own.push(weigh(word, matches[language]!, table.counts[language]!));
      }
      sums.settle(importance.map((own) => own.at(-1)!));
    }
    const totals = importance.map((own) => own.reduce((sum, weight) => sum + weight, 0) || 1);
    return { ...sums.finish(totals.map((total) => 1 / total)), bm25: sums.scores, importance };
  };
}
