import { mkdirSync, rmSync } from 'node:fs';
import { codeOf, Fault, messageOf } from '../errors.ts';
import type { EmbedSummary } from '../types.ts';
import { type Collected, type CollectOptions, collectArticles } from './collect-articles.ts';
import {
  asideFolder,
  cleanGenerations,
  listGenerations,
  parsePointer,
  publishGeneration,
  readPointer,
} from './generations.ts';
import { type Lock, takeLock } from './lock.ts';
import { type Generation, openGeneration } from './open-generation.ts';
import { openNewest } from './open-index.ts';
import { createTermNumbering } from './term-numbering.ts';
import { verifyGeneration } from './verify-generation.ts';
import { writeGeneration } from './write-generation.ts';
import { createSegmentWriter } from './write-segment.ts';

export type UpdateProgress =
  | { readonly step: 'reading'; readonly articles: number; readonly embedded: number }
  | { readonly step: 'linking'; readonly rows: number; readonly of: number }
  | { readonly step: 'verifying' };

export interface UpdateOptions extends Omit<CollectOptions, 'batchSize' | 'onArticle'> {
  readonly indexDir: string;
  /** Default 256. */
  readonly batchSize?: number;
  /** Embedding model: vectors of different fingerprints cannot be compared. */
  readonly fingerprint: string;
  /** Everything else that shapes passages and terms: when it changes, articles are cut and analysed again. */
  readonly settings: string;
  /** Start from nothing, whatever is there. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: UpdateProgress) => void;
}

/**
 * Brings the index to the state of the corpus. Readers see the old generation or the new one, never anything between;
 * whatever stops the run leaves the old one.
 * @throws {Fault} when another run is writing, the folder cannot be written, or the model's vectors are unusable.
 */
export async function updateIndex(options: UpdateOptions): Promise<EmbedSummary> {
  const { indexDir } = options;
  try {
    mkdirSync(indexDir, { recursive: true });
    const lock = takeLock(indexDir);
    try {
      return await updateLocked(options, lock);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw explainFailure(error, indexDir);
  }
}

async function updateLocked(options: UpdateOptions, lock: Lock): Promise<EmbedSummary> {
  const { indexDir } = options;
  const started = performance.now();
  const { base, current, warnings } = await openBase(options);
  const generation = 1 + Math.max(0, current ?? 0, ...(await listGenerations(indexDir)));
  const folder = asideFolder(indexDir, generation);
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const fits =
      base?.manifest.fingerprint === options.fingerprint && base.manifest.dimensions === options.dimensions;
    const vectors = fits ? base : undefined;
    const same = vectors?.manifest.settings === options.settings ? vectors : undefined;

    const segment = createSegmentWriter(folder, String(generation));
    const numbering = same
      ? createTermNumbering(same.index.termCount, same.index.termId)
      : createTermNumbering(0, () => -1);
    const collected = await collectArticles(
      {
        ...options,
        batchSize: options.batchSize ?? 256,
        onArticle: (articles, embedded) => options.onProgress?.({ step: 'reading', articles, embedded }),
      },
      { same, vectors },
      segment,
      numbering,
    ).catch((error: unknown) => {
      segment.abandon();
      throw error;
    });
    const summarise = (written: Generation, isNew: boolean): EmbedSummary => ({
      generation: written.manifest.generation,
      written: isNew,
      articles: written.manifest.articles,
      passages: written.manifest.passages,
      embedded: collected.embedded,
      languages: collected.languages,
      ...collected.report,
      warnings: [...warnings, ...collected.warnings],
      ms: Math.round(performance.now() - started),
    });
    if (same && same.manifest.generation === current && isUnchanged(same, collected)) {
      segment.abandon();
      cleanGenerations(indexDir, [
        current,
        ...(await listGenerations(indexDir)).filter((older) => older < current).slice(0, 1),
      ]);
      return summarise(same, false);
    }

    const hasNew = collected.articles > collected.kept.size;
    const added = hasNew ? segment.finish(numbering.added, numbering.count()) : undefined;
    segment.abandon();
    const trusted = await writeGeneration({
      ...options,
      folder,
      generation,
      base: same,
      kept: collected.kept,
      articles: collected.articles,
      report: collected.report,
      corpusDigest: collected.corpusDigest,
      added,
      signal: options.signal,
      onLink: (rows, of) => options.onProgress?.({ step: 'linking', rows, of }),
    });
    options.onProgress?.({ step: 'verifying' });
    const written = await openGeneration(folder, { trusted, forWriting: true });
    try {
      verifyGeneration(written);
    } finally {
      written.index.close();
    }
    options.signal?.throwIfAborted();
    lock.check();
    publishGeneration(indexDir, generation);
    const previous = base?.manifest.generation ?? current;
    cleanGenerations(indexDir, previous === undefined ? [generation] : [generation, previous]);
    return summarise(written, true);
  } finally {
    base?.index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The generation to start from, if there is one of use. */
async function openBase({ indexDir, rebuild }: UpdateOptions): Promise<{
  readonly base: Generation | undefined;
  readonly current: number | undefined;
  readonly warnings: readonly string[];
}> {
  const current = parsePointer(await readPointer(indexDir));
  if (rebuild) return { base: undefined, current, warnings: [] };
  try {
    const { generation, damages } = await openNewest(indexDir, { forWriting: true });
    return { base: generation, current, warnings: damages.map((damage) => `Mended the index: ${damage}`) };
  } catch (error) {
    // Written by another version of the program: of no use, and replaced.
    if (error instanceof Fault) return { base: undefined, current, warnings: [] };
    throw error;
  }
}

function isUnchanged({ manifest, index }: Generation, collected: Collected): boolean {
  return (
    manifest.corpusDigest === collected.corpusDigest &&
    JSON.stringify(index.skipped) === JSON.stringify(collected.report.skipped) &&
    JSON.stringify(index.duplicates) === JSON.stringify(collected.report.duplicates)
  );
}

const writeFailures: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports an error',
};

/** Turns what can go wrong with a disk into a message about the index; passes on everything else. */
function explainFailure(error: unknown, indexDir: string): unknown {
  const reason = writeFailures[codeOf(error) ?? ''];
  if (!reason) return error;
  return new Fault(
    `The index in ${indexDir} could not be written: ${reason} (${messageOf(error)}). It is as it was; mend the cause and run again.`,
  );
}
