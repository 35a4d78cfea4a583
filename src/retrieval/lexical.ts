import { createPostingSums, lengths, type Totals } from '../kernels/postings.ts';
import type { PassageIndex } from '../types.ts';
import type { WordClass } from './classes.ts';
import type { PassageTable } from './passages.ts';
import type { TermWeights } from './vocabulary.ts';
import type { MatchingSettings } from './weights.ts';

/** What the postings say about a question. Overwritten by the next question. */
export interface LexicalScores extends Totals {
  /** BM25 of a row: 0..1, 1 if every word of the question stood in the passage without end. */
  readonly totalAt: (row: number) => number;
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
  /** Live passages by language; `gone` is past the languages, and so takes no part. */
  const sums = createPostingSums(
    table.language,
    table.length,
    Float32Array.from(
      { length: lengths },
      (_, length) => k1 * (1 - b + (b * length) / (index.averageLength || 1)),
    ),
    table.languages.length,
  );

  /** Gathers the occurrences of a class; returns the sum of its best matches by language. */
  const gather = (terms: TermWeights): Float32Array => {
    let read = 0;
    // Members come by falling weight, so that the first in a row is its best match.
    for (const term of byFallingWeight(terms)) {
      const weight = terms.get(term)!;
      const frequency = index.documentFrequency(term);
      if (weight < 1 && read + frequency > mostPostings) continue;
      read += frequency;
      for (const list of index.postings(term)) sums.gather(list, weight);
    }
    return sums.countMatches();
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
    sums.begin();
    const importance = table.languages.map((): number[] => []);
    for (const word of classes) {
      const matches = gather(word.terms);
      for (const [language, own] of importance.entries()) {
        own.push(weigh(word, matches[language]!, table.counts[language]!));
      }
      sums.settle(importance.map((own) => own.at(-1)!));
    }
    const totals = importance.map((own) => own.reduce((sum, weight) => sum + weight, 0) || 1);
    return { ...sums.finish(totals.map((total) => 1 / total)), totalAt: sums.totalAt, importance };
  };
}

/** What a step in weight is worth: more than there are places among terms of equal weight. */
const step = 2 ** 20;

/** Terms by their weights, 0..1, the highest first, and as they come where these are equal. Numbers sort ten times as fast as pairs. */
function byFallingWeight(weights: TermWeights): Uint32Array {
  const terms = new Uint32Array(weights.size);
  const keys = new Float64Array(weights.size);
  let place = 0;
  for (const [term, weight] of weights) {
    terms[place] = term;
    keys[place] = place - step * Math.round(step * weight);
    place++;
  }
  const sorted = new Uint32Array(weights.size);
  keys.sort().forEach((key, rank) => {
    sorted[rank] = terms[((key % step) + step) % step]!;
  });
  return sorted;
}
