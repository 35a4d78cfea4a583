/** Share of `part` in `whole`, 0..1; null when there is nothing to share. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** `recall@<k>` and `mrr@10` of one kind of thing (passages or articles); null when nothing was asked. */
export type RankMetrics = Readonly<Record<string, number | null>>;

/**
 * recall@k for every k, and MRR@10 (mean reciprocal rank of the first hit, 0 beyond rank 10).
 * A rank counts from 1; null stands for "not found".
 */
export function measureRanks(ranks: readonly (number | null)[], ks: readonly number[]): RankMetrics {
  const metrics: Record<string, number | null> = {};
  for (const k of ks) {
    metrics[`recall@${k}`] = share(ranks.filter((rank) => rank !== null && rank <= k).length, ranks.length);
  }
  const reciprocal = ranks.reduce<number>(
    (sum, rank) => sum + (rank !== null && rank <= 10 ? 1 / rank : 0),
    0,
  );
  metrics['mrr@10'] = share(reciprocal, ranks.length);
  return metrics;
}

/** Rank of the first element that passes, from 1, or null. */
export function rankOf<T>(ranking: readonly T[], isHit: (element: T) => boolean): number | null {
  const at = ranking.findIndex(isHit);
  return at < 0 ? null : at + 1;
}
