/**
 * The vocabulary of Fundstelle. Imports nothing.
 *
 * Articles become passages; a question retrieves passages; passages ground an answer, or we abstain.
 */

/** ISO 639-1 code; `und` when it cannot be told. The built-in model knows `de` and `en`. */
export type Language = string;

/** Start (inclusive) and end (exclusive) in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

/** ISO 8601, as coarse as its source gives it: `2022`, `2022-01` or `2022-01-21`. */
export type PartialDate = string;

// ---------------------------------------------------------------- articles

/** What is known about an article without its text. */
export interface ArticleInfo {
  /** 12 characters from the hash of `path`: stays the same when the text changes. */
  readonly id: string;
  /** Path inside the corpus folder, with `/`. */
  readonly path: string;
  readonly title: string;
  readonly date?: PartialDate;
  /** Outlet or agency, as the article credits it. */
  readonly source?: string;
  readonly language: Language;
  readonly url?: string;
  /** SHA-256 (hex) of title, date, source, url, language and body: changes whenever the article does. */
  readonly digest: string;
}

/** `body` is the text that people quote; spans point into it. */
export interface Article extends ArticleInfo {
  readonly body: string;
  /** Section headings inside `body`, in order. */
  readonly headings: readonly Span[];
}

/** A file of the corpus folder that is not indexed, and why. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

/** A file of the corpus folder, compared with the index. */
export type CorpusChange =
  | { readonly kind: 'article'; readonly article: Article; readonly warnings: readonly string[] }
  /** Indexed as it is; not read again. */
  | {
      readonly kind: 'unchanged';
      readonly path: string;
      readonly digest: string;
      readonly warnings: readonly string[];
    }
  /** Repeats the article of an earlier path. */
  | {
      readonly kind: 'duplicate';
      readonly path: string;
      readonly of: string;
      readonly warnings: readonly string[];
    }
  | ({ readonly kind: 'skipped' } & Skipped);

/**
 * A citable piece of an article. `text === article.body.slice(...span)`, always.
 * `id` and `key` stay the same as long as the article's path and text do.
 */
export interface Passage {
  /** `<article id>-<ordinal>`. */
  readonly id: string;
  /** 10 characters a model cannot guess; also changes with the text. */
  readonly key: string;
  readonly articleId: string;
  /** Position in the article, from 0. */
  readonly ordinal: number;
  readonly span: Span;
  readonly text: string;
  readonly language: Language;
  /** Nearest heading above the passage; enriches what is embedded, never what is quoted. */
  readonly heading?: string;
}

// --------------------------------------------------------------- retrieval

/** Inclusive window of article dates; a coarse date counts as in when any of its days is. */
export interface DateWindow {
  readonly since?: PartialDate;
  readonly until?: PartialDate;
}

export interface SearchOptions extends DateWindow {
  /** Passages returned at most; default 8. */
  readonly limit?: number;
  /** Only articles whose `source` contains this, case ignored. */
  readonly outlet?: string;
  readonly signal?: AbortSignal;
}

export interface ScoredPassage {
  readonly passage: Passage;
  readonly article: ArticleInfo;
  /** 0..1, higher is better, comparable between questions. */
  readonly score: number;
}

export interface Retrieval {
  /** Best first, no two from the same wire report. */
  readonly passages: readonly ScoredPassage[];
  /** Language of the question. */
  readonly language: Language;
  /** 0..1: how likely it is that the best passage speaks to the question at all. */
  readonly relevance: number;
}

export type Retrieve = (question: string, options?: SearchOptions) => Promise<Retrieval>;

/** A sentence of a passage, scored against a question. */
export interface ScoredSentence {
  /** Offsets into the article's body. */
  readonly span: Span;
  readonly text: string;
  /** 0..1: how much of the question the sentence and its neighbours carry. */
  readonly score: number;
  /** 0..1: calibrated chance that the sentence answers the question. */
  readonly confidence: number;
}

/** Scores every sentence of the given passages; one inner array for each passage, in reading order. */
export type RankSentences = (
  question: string,
  passages: readonly ScoredPassage[],
) => readonly (readonly ScoredSentence[])[];

// ----------------------------------------------------------------- answers

/** A run of an article's body, letter for letter. */
export interface Quote {
  readonly articleId: string;
  readonly span: Span;
  readonly text: string;
}

/**
 * What the gate found out about a quote.
 * verified: found; repaired: found after forgiving typography, the article's own words replace it;
 * misattributed: found in another retrieved article and re-pointed there.
 */
export type Verdict = 'verified' | 'repaired' | 'misattributed';

export interface Citation {
  /** The `[n]` in the answer's text, from 1. */
  readonly marker: number;
  readonly passage: Passage;
  readonly article: ArticleInfo;
  readonly quote: Quote;
  readonly verdict: Verdict;
  /** A model's translation of the quote. Never checked; shown only with that label. */
  readonly translation?: string;
}

/** How many quotes were checked and what came out; `notFound` quotes were dropped with their claims. */
export interface QuoteChecks {
  readonly verified: number;
  readonly repaired: number;
  readonly misattributed: number;
  readonly notFound: number;
}

export type NoteKind = 'old-evidence' | 'window' | 'sources-disagree' | 'development' | 'model-failed';

/** Something the reader has to know before the answer, in the reader's language. */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
}

export interface Timings {
  readonly retrieveMs: number;
  readonly answerMs: number;
}

/** Title, date and path of an article near an unanswered question. */
export interface Nearest {
  readonly articleId: string;
  readonly title: string;
  readonly date?: PartialDate;
  readonly path: string;
}

interface AnswerBase {
  readonly question: string;
  /** The question after a follow-up was made to stand alone. */
  readonly standaloneQuestion?: string;
  /** Language the answer is written in. */
  readonly language: Language;
  /** For people: with markers when answered, the refusal when abstained. */
  readonly text: string;
  readonly notes: readonly Note[];
  /** Window applied to the search, from options or from the question's words. */
  readonly window?: DateWindow;
  /** Nearest articles, best first; three at most. */
  readonly nearest: readonly Nearest[];
  readonly checks: QuoteChecks;
  readonly timings: Timings;
}

export interface Answered extends AnswerBase {
  readonly kind: 'answered';
  /** `quotes`: chosen from the articles; `model`: written by a chat model and proved by the gate. */
  readonly by: 'quotes' | 'model';
  /** Date of the newest article cited. */
  readonly asOf?: PartialDate;
  readonly citations: readonly [Citation, ...Citation[]];
}

export type AbstainReason =
  /** Nothing in the corpus speaks to the question. */
  | 'nothing-relevant'
  /** The subject is there, but no sentence says so. `closest` holds what comes nearest. */
  | 'not-stated'
  /** Nothing indexed falls into the date window or outlet. */
  | 'nothing-in-window'
  /** The question has no words to search for. */
  | 'empty-question';

export interface Abstained extends AnswerBase {
  readonly kind: 'abstained';
  readonly reason: AbstainReason;
  /** One thing to try next. */
  readonly suggestion: string;
  /** Passages nearest to the question; shown as such, never as an answer. */
  readonly closest: readonly ScoredPassage[];
}

export type Answer = Answered | Abstained;

/** One exchange of a conversation, oldest first in a history. */
export interface Turn {
  readonly question: string;
  /** What was shown, without quotes. */
  readonly answer: string;
}

/** What is being done at the moment, for people who wait. */
export type Progress =
  | { readonly step: 'searching' }
  | { readonly step: 'reading'; readonly passages: number }
  | { readonly step: 'checking'; readonly quotes: number }
  /** Claims that passed the gate so far: never taken back. */
  | { readonly step: 'proved'; readonly text: string; readonly citations: readonly Citation[] };

export interface AnswerRequest extends SearchOptions {
  readonly question: string;
  /** Language of notes and refusals; default: the question's, else `en`. */
  readonly locale?: 'de' | 'en';
  readonly history?: readonly Turn[];
  /** False: time phrases in the question ("im Januar 2022") do not narrow the search. Default true. */
  readonly timePhrases?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

export type Answerer = (request: AnswerRequest) => Promise<Answer>;

/** Whether the articles speak to a claim somebody made. */
export interface ClaimCheck {
  readonly claim: string;
  /** Without a chat model only `covered` (passages speak to it, no verdict) or `not-covered`. */
  readonly verdict: 'supported' | 'contradicted' | 'covered' | 'not-covered';
  readonly citations: readonly Citation[];
}

export interface ClaimCheckRequest {
  readonly text: string;
  readonly locale?: 'de' | 'en';
  readonly signal?: AbortSignal;
}

// -------------------------------------------------------------- chat models

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface GenerateRequest {
  /** What the model is told about its task; never holds text of articles. */
  readonly system: string;
  readonly prompt: string;
  /** The form of the reply: by schema where the model can, else described in words. Either is added to `system`. */
  readonly form?: { readonly schema: JsonSchema; readonly structured: string; readonly plain: string };
  readonly maxTokens?: number;
  readonly signal?: AbortSignal;
  /** The reply so far, each time more of it has come. */
  readonly onText?: (text: string) => void;
}

/** Why a chat model gave nothing that can be used. */
export type GenerationFailureKind =
  | 'missing-key'
  | 'wrong-key'
  | 'unknown-model'
  | 'no-credit'
  | 'rate-limit'
  | 'too-long'
  | 'refusal'
  | 'empty'
  | 'garbage'
  | 'timeout'
  | 'connection'
  | 'server';

export interface Generated {
  readonly kind: 'generated';
  readonly text: string;
  /** As the provider counts them; 0 when it does not say. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface GenerationFailure {
  readonly kind: 'failed';
  readonly failure: GenerationFailureKind;
  /** For the operator: what is wrong and what to do next. Holds no secret. */
  readonly message: string;
}

/** Asks a chat model. Rejects only, and at once, when the request's signal is aborted. */
export type Generate = (request: GenerateRequest) => Promise<Generated | GenerationFailure>;

// ------------------------------------------------------------- the program

export interface Status {
  /** Number of the generation that answers now. */
  readonly generation: number;
  readonly articles: number;
  readonly passages: number;
  readonly languages: Readonly<Record<Language, number>>;
  /** ISO 8601 time of the embed run. */
  readonly builtAt: string;
  /** Name of the embedding model. */
  readonly embeddings: string;
  /** Chat model, or undefined when answers are quotes only. */
  readonly chatModel?: string;
  readonly newest?: PartialDate;
  readonly oldest?: PartialDate;
  readonly duplicates: number;
  readonly skipped: readonly Skipped[];
}

export interface ArticleFilter extends DateWindow {
  readonly outlet?: string;
}

/** Everything the terminal, the bot and library users call. */
export interface Fundstelle {
  readonly ask: Answerer;
  readonly search: Retrieve;
  readonly checkClaims: (request: ClaimCheckRequest) => Promise<readonly ClaimCheck[]>;
  /** Newest first; articles without a date last. */
  readonly articles: (filter?: ArticleFilter) => readonly ArticleInfo[];
  /** The article as it was indexed, or undefined when the id is unknown. */
  readonly readArticle: (id: string) => Article | undefined;
  /** Passages of an article in reading order; [] when the id is unknown. */
  readonly readPassages: (articleId: string) => readonly Passage[];
  readonly status: () => Status;
  /** Moves to the newest generation if there is one; true when it moved. Questions in flight finish on the old one. */
  readonly refresh: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** What one run of the embed script did. */
export interface EmbedSummary {
  readonly generation: number;
  /** False when nothing had changed and the old generation stays. */
  readonly written: boolean;
  readonly articles: number;
  readonly passages: number;
  /** Passages that were embedded in this run; the rest kept their vectors. */
  readonly embedded: number;
  readonly languages: Readonly<Record<Language, number>>;
  readonly skipped: readonly Skipped[];
  readonly duplicates: readonly { readonly path: string; readonly of: string }[];
  readonly warnings: readonly string[];
  readonly ms: number;
}

// --------------------------------------------------------------- the index

/** Where a term occurs in one segment of the index. Row of entry i = `base + rows[i]`; rows ascend. */
export interface Postings {
  readonly base: number;
  readonly rows: Uint32Array;
  /** Occurrences in that passage, capped at 255. */
  readonly frequencies: Uint8Array;
}

/** Values in a term sequence that are no terms. */
export const SEQUENCE = {
  /** Ends a sentence of the passage's text. */
  sentenceEnd: 0xffffffff,
  /** Ends the title and heading terms that stand in front of the text's. */
  titleEnd: 0xfffffffe,
  /** Set on a term that stands beside the word before it: a part of the compound, the whole verb, the key of the name. */
  partBit: 0x80000000,
} as const;

/** A row found by vector; similarity is the cosine, -1..1. */
export interface Neighbour {
  readonly row: number;
  readonly similarity: number;
}

/**
 * One opened generation, read-only. Passages are numbered by row, 0..rowCount-1; rows of removed
 * passages stay as gaps (`isLive` is false) until the next full build. All calls but `nearest` are
 * synchronous: what is not in memory is a positioned read of a file in the page cache.
 */
export interface PassageIndex {
  readonly generation: number;
  readonly builtAt: string;
  /** Fingerprint of the embedding model that made the vectors. */
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly rowCount: number;
  /** Live passages. */
  readonly passageCount: number;
  /** Live articles, in row order. */
  readonly articles: readonly ArticleInfo[];
  readonly skipped: readonly Skipped[];
  readonly duplicates: readonly { readonly path: string; readonly of: string }[];

  readonly isLive: (row: number) => boolean;
  readonly articleOf: (row: number) => ArticleInfo;
  readonly passage: (row: number) => Passage;
  /** -1 when there is no such live passage. */
  readonly rowOf: (passageId: string) => number;
  /** Live rows of an article in reading order. */
  readonly rowsOf: (articleId: string) => readonly number[];
  readonly readArticle: (articleId: string) => Article | undefined;

  readonly termCount: number;
  /** -1 when the term does not occur in the corpus. */
  readonly termId: (term: string) => number;
  readonly term: (id: number) => string;
  /** Passages with the term; dead rows may be counted until the next full build. */
  readonly documentFrequency: (id: number) => number;
  /** One entry for each segment that has the term. Title, heading, text and compound parts all count. */
  readonly postings: (id: number) => readonly Postings[];
  /** Terms of a passage, stop words left out. */
  readonly lengthOf: (row: number) => number;
  readonly averageLength: number;
  /** Title and heading terms, `titleEnd`, then the text's terms in reading order with `sentenceEnd` between. */
  readonly sequence: (row: number) => Uint32Array;

  /**
   * Begins to search for the k live rows most similar to a unit vector; what it gives ends the search: best first. Over files another
   * thread may search until then; a database gives a promise, so that callers await it either way.
   */
  readonly nearest: (
    vector: Float32Array | readonly number[],
    k: number,
    accept?: (row: number) => boolean,
  ) => (() => readonly Neighbour[]) | Promise<() => readonly Neighbour[]>;

  /** Releases files and native memory. No call may follow. */
  readonly close: () => void;
}
