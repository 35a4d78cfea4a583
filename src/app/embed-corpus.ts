import path from 'node:path';
import type { Config } from '../config.ts';
import { chunkArticle } from '../corpus/chunk.ts';
import { readChanges } from '../corpus/read-changes.ts';
import { walkFolder } from '../corpus/walk.ts';
import { type UpdateProgress, updateIndex } from '../index/update-index.ts';
import { splitSentences } from '../language/sentences.ts';
import type { EmbedSummary } from '../types.ts';
import { type EmbedderConfig, openLanguage, toUnitVector } from './language.ts';

export type EmbedProgress = UpdateProgress;

export type EmbedConfig = Pick<Config, 'CORPUS_DIR' | 'INDEX_DIR' | 'MAX_FILE_MB'> & EmbedderConfig;

export interface EmbedOptions {
  /** Embed everything again, whatever the index holds. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: EmbedProgress) => void;
  readonly signal?: AbortSignal;
}

/** Raise with every change to how articles are cut or read: old indexes are then cut again. */
const PASSAGES_VERSION = 1;

/**
 * Brings the index to the state of the corpus: articles in, passages, postings and vectors out.
 * @throws {Fault} when the corpus cannot be read, the index cannot be written or another run is writing it.
 */
export async function embedCorpus(config: EmbedConfig, options: EmbedOptions = {}): Promise<EmbedSummary> {
  const { model, analyse, embedder } = await openLanguage(config);
  const embeddings = await embedder.openEmbeddings();
  const probe = await embeddings.embedQuery('Fundstelle');
  const signal = options.signal && { signal: options.signal };
  const settings = `passages ${PASSAGES_VERSION}, words ${model.fingerprint}`;
  const warnings: string[] = [];
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
    embed: async (texts) => (await embeddings.embedDocuments([...texts])).map(toUnitVector),
    fingerprint: embedder.fingerprint,
    dimensions: probe.length,
    settings,
    rebuild: options.rebuild ?? false,
    ...(options.onProgress && { onProgress: options.onProgress }),
    ...signal,
  });
  return { ...summary, warnings: [...summary.warnings, ...warnings] };
}

/** Files in the corpus folder, for a progress bar. */
export function countFiles(folder: string): number {
  let files = 0;
  for (const _ of walkFolder(folder)) files++;
  return files;
}
