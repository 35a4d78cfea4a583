import type { QuestionKind } from './question-kind.ts';

/** How words of a question turn into classes of terms, and how those are weighed. */
export interface MatchingSettings {
  /** Powers on the probabilities of a translation and of the translation back; below 1 they lift the rarer senses. */
  readonly translationExponent: number;
  readonly backExponent: number;
  /** What a translation gains by fitting the other words of the question: its weight is multiplied by exp(senseChoice * cosine). */
  readonly senseChoice: number;
  /** Weight of a word that a phrase of the question means (rule out: ausschließen). */
  readonly phraseWeight: number;
  /** Cosine from which on another word stands for a word of the question, with the cosine as its weight. */
  readonly leastCosine: number;
  /** Weight of another spelling of a name. */
  readonly nameWeight: number;
  /** Weight of the bare verb (warf) for one that comes apart (warf … vor). */
  readonly apartWeight: number;
  /** Weight of a kind or an instance (Hotel, Kiew) of what a word of the question names (building, capital), in sentences. */
  readonly kindWeight: number;
  /** BM25's saturation and length normalisation. */
  readonly k1: number;
  readonly b: number;
  /** Passages' worth of evidence that the model's importance of a word counts for, beside the corpus's own. */
  readonly priorPassages: number;
}

/**
 * Chosen on XQuAD-dev (four language pairs) and the tuned half of the invented news; docs/retrieval.md has the tables.
 * backExponent 0.4 for 0: recall@1 German to English 89.4 -> 90.4. leastCosine 0.22 to 0.28 measure alike; the cosine itself as weight
 * instead of 0.8 * (cosine - 0.25) / 0.75: English questions to German news 65.9 -> 72.7. k1 0.8 for 1.2: German to German 92.5 -> 93.5.
 * senseChoice 1 for 0: recall@5 on the news 72.9 -> 74.0. phraseWeight 0.8 for 0: right sentence among the first three on the news
 * 48.0 -> 48.6; neighbours of what a phrase means add nothing.
 * kindWeight 0.8 for 0: right sentence among the first three on the news (tuned/untuned) 45.6/41.4 -> 50.0/47.1; 0.6: 50.0/43.7.
 * b 0.3 to 0.7 and priorPassages 0 to 150 are within noise on XQuAD; 50 is best on the news.
 */
export const matching: MatchingSettings = {
  translationExponent: 0.5,
  backExponent: 0.4,
  senseChoice: 1,
  phraseWeight: 0.8,
  leastCosine: 0.25,
  nameWeight: 0.95,
  apartWeight: 0.5,
  kindWeight: 0.8,
  k1: 0.9,
  b: 0.5,
  priorPassages: 50,
};

/** What each kind of evidence counts in a passage's score. They need not add up to 1. */
export interface FusionWeights {
  readonly bm25: number;
  /** Words covered by the best sentence. */
  readonly sentence: number;
  /** Neighbouring words that stay close together. */
  readonly pairs: number;
  /** What the rest of the article adds. */
  readonly article: number;
  /** Cosine of question and passage by the embedding model. */
  readonly dense: number;
}

/**
 * Fitted by listwise logistic regression (softmax over the candidates of a question) on the same questions, then rounded.
 * What leaving one out costs stands in docs/retrieval.md.
 */
export const builtInWeights: FusionWeights = {
  bm25: 0.46,
  sentence: 0.18,
  pairs: 0.12,
  article: 0.12,
  dense: 0.12,
};

/**
 * Of other embedding models: they understand more than our mean vectors do, so that their cosine counts more. Not measured: no such model
 * can be reached where this was written. `npm run eval` measures yours, FUSION_WEIGHTS sets what it says.
 */
const otherWeights: FusionWeights = {
  bm25: 0.42,
  sentence: 0.16,
  pairs: 0.11,
  article: 0.11,
  dense: 0.2,
};

/** The weights that suit an embedding model, by its name as configured; `set` are those somebody wants otherwise. */
export function chooseWeights(embeddings: string, set: Partial<FusionWeights> = {}): FusionWeights {
  return { ...(embeddings === 'built-in' ? builtInWeights : otherWeights), ...set };
}

/** What makes a sentence an answer; see `createSentenceRanker`. */
export interface SentenceWeights {
  /** Share of the question that the sentence carries itself; what the one before and the title add to that. */
  readonly own: number;
  readonly before: number;
  readonly title: number;
  /** Score of its passage. */
  readonly passage: number;
  /** Added when the sentence has what the question's kind asks for. */
  readonly sign: Readonly<Record<QuestionKind, number>>;
  /** Added when it has an instance of what is asked for: Kiew, of capitals. */
  readonly instance: number;
  /** Added when it tells what the sentence before it announces. */
  readonly content: number;
  /** The sum of these becomes a probability: steepness * (sum - middle) are its log odds. */
  readonly steepness: number;
  readonly middle: number;
}

/**
 * Fitted like the weights of passages, over the sentences of the first eight; `content` by hand, so that what was demanded outranks the
 * news that something was. `instance` 0.02 for 0: right sentence among the first three, XQuAD 89.9 -> 90.1, news 48.0 -> 48.6; more costs
 * first places. The log odds are those of the best sentence being right, one question in five having no answer.
 */
export const sentenceWeights: SentenceWeights = {
  own: 0.17,
  before: 0.06,
  title: 0.13,
  passage: 0.45,
  sign: { amount: 0.09, time: 0.06, reason: 0.04, other: 0 },
  instance: 0.02,
  content: 0.08,
  steepness: 12,
  middle: 0.292,
};

/**
 * Relevance as log odds: steepness * (score of the best passage - middle). Fitted to XQuAD questions with and without their article in the
 * index (area under the curve 0.975), and to unrelated and answerable news questions of the tuned half (untuned: 0.954).
 */
export const relevanceSteepness = 15.4;
export const relevanceMiddle = 0.226;
