import type { Matches } from './interaction.ts';

/** How far a passage carries the words of a question: shares of the question's importance, 0..1. */
export interface Evidence {
  /** Anywhere in the text. */
  readonly passage: number;
  /** What title and heading add to the text. */
  readonly title: number;
  /** In the best sentence. */
  readonly sentence: number;
  /** In the best two neighbouring sentences. */
  readonly window: number;
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
  const scale = 1 / (total || 1);
  let bestSentence = 0;
  let bestWindow = 0;
  for (let row = 1; row <= sentences; row++) {
    let alone = 0;
    let both = 0;
    for (let word = 0; word < words; word++) {
      const here = strengths[row * words + word]!;
      const before = row > 1 ? strengths[(row - 1) * words + word]! : 0;
      alone += importance[word]! * here;
      both += importance[word]! * Math.max(here, before);
    }
    bestSentence = Math.max(bestSentence, alone);
    bestWindow = Math.max(bestWindow, both);
  }
  const best = new Float32Array(words);
  let inText = 0;
  let anywhere = 0;
  let pairSum = 0;
  let pairTotal = 0;
  for (let word = 0; word < words; word++) {
    let text = 0;
    for (let row = 1; row <= sentences; row++) text = Math.max(text, strengths[row * words + word]!);
    best[word] = Math.max(text, strengths[word]!);
    inText += importance[word]! * text;
    anywhere += importance[word]! * best[word]!;
    if (word + 1 === words) continue;
    const weight = Math.min(importance[word]!, importance[word + 1]!);
    pairSum += weight * pairs[word]!;
    pairTotal += weight;
  }
  return {
    passage: inText * scale,
    title: (anywhere - inText) * scale,
    sentence: bestSentence * scale,
    window: bestWindow * scale,
    pairs: pairTotal > 0 ? pairSum / pairTotal : 0,
    best,
  };
}
