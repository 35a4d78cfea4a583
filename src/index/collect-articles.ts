import { createHash } from 'node:crypto';
import type { Article, ArticleInfo, CorpusChange, Language, Passage } from '../types.ts';
import {
  createVectorLookup,
  type EmbedPassages,
  embedPassages,
  hashText,
  type PassageToEmbed,
} from './embed-rows.ts';
import { type Generation, type Report, toInfo } from './open-generation.ts';
import type { PassageRecord } from './segment-format.ts';
import type { TermNumbering } from './term-numbering.ts';
import { buildSequence, readWords, type TermOptions, textToEmbed } from './terms.ts';
import type { NewArticle, SegmentWriter } from './write-segment.ts';

/** Whether the article at a path stands in the index with this digest, so that it need not be read. */
export type IsIndexed = (path: string, digest: string) => boolean;

export interface CollectOptions extends TermOptions {
  readonly articles: AsyncIterable<CorpusChange> | ((isIndexed: IsIndexed) => AsyncIterable<CorpusChange>);
  readonly chunk: (article: Article) => readonly Passage[];
  readonly embed: EmbedPassages;
  /** Passages given to `embed` at once. */
  readonly batchSize: number;
  readonly dimensions: number;
  readonly signal?: AbortSignal | undefined;
  readonly onArticle: (articles: number, embedded: number) => void;
}

export interface Collected {
  readonly report: Report;
  readonly warnings: readonly string[];
  /** Ids of the articles that are as they were. */
  readonly kept: ReadonlySet<string>;
  readonly articles: number;
  readonly languages: Readonly<Record<Language, number>>;
  /** Passages that had no vector. */
  readonly embedded: number;
  /** SHA-256 over ids and digests of the articles, in the order they were read. */
  readonly corpusDigest: string;
}

type Draft = Omit<NewArticle, 'rows'> & { readonly rows: readonly DraftRow[] };

interface DraftRow {
  readonly record: PassageRecord;
  readonly sequence: Uint32Array;
  readonly hash: Uint8Array;
  readonly toEmbed: PassageToEmbed;
  vector: Float32Array | undefined;
}

/**
 * Reads the corpus once and writes what is new into a segment. No more articles are held in memory than
 * one batch for the embedding model needs.
 * `earlier.same` is a generation whose unchanged articles stay; `earlier.vectors` one whose vectors fit.
 */
export async function collectArticles(
  options: CollectOptions,
  earlier: { readonly same: Generation | undefined; readonly vectors: Generation | undefined },
  segment: SegmentWriter,
  numbering: TermNumbering,
): Promise<Collected> {
  const indexed = new Map(earlier.same?.index.articles.map((article) => [article.path, article]));
  const findVector = createVectorLookup(earlier.vectors?.segments ?? []);
  const report = {
    skipped: [] as Report['skipped'][number][],
    duplicates: [] as Report['duplicates'][number][],
  };
  const warnings: string[] = [];
  const kept = new Set<string>();
  const languages: Record<Language, number> = {};
  const corpus = createHash('sha256');
  let articles = 0;
  let embedded = 0;

  const prepare = (article: Article): Draft => ({
    info: toInfo(article),
    headings: article.headings,
    body: article.body,
    rows: options.chunk(article).map((passage, ordinal) => {
      checkPassage(article, passage, ordinal);
      const text = textToEmbed(passage, article.title);
      const hash = hashText(text);
      const { key, span, language, heading } = passage;
      const words = readWords(passage, article.title, options);
      return {
        record: { key, span, language, ...(heading !== undefined && { heading }) },
        sequence: buildSequence(words, numbering.idOf),
        hash,
        toEmbed: { text, language, words: [words.above, ...words.sentences].flat() },
        vector: findVector(hash),
      };
    }),
  });

  let drafts: Draft[] = [];
  let missing: DraftRow[] = [];
  const flush = async (): Promise<void> => {
    const vectors = await embedPassages(
      missing.map((row) => row.toEmbed),
      options,
    );
    missing.forEach((row, place) => {
      row.vector = vectors[place];
    });
    embedded += missing.length;
    for (const draft of drafts) {
      segment.add({ ...draft, rows: draft.rows.map((row) => ({ ...row, vector: row.vector! })) });
    }
    drafts = [];
    missing = [];
  };

  const count = (article: ArticleInfo): void => {
    articles++;
    corpus.update(`${article.id} ${article.digest}\n`);
    languages[article.language] = (languages[article.language] ?? 0) + 1;
  };

  const isIndexed: IsIndexed = (path, digest) => indexed.get(path)?.digest === digest;
  const events = typeof options.articles === 'function' ? options.articles(isIndexed) : options.articles;
  for await (const event of events) {
    options.signal?.throwIfAborted();
    if (event.kind === 'skipped') {
      report.skipped.push({ path: event.path, reason: event.reason });
      continue;
    }
    warnings.push(...event.warnings);
    if (event.kind === 'duplicate') {
      report.duplicates.push({ path: event.path, of: event.of });
      continue;
    }
    if (event.kind === 'unchanged') {
      const article = indexed.get(event.path);
      if (article?.digest !== event.digest) throw new Error(`${event.path} is not in the index`);
      count(article);
      kept.add(article.id);
      continue;
    }
    const { article } = event;
    count(article);
    if (isIndexed(article.path, article.digest)) {
      kept.add(article.id);
    } else {
      const draft = prepare(article);
      drafts.push(draft);
      missing.push(...draft.rows.filter((row) => !row.vector));
      if (missing.length === 0 || missing.length >= options.batchSize) await flush();
    }
    options.onArticle(articles, embedded);
  }
  await flush();
  options.onArticle(articles, embedded);
  return { report, warnings, kept, articles, languages, embedded, corpusDigest: corpus.digest('hex') };
}

/** The index stores bodies and spans: a passage that is not what its span says would be quoted wrongly. */
function checkPassage(article: Article, passage: Passage, ordinal: number): void {
  const isSound =
    passage.id === `${article.id}-${ordinal}` &&
    passage.ordinal === ordinal &&
    passage.text === article.body.slice(...passage.span);
  if (!isSound) throw new Error(`passage ${passage.id} of ${article.path} does not fit its article`);
}
