import type { Ranked } from './fusion.ts';
import type { Reading } from './reading.ts';

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** Calibrated on questions whose article was in the index and on the same questions without it. */
const steepness = 10;
const middle = 0.45;

/**
 * 0..1: how likely it is that the best passage speaks to the question. Told from the share of the question's importance that
 * the best passage covers, its title included.
 */
export function measureRelevance(ranked: readonly Ranked[], reading: Reading): number {
  const best = ranked[0];
  if (!best || reading.classes.length === 0) return 0;
  return logistic(steepness * (best.evidence.passage + best.evidence.title - middle));
}
