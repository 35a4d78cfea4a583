import { relevanceMiddle, relevanceSteepness } from './weights.ts';

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * 0..1: how likely it is that the best passage speaks to the question. Log odds are linear in its score, which tells
 * questions with an article from the same questions without it better than any other measure tried.
 */
export function measureRelevance(best: number): number {
  return logistic(relevanceSteepness * (best - relevanceMiddle));
}
