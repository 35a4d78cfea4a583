import type { Analyse } from '../language/analyse.ts';
import type { LanguageModel } from '../language/model.ts';
import type { PassageIndex, RankSentences, Retrieve } from '../types.ts';
import { acceptRows } from './accept.ts';
import { selectHighest } from './candidates.ts';
import { createRepeatFilter } from './duplicates.ts';
import { rankCandidates } from './fusion.ts';
import { createReader } from './reading.ts';
import { measureRelevance } from './relevance.ts';
import { createSentenceRanker } from './sentences.ts';
import { builtInWeights, type FusionWeights, type MatchingSettings, matching } from './weights.ts';

export interface RetrieverOptions {
  readonly index: PassageIndex;
  /** Undefined: words match by stem and spelling only. */
  readonly model: LanguageModel | undefined;
  readonly analyse: Analyse;
  /** The question as a unit vector of the model that made the index's vectors. */
  readonly embedQuery: (question: string) => Promise<readonly number[] | Float32Array>;
  readonly weights?: FusionWeights;
  readonly settings?: MatchingSettings;
}

export interface Retriever {
  readonly retrieve: Retrieve;
  readonly rankSentences: RankSentences;
}

const defaultLimit = 8;
/** Candidates that each of the two legs names for late interaction: so many, or more where more are wanted. */
const fewestCandidates = { lexical: 50, dense: 50 } as const;

/**
 * Search over one index: BM25 over word classes and vector search name candidates, late interaction of the question's words with
 * the passages' decides among them. `retrieve` may run several times at once.
 */
export function createRetriever(options: RetrieverOptions): Retriever {
  const { index, model, analyse, embedQuery, weights = builtInWeights, settings = matching } = options;
  const reader = createReader(index, model, analyse, settings);
  const dropRepeats = createRepeatFilter(index);
  const retrieve: Retrieve = async (question, searchOptions = {}) => {
    const { limit = defaultLimit, signal } = searchOptions;
    signal?.throwIfAborted();
    const vector = await embedQuery(question);
    const accept = acceptRows(reader.table, searchOptions);
    const endSearch = await index.nearest(vector, Math.max(limit, fewestCandidates.dense), accept);
    const words = reader.readWords(question);
    if (signal?.aborted) endSearch();
    signal?.throwIfAborted();

    // From here on nothing waits: the reading's arrays belong to this question.
    const reading = reader.read(words);
    const found = selectHighest(reading.lexical, Math.max(2 * limit, fewestCandidates.lexical), accept);
    const near = endSearch();
    const similarities = new Map(near.map(({ row, similarity }) => [row, similarity]));
    /** What is not among the nearest is at most as near as the last of them. */
    const farthest = near.at(-1)?.similarity ?? 0;
    const candidates = [...new Set([...found, ...similarities.keys()])].map((row) => ({
      row,
      evidence: reading.evidenceAt(row),
      similarity: similarities.get(row) ?? farthest,
    }));
    const ranked = rankCandidates(candidates, reading, reader.table, weights);
    const scores = new Map(ranked.map(({ row, score }) => [row, score]));
    const kept = dropRepeats([...scores.keys()], limit);
    return {
      passages: kept.map((row) => ({
        passage: index.passage(row),
        article: index.articleOf(row),
        score: scores.get(row)!,
      })),
      language: reading.language,
      relevance: ranked[0] ? measureRelevance(ranked[0].score, reader.passages, reading.classes, model) : 0,
    };
  };

  return { retrieve, rankSentences: createSentenceRanker(index, reader) };
}
