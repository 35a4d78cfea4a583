import type { LanguageModel } from '../language/model.ts';

/** Cosine of a term with the other words of a question, -1..1; 0 if there are none. */
export type Closeness = (term: number) => number;

/**
 * Tells for each word of a question how well a term fits the other words: among the translations of a word those of its sense
 * are nearer to the rest of the question. `words` are the ids of the question's words in the model; -1 are passed over.
 */
export function createSenses(
  words: readonly number[],
  { vectors, dimensions, weights }: Pick<LanguageModel, 'vectors' | 'dimensions' | 'weights'>,
): (word: number) => Closeness {
  const add = (sum: Float32Array, id: number, factor: number): void => {
    for (let i = 0; i < dimensions; i++) sum[i]! += factor * vectors[id * dimensions + i]!;
  };
  const known = [...new Set(words.filter((id) => id >= 0))];
  const all = new Float32Array(dimensions);
  for (const id of known) add(all, id, weights[id]!);
  return (word) => {
    if (known.length < 2) return () => 0;
    const others = all.slice();
    if (known.includes(word)) add(others, word, -weights[word]!);
    let square = 0;
    for (const value of others) square += value * value;
    const length = Math.sqrt(square);
    return (term) => {
      // Two sums that do not wait for each other take half the time of one; the number of dimensions is even.
      let even = 0;
      let odd = 0;
      for (let i = 0, at = term * dimensions; i < dimensions; i += 2, at += 2) {
        even += others[i]! * vectors[at]!;
        odd += others[i + 1]! * vectors[at + 1]!;
      }
      return length > 0 ? (even + odd) / (length * 127) : 0;
    };
  };
}
