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
  const strength = new Float32Array(index.rowCount);
  const occurrences = new Float32Array(index.rowCount);
  const bm25 = new Float32Array(index.rowCount);
  const touched = new Uint32Array(index.rowCount);
  let touchedCount = 0;
  const gathered = new Uint32Array(index.rowCount);
  const { k1, b, priorPassages } = settings;

  const gather = (terms: ReadonlyMap<number, number>): Uint32Array => {
    let count = 0;
    let read = 0;
    for (const [term, weight] of [...terms].sort((x, y) => y[1] - x[1])) {
      const frequency = index.documentFrequency(term);
      if (weight < 1 && read + frequency > mostPostings) continue;
      read += frequency;
      for (const { base, rows: entries, frequencies } of index.postings(term)) {
        for (let i = 0; i < entries.length; i++) {
          const row = base + entries[i]!;
          if (strength[row] === 0) {
            if (table.language[row] === gone) continue;
            gathered[count++] = row;
            strength[row] = weight;
          }
          occurrences[row]! += weight * frequencies[i]!;
        }
      }
    }
    return gathered.subarray(0, count);
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
    for (const [position, word] of classes.entries()) {
      const rows = gather(word.terms);
      const matches = table.languages.map(() => 0);
      for (const row of rows) matches[table.language[row]!]! += strength[row]!;
      for (const [language, own] of importance.entries()) {
        own.push(weigh(word, matches[language]!, table.counts[language]!));
      }
      for (const row of rows) {
        const weight = importance[table.language[row]!]![position]!;
        const often = occurrences[row]!;
        if (bm25[row] === 0) touched[touchedCount++] = row;
        bm25[row]! += (weight * often) / (often + k1 * (1 - b + b * table.relativeLength[row]!));
        strength[row] = 0;
        occurrences[row] = 0;
      }
    }
    const totals = importance.map((own) => own.reduce((sum, weight) => sum + weight, 0) || 1);
    const rows = touched.subarray(0, touchedCount);
    for (const row of rows) bm25[row]! /= totals[table.language[row]!]!;
    return { rows, bm25, importance };
  };
}
