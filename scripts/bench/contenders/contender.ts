import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import type { BenchPassage, BenchVectors } from '../data.ts';

/** Ids of the best passages, best first; ten at most. */
export type Search = (question: string) => Promise<readonly string[]>;

/** What a contender may use. What it does not ask for is not loaded, so that memory is its own. */
export interface Supplies {
  readonly passages: () => Promise<readonly BenchPassage[]>;
  readonly vectors: () => BenchVectors;
  readonly embeddings: () => Promise<EmbeddingsInterface>;
  /** The product's index of the same passages. */
  readonly indexDir: string;
}

/** Gathers the supplies and returns what builds or opens the index; only the latter is timed. */
export type Open = (supplies: Supplies) => Promise<() => Promise<Search>>;

export const resultCount = 10;
