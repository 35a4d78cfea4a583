/** Thresholds and bounds of answering; shares and probabilities are 0..1. */
export interface Limits {
  /** Below this relevance of the retrieval nothing in the corpus speaks to the question. */
  readonly relevance: number;
  /** Below this confidence of the best sentence the subject is there, but no sentence says so. */
  readonly confidence: number;
  /** Further sentences are quoted when their confidence is at least this share of the best one's. */
  readonly companion: number;
  /** Sentences quoted without a chat model. */
  readonly sentences: number;
  /** Evidence older than this is old for a question about now. */
  readonly oldEvidenceDays: number;
  /** Passages a chat model reads. */
  readonly modelPassages: number;
  /** Time for everything a chat model does for one answer. */
  readonly answerMs: number;
  /** Claims of a message that are checked. */
  readonly claims: number;
}

export const defaultLimits: Limits = {
  relevance: 0.2,
  confidence: 0.15,
  companion: 0.6,
  sentences: 3,
  oldEvidenceDays: 30,
  modelPassages: 8,
  answerMs: 60_000,
  claims: 8,
};
