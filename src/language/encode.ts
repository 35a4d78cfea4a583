import type { Word } from './analyse.ts';
import type { LanguageModel } from './model.ts';

/** The vector of a text: the weighted mean of its words' vectors, of length 1; all zeros if the model knows none of them. */
export type Encode = (words: readonly Word[]) => Float32Array;

/** A part of a compound counts less than a word: the whole says more than its parts. */
const partWeight = 0.6;

/** Words that occur n times count 1 + ln n times their weight. */
export function createEncoder(model: LanguageModel): Encode {
  const { dimensions, vectors, weights } = model;

  const countTerms = (words: readonly Word[]): Map<number, number> => {
    const counts = new Map<number, number>();
    const count = (id: number, weight: number): void => {
      if (id >= 0) counts.set(id, (counts.get(id) ?? 0) + weight);
    };
    for (const { id, stop, parts } of words) {
      if (stop) continue;
      count(id, 1);
      for (const part of parts) count(model.id(part), partWeight);
    }
    return counts;
  };

  return (words) => {
    const mean = new Float32Array(dimensions);
    for (const [id, count] of countTerms(words)) {
      const weight = weights[id]! * (count > 1 ? 1 + Math.log(count) : count);
      const row = id * dimensions;
      for (let column = 0; column < dimensions; column++) mean[column]! += weight * vectors[row + column]!;
    }
    let square = 0;
    for (const value of mean) square += value * value;
    if (square === 0) return mean;
    const length = Math.sqrt(square);
    return mean.map((value) => value / length);
  };
}
