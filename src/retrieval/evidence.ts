import type { Matches } from './interaction.ts';

/** How far a passage carries the words of a question: shares of the question's importance, 0..1. */
export interface Evidence {
  /** In the best sentence. */
  readonly sentence: number;
  /** Neighbouring words of the question that stand close together in the text. */
  readonly pairs: number;
  /** Best match of each word in text or title. */
  readonly best: Float32Array;
}

/** Weighs the matches of a passage by the importance of the words. */
export function weighMatches(
  { words, sentences, strengths, pairs }: Matches,
  importance: readonly number[],
): Evidence {
  let total = 0;
  for (const weight of importance) total += weight;
  let bestSentence = 0;
  for (let row = 1; row <= sentences; row++) {
    let alone = 0;
    for (let word = 0; word < words; word++) {
      alone += importance[word]! * strengths[row * words + word]!;
    }
    bestSentence = Math.max(bestSentence, alone);
  }
  const best = new Float32Array(words);
  let pairSum = 0;
  let pairTotal = 0;
  for (let word = 0; word < words; word++) {
    for (let row = 0; row <= sentences; row++) {
      best[word] = Math.max(best[word]!, strengths[row * words + word]!);
    }
    if (word + 1 === words) continue;
    const weight = Math.min(importance[word]!, importance[word + 1]!);
    pairSum += weight * pairs[word]!;
    pairTotal += weight;
  }
  return {
    sentence: total > 0 ? bestSentence / total : 0,
    pairs: pairTotal > 0 ? pairSum / pairTotal : 0,
    best,
  };
}
