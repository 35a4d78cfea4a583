import type { Evidence } from './evidence.ts';
import type { PassageTable } from './passages.ts';
import type { Reading } from './reading.ts';
import type { FusionWeights } from './weights.ts';

export interface Candidate {
  readonly row: number;
  readonly evidence: Evidence;
  /** Cosine of question and passage. */
  readonly similarity: number;
}

export interface Ranked extends Candidate {
  /** 0..1. */
  readonly score: number;
}

/** Best match of each word in any candidate of an article. */
function mergeByArticle(candidates: readonly Candidate[], table: PassageTable): Map<number, Float32Array> {
  const merged = new Map<number, Float32Array>();
  for (const { row, evidence } of candidates) {
    const article = table.article[row]!;
    const best = merged.get(article);
    if (!best) merged.set(article, evidence.best.slice());
    else
      for (let word = 0; word < best.length; word++) best[word] = Math.max(best[word]!, evidence.best[word]!);
  }
  return merged;
}

/**
 * Best first. The score is a weighted mean of measures that mean the same for every question, so that scores of different questions
 * can be compared; passages score the same whichever others are candidates, but for what their article adds.
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  { lexical, importanceAt }: Reading,
  table: PassageTable,
  weights: FusionWeights,
): Ranked[] {
  const sumOfWeights = Object.values(weights).reduce((sum: number, weight: number) => sum + weight, 0);
  const articles = mergeByArticle(candidates, table);
  return candidates
    .map(({ row, evidence, similarity }) => {
      const importance = importanceAt(row);
      const around = articles.get(table.article[row]!)!;
      let total = 0;
      let added = 0;
      for (let word = 0; word < importance.length; word++) {
        total += importance[word]!;
        added += importance[word]! * (around[word]! - evidence.best[word]!);
      }
      const sum =
        weights.bm25 * lexical.totalAt(row) +
        weights.sentence * evidence.sentence +
        weights.pairs * evidence.pairs +
        weights.article * (total > 0 ? added / total : 0) +
        weights.dense * Math.max(0, similarity);
      return { row, evidence, similarity, score: Math.min(1, sum / sumOfWeights) };
    })
    .sort((a, b) => b.score - a.score || a.row - b.row);
}
