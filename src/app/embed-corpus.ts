import path from 'node:path';
import type { Config } from '../config.ts';
import { chunkArticle } from '../corpus/chunk.ts';
import { readChanges } from '../corpus/read-changes.ts';
import { walkFolder } from '../corpus/walk.ts';
import { type UpdateProgress, updateIndex } from '../index/update-index.ts';
import { splitSentences } from '../language/sentences.ts';
import type { Publisher } from '../postgres/publish-index.ts';
import type { EmbedSummary } from '../types.ts';
import { type EmbedderConfig, openLanguage } from './language.ts';

export type EmbedProgress = UpdateProgress;

export type EmbedConfig = Pick<
  Config,
  'CORPUS_DIR' | 'INDEX_DIR' | 'MAX_FILE_MB' | 'VECTOR_STORE' | 'DATABASE_URL'
> &
  EmbedderConfig;

export interface EmbedOptions {
  /** Embed everything again, whatever the index holds. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: EmbedProgress) => void;
  readonly signal?: AbortSignal;
}

/** Raise with every change to how articles are cut or read: old indexes are then cut again. */
const PASSAGES_VERSION = 2;

/**
 * Brings the index to the state of the corpus: articles in, passages, postings and vectors out; with
 * VECTOR_STORE=postgres the database as well, whose generation the summary then names.
 * @throws {Fault} when the corpus cannot be read, the index cannot be written or another run is writing it.
 */
export async function embedCorpus(config: EmbedConfig, options: EmbedOptions = {}): Promise<EmbedSummary> {
  const { model, analyse, embedder } = await openLanguage(config);
  const dimensions = await embedder.readDimensions();
  const signal = options.signal && { signal: options.signal };
  const settings = `passages ${PASSAGES_VERSION}, words ${model.fingerprint}`;
  const warnings: string[] = [];
  const publisher = await openDatabase(config, dimensions);
  try {
    const summary = await updateIndex({
      indexDir: config.INDEX_DIR,
      articles: (isIndexed) =>
        readChanges(config.CORPUS_DIR, {
          maxFileBytes: config.MAX_FILE_MB * 1024 * 1024,
          cacheFile: path.join(config.INDEX_DIR, 'files.jsonl'),
          settings,
          isIndexed,
          readAll: options.rebuild ?? false,
          onWarning: (warning) => warnings.push(warning),
          ...signal,
        }),
      chunk: chunkArticle,
      analyse,
      splitSentences,
      isKnown: (term) => model.id(term) >= 0,
      embed: embedder.embedPassages,
      batchSize: embedder.batchSize,
      fingerprint: embedder.fingerprint,
      dimensions,
      settings,
      rebuild: options.rebuild ?? false,
      ...(options.onProgress && { onProgress: options.onProgress }),
      ...signal,
    });
    const published = await publisher?.publish(config.INDEX_DIR);
    return { ...summary, ...published, warnings: [...summary.warnings, ...warnings] };
  } finally {
    await publisher?.close();
  }
}

/** The database that the index is brought into, if one is configured; its packages are loaded only here. */
async function openDatabase(
  { VECTOR_STORE, DATABASE_URL }: EmbedConfig,
  dimensions: number,
): Promise<Publisher | undefined> {
  if (VECTOR_STORE !== 'postgres') return undefined;
  const { openPublisher } = await import('../postgres/publish-index.ts');
  return openPublisher(DATABASE_URL!, dimensions);
}

/** Files in the corpus folder, for a progress bar. */
export function countFiles(folder: string): number {
  let files = 0;
  for (const _ of walkFolder(folder)) files++;
  return files;
}
