import { mkdirSync, rmSync } from 'node:fs';
import { codeOf, Fault, messageOf } from '../errors.ts';
import type { EmbedSummary } from '../types.ts';
import { type Collected, type CollectOptions, collectArticles } from './collect-articles.ts';
import {
  asideFolder,
  cleanGenerations,
  cleanLeftovers,
  listGenerations,
  parsePointer,
  publishGeneration,
  readPointer,
} from './generations.ts';
import { type Lock, takeLock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { type Generation, openGeneration } from './open-generation.ts';
import { openNewest } from './open-index.ts';
import { createTermNumbering } from './term-numbering.ts';
import { verifyGeneration } from './verify-generation.ts';
import { type GenerationDraft, writeGeneration } from './write-generation.ts';
import { createSegmentWriter, type WrittenSegment } from './write-segment.ts';

export type UpdateProgress =
  | { readonly step: 'reading'; readonly articles: number; readonly embedded: number }
  | { readonly step: 'linking'; readonly rows: number; readonly of: number }
  | { readonly step: 'verifying' };

export interface UpdateOptions extends Omit<CollectOptions, 'onArticle'> {
  readonly indexDir: string;
  /** Embedding model: vectors of different fingerprints cannot be compared. */
  readonly fingerprint: string;
  /** Everything else that shapes passages and terms: when it changes, articles are cut and analysed again. */
  readonly settings: string;
  /** Start from nothing, whatever is there. */
  readonly rebuild?: boolean;
  /** Numbers (rows times dimensions) from which on a segment gets a graph; default `graphFrom` of vectors.ts. */
  readonly graphFrom?: number;
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
  cleanLeftovers(indexDir);
  const generations = await listGenerations(indexDir);
  const generation = 1 + Math.max(0, current ?? 0, ...generations);
  const folder = asideFolder(indexDir, generation);
  try {
    mkdirSync(folder);
    const { collected, same, added } = await collectNew(options, base, folder, generation);
    const summarise = ({ generation, articles, passages }: Manifest, written: boolean): EmbedSummary => ({
      generation,
      written,
      articles,
      passages,
      embedded: collected.embedded,
      languages: collected.languages,
      ...collected.report,
      warnings: [...warnings, ...collected.warnings],
      ms: Math.round(performance.now() - started),
    });
    if (same && same.manifest.generation === current && isUnchanged(same, collected)) {
      cleanGenerations(indexDir, [current, generations.find((older) => older < current)]);
      return summarise(same.manifest, false);
    }
    const draft = { ...options, ...collected, base: same, folder, generation, added };
    const manifest = await writeChecked(draft, options);
    options.signal?.throwIfAborted();
    lock.check();
    publishGeneration(indexDir, generation);
    cleanGenerations(indexDir, [generation, base?.manifest.generation ?? current]);
    return summarise(manifest, true);
  } finally {
    base?.index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes what is new in the corpus into a segment of the folder. `same` is the base if its articles can stay. */
async function collectNew(
  options: UpdateOptions,
  base: Generation | undefined,
  folder: string,
  generation: number,
): Promise<{
  readonly collected: Collected;
  readonly same: Generation | undefined;
  readonly added: WrittenSegment | undefined;
}> {
  const { fingerprint, dimensions, settings, onProgress } = options;
  const hasVectors = base?.manifest.fingerprint === fingerprint && base.manifest.dimensions === dimensions;
  const vectors = hasVectors ? base : undefined;
  const same = vectors?.manifest.settings === settings ? vectors : undefined;
  const numbering = same
    ? createTermNumbering(same.index.termCount, same.index.termId)
    : createTermNumbering(0, () => -1);
  const segment = createSegmentWriter(folder, String(generation));
  try {
    const collected = await collectArticles(
      {
        ...options,
        onArticle: (articles, embedded) => onProgress?.({ step: 'reading', articles, embedded }),
      },
      { same, vectors },
      segment,
      numbering,
    );
    const hasNew = collected.articles > collected.kept.size;
    return {
      collected,
      same,
      added: hasNew ? segment.finish(numbering.added, numbering.count()) : undefined,
    };
  } finally {
    segment.abandon();
  }
}
/** Writes a generation, then reads it as a reader would: only what comes back is trusted. */
async function writeChecked(
  draft: GenerationDraft,
  { indexDir, graphFrom, onProgress }: UpdateOptions,
): Promise<Manifest> {
  const { manifest, linked } = await writeGeneration(
    draft,
    (rows, of) => onProgress?.({ step: 'linking', rows, of }),
    graphFrom,
  );
  onProgress?.({ step: 'verifying' });
  try {
    const written = await openGeneration(draft.folder, { checked: linked });
    try {
      verifyGeneration(written, linked);
    } finally {
      written.index.close();
    }
  } catch (error) {
    throw new Fault(
      `The index in ${indexDir} could not be written: what came back is not what was written (${messageOf(error)}). ` +
        'It is as it was; look whether the disk is full or failing and run again.',
    );
  }
  return manifest;
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
    const { generation, damages } = await openNewest(indexDir, { search: false });
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
  EEXIST: 'that is a file and no folder',
  ENOTDIR: 'that is no folder',
};

/** Turns what can go wrong with a disk into a message about the index; passes on everything else. */
function explainFailure(error: unknown, indexDir: string): unknown {
  const reason = writeFailures[codeOf(error) ?? ''];
  if (!reason) return error;
  return new Fault(
    `The index in ${indexDir} could not be written: ${reason} (${messageOf(error)}). It is as it was; mend the cause and run again.`,
  );
}
