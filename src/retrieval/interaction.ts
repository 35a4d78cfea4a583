import { type PassageIndex, SEQUENCE } from '../types.ts';
import type { WordClass } from './classes.ts';

/** Best match of every word of a question in the title and in each sentence of a passage: 0..1, by rows of `words`. */
export interface Matches {
  readonly words: number;
  /** Sentences; row 0 is the title with the heading, row 1 + i sentence i. Overwritten by the next passage. */
  readonly sentences: number;
  readonly strengths: Float32Array;
  /** For each word and the one after it: the best match of both close together in the text. */
  readonly pairs: Float32Array;
}

/** Words of the text between two matches that still count as close together. */
const reach = 3;
/** Sentences of a passage that are told apart; what comes later counts with the last. */
const mostSentences = 63;

/**
 * Late interaction: each word of the question takes its best match among the words of the passage (MaxSim; Khattab and
 * Zaharia, 2020), with the weights of the word classes as similarity, sentence by sentence. The first call takes a
 * question, the second a row of the index.
 */
export function createInteraction(
  index: PassageIndex,
): (classes: readonly WordClass[]) => (row: number) => Matches {
  const slots = new Int32Array(index.termCount).fill(-1);
  let used: number[] = [];

  return (classes) => {
    for (const term of used) slots[term] = -1;
    used = [];
    for (const { terms } of classes) {
      for (const term of terms.keys()) {
        if (slots[term]! >= 0) continue;
        slots[term] = used.length;
        used.push(term);
      }
    }
    const words = classes.length;
    // Words that a slot's term stands for lie end to end: nearly always it is one.
    const starts = new Uint32Array(used.length + 1);
    for (const { terms } of classes) for (const term of terms.keys()) starts[slots[term]! + 1]!++;
    for (let slot = 0; slot < used.length; slot++) starts[slot + 1]! += starts[slot]!;
    const next = starts.slice();
    const wordAt = new Uint32Array(starts[used.length]!);
    const weightAt = new Float32Array(wordAt.length);
    for (const [word, { terms }] of classes.entries()) {
      for (const [term, weight] of terms) {
        const place = next[slots[term]!]!++;
        wordAt[place] = word;
        weightAt[place] = weight;
      }
    }
    const strengths = new Float32Array((mostSentences + 1) * words);
    const pairs = new Float32Array(words);
    const lastPosition = new Int32Array(words);
    const lastStrength = new Float32Array(words);

    return (row) => {
      strengths.fill(0);
      pairs.fill(0);
      lastPosition.fill(-reach - 1);
      let sentence = 0;
      let position = 0;
      const sequence = index.sequence(row);
      // The longest loop of a question: an iterator would take half as long again.
      for (let place = 0; place < sequence.length; place++) {
        const value = sequence[place]!;
        if (value >= SEQUENCE.titleEnd) {
          if (value === SEQUENCE.titleEnd) lastPosition.fill(-reach - 1);
          if (sentence < mostSentences) sentence++;
          continue;
        }
        if ((value & SEQUENCE.partBit) === 0) position++;
        const slot = slots[value & ~SEQUENCE.partBit]!;
        if (slot < 0) continue;
        for (let entry = starts[slot]!; entry < starts[slot + 1]!; entry++) {
          const word = wordAt[entry]!;
          const weight = weightAt[entry]!;
          const cell = sentence * words + word;
          if (weight > strengths[cell]!) strengths[cell] = weight;
          lastPosition[word] = position;
          lastStrength[word] = weight;
          for (let first = Math.max(0, word - 1); first <= word && first + 1 < words; first++) {
            if (Math.abs(lastPosition[first]! - lastPosition[first + 1]!) > reach) continue;
            pairs[first] = Math.max(pairs[first]!, Math.min(lastStrength[first]!, lastStrength[first + 1]!));
          }
        }
      }
      return { words, sentences: sentence, strengths, pairs };
    };
  };
}
