import type { PassageIndex } from '../types.ts';
import type { WordClass } from './classes.ts';
import { gone, type PassageTable } from './passages.ts';
import type { MatchingSettings } from './weights.ts';

/** What the postings say about a question. The arrays are overwritten by the next question. */
export interface LexicalScores {
  /** Rows with any word of the question. */
  readonly rows: Uint32Array;
  /** BM25 by row: 0..1, 1 if every word of the question stood in the passage without end. */
  readonly bm25: Float32Array;
  /** Importance of each word class in passages of each language: `importance[language][word]`, 0..1. */
  readonly importance: readonly (readonly number[])[];
}

/** Postings of weak, frequent members of a class are left unread past this many for a word. */
const mostPostings = 20_000;

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
  const { language } = table;
  const { k1, b, priorPassages } = settings;
  /** What BM25 adds to the occurrences of a word in a passage, by the passage's length. */
  const damping = table.relativeLength.map((length) => k1 * (1 - b + b * length));
  const occurrences = new Float32Array(index.rowCount);
  const bm25 = new Float32Array(index.rowCount);
  const touched = new Uint32Array(index.rowCount);
  let touchedCount = 0;
  const gathered = new Uint32Array(index.rowCount);

  /** Sums up the occurrences of a class in `occurrences`, its best matches in `matches` by language; returns how many rows it has. */
  const gather = (terms: ReadonlyMap<number, number>, matches: Float64Array): number => {
    let count = 0;
    let read = 0;
    for (const [term, weight] of [...terms].sort((x, y) => y[1] - x[1])) {
      const lists = index.postings(term);
      let frequency = 0;
      for (const { rows } of lists) frequency += rows.length;
      if (weight < 1 && read + frequency > mostPostings) continue;
      read += frequency;
      for (const { base, rows, frequencies } of lists) {
        for (let i = 0; i < rows.length; i++) {
          const row = base + rows[i]!;
          const before = occurrences[row]!;
          if (before === 0) {
            const spoken = language[row]!;
            if (spoken === gone) continue;
            // Members come by falling weight, so that the first in a row is its best match.
            matches[spoken]! += weight;
            gathered[count++] = row;
          }
          occurrences[row] = before + weight * frequencies[i]!;
        }
      }
    }
    return count;
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
    for (let i = 0; i < touchedCount; i++) bm25[touched[i]!] = 0;
    touchedCount = 0;
    const importance = table.languages.map((): number[] => []);
    const matches = new Float64Array(table.languages.length);
    const weights = new Float64Array(table.languages.length);
    for (const word of classes) {
      matches.fill(0);
      const count = gather(word.terms, matches);
      for (const [number, own] of importance.entries()) {
        weights[number] = weigh(word, matches[number]!, table.counts[number]!);
        own.push(weights[number]!);
      }
      for (let i = 0; i < count; i++) {
        const row = gathered[i]!;
        const often = occurrences[row]!;
        const before = bm25[row]!;
        if (before === 0) touched[touchedCount++] = row;
        bm25[row] = before + (weights[language[row]!]! * often) / (often + damping[row]!);
        occurrences[row] = 0;
      }
    }
    const totals = importance.map((own) => own.reduce((sum, weight) => sum + weight, 0) || 1);
    const rows = touched.subarray(0, touchedCount);
    for (let i = 0; i < touchedCount; i++) bm25[rows[i]!]! /= totals[language[rows[i]!]!]!;
    return { rows, bm25, importance };
  };
}
