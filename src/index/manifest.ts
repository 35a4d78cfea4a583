import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../errors.ts';
import type { FileDigest } from './files.ts';

/** Raised whenever a reader of the old format would misread the new one. */
export const formatVersion = 1;

const manifestName = 'manifest.json';

/** Rows that were written together and never change; only die. */
export interface SegmentInfo {
  /** Prefix of its files; the number of the generation that wrote it. */
  readonly name: string;
  readonly articles: number;
  readonly rows: number;
  /** Terms that no earlier segment has. */
  readonly terms: number;
  /** Whether a graph was built; without one its vectors are compared one by one. */
  readonly graph: boolean;
}

/** What a generation is made of. Small, whatever the size of the corpus. */
export interface Manifest {
  readonly format: number;
  readonly generation: number;
  readonly builtAt: string;
  /** Embedding model. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Everything else that shapes passages and terms. */
  readonly settings: string;
  /** SHA-256 over ids and digests of the articles, in the order they were read. */
  readonly corpusDigest: string;
  readonly articles: number;
  readonly passages: number;
  /** In row order. */
  readonly segments: readonly SegmentInfo[];
  /** Every other file of the folder. */
  readonly files: Readonly<Record<string, FileDigest>>;
}

/** The manifest as it is written, with a digest of itself. */
export function renderManifest(manifest: Manifest): string {
  return JSON.stringify({ digest: digestOf(manifest), manifest }, null, 1);
}

export function manifestPath(folder: string): string {
  return path.join(folder, manifestName);
}

/**
 * Reads the manifest of a generation's folder.
 * @throws {Error} when it is missing or not as it was written.
 * @throws {Fault} when another version of the program wrote it.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const { digest, manifest } = JSON.parse(await readFile(manifestPath(folder), 'utf8')) as {
    readonly digest: unknown;
    readonly manifest: Manifest;
  };
  if (digest !== digestOf(manifest)) throw new Error(`${manifestPath(folder)} is not as it was written`);
  // From here on the content is what some version of this program wrote.
  if (manifest.format !== formatVersion) {
    throw new Fault(
      `The index in ${path.dirname(folder)} has format ${manifest.format}, this program reads format ${formatVersion}. ` +
        'Build it again with: npm run embed -- --rebuild',
    );
  }
  if (String(manifest.generation) !== path.basename(folder) && !isAside(folder)) {
    throw new Error(`${folder} holds generation ${manifest.generation}`);
  }
  return manifest;
}

/** Whether a folder is still being written. */
export function isAside(folder: string): boolean {
  return path.basename(folder).startsWith('aside-');
}

function digestOf(manifest: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(manifest) ?? '')
    .digest('hex');
}
