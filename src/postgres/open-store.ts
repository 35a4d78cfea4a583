import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf, Fault } from '../errors.ts';
import { checkFile, createFileWriter, type FileDigest, flushFolder, writeFlushed } from '../index/files.ts';
import { type Manifest, manifestPath, readManifest, renderManifest } from '../index/manifest.ts';
import { type Generation, openGeneration } from '../index/open-generation.ts';
import type { PassageIndex } from '../types.ts';
import { type Database, openDatabase } from './connect.ts';
import { checkExtension } from './schema.ts';
import { readCurrent, readVersion } from './shared-generation.ts';
import { createNearest } from './vectors.ts';

/** The index of a database, for any number of processes. */
export interface SharedStore {
  /** Changes with every new generation. */
  readonly version: () => Promise<string>;
  /** Opens the current generation. Closing it leaves the store open. */
  readonly open: () => Promise<PassageIndex>;
  readonly close: () => Promise<void>;
}

export interface StoreOptions {
  readonly url: string;
  /** Where this process keeps the files it has fetched. May be shared, and may be lost. */
  readonly cacheDir: string;
  /** Of the embedding model that asks. */
  readonly fingerprint: string;
}

const queryMs = 15_000;
/** How often an embed run may take a generation away while it is fetched. */
const attempts = 3;
const leftoverMs = 60 * 60 * 1000;

/**
 * Opens an index whose vectors are asked for in a database; everything else is fetched from there once and read from files,
 * whose digests are checked.
 */
export function openStore({ url, cacheDir, fingerprint }: StoreOptions): SharedStore {
  const database = openDatabase(url, queryMs);
  return {
    version: () => readVersion(database),
    async open() {
      for (let attempt = 1; ; attempt++) {
        const current = await readCurrent(database);
        if (!current)
          throw new Fault('The database (DATABASE_URL) holds no index yet. Build one with: npm run embed');
        checkModel(current.manifest, fingerprint);
        await checkExtension(database);
        const fetched = await fetchGeneration(database, cacheDir, current.manifest);
        if (fetched) {
          cleanCache(cacheDir, current.id);
          return { ...fetched.index, nearest: createNearest(database, fetched.index) };
        }
        if (attempt === attempts) {
          throw new Fault(
            'The index in the database (DATABASE_URL) lacks files. Build it again with: npm run embed -- --rebuild',
          );
        }
      }
    },
    close: database.close,
  };
}

function checkModel(manifest: Manifest, fingerprint: string): void {
  if (manifest.fingerprint === fingerprint) return;
  throw new Fault(
    `The index in the database (DATABASE_URL) was made with the embeddings "${manifest.fingerprint}" of ${manifest.dimensions} dimensions, ` +
      `EMBEDDINGS now says "${fingerprint}". Set it back, or build the index again with: npm run embed`,
  );
}

/** Opens a generation from the cache, fetching what it lacks; undefined when the database has it no more. */
async function fetchGeneration(
  database: Database,
  cacheDir: string,
  manifest: Manifest,
): Promise<Generation | undefined> {
  const folder = path.join(cacheDir, String(manifest.generation));
  const cached = await openCached(folder, manifest);
  if (cached) return cached;
  const aside = path.join(cacheDir, `aside-${randomUUID()}`);
  mkdirSync(aside, { recursive: true });
  try {
    const earlier = await listCached(cacheDir);
    for (const [name, digest] of Object.entries(manifest.files)) {
      const target = path.join(aside, name);
      if (await linkEarlier(earlier, name, digest, target)) continue;
      if (!(await fetchFile(database, digest, target))) return undefined;
    }
    writeFlushed(manifestPath(aside), renderManifest(manifest));
    flushFolder(aside);
    return await putInPlace(aside, folder, manifest);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** What is in the cache, if it is this generation and whole. */
async function openCached(folder: string, manifest: Manifest): Promise<Generation | undefined> {
  try {
    const cached = await openGeneration(folder, { search: false });
    if (renderManifest(cached.manifest) === renderManifest(manifest)) return cached;
    cached.index.close();
  } catch (error) {
    if (error instanceof Fault) throw error;
  }
  return undefined;
}

/** Another process may have put the same in place meanwhile; a damaged one makes way. */
async function putInPlace(aside: string, folder: string, manifest: Manifest): Promise<Generation> {
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
    const theirs = await openCached(folder, manifest);
    if (theirs) return theirs;
    const damaged = `${aside}-damaged`;
    renameSync(folder, damaged);
    renameSync(aside, folder);
    rmSync(damaged, { recursive: true, force: true });
  }
  return openGeneration(folder, { search: false });
}

interface Cached {
  readonly folder: string;
  readonly manifest: Manifest;
}

async function listCached(cacheDir: string): Promise<Cached[]> {
  const cached: Cached[] = [];
  for (const number of numbersIn(cacheDir)) {
    const folder = path.join(cacheDir, String(number));
    const manifest = await readManifest(folder).catch(() => undefined);
    if (manifest) cached.push({ folder, manifest });
  }
  return cached;
}

/** Takes a file over from an earlier generation; false when there is none that is whole. */
async function linkEarlier(
  earlier: readonly Cached[],
  name: string,
  digest: FileDigest,
  target: string,
): Promise<boolean> {
  for (const { folder, manifest } of earlier) {
    if (manifest.files[name]?.sha256 !== digest.sha256) continue;
    const source = path.join(folder, name);
    try {
      await checkFile(source, digest);
      linkSync(source, target);
      return true;
    } catch {
      // Damaged or gone: fetched anew.
    }
  }
  return false;
}

/** False when the database has no such content. */
async function fetchFile(database: Database, digest: FileDigest, target: string): Promise<boolean> {
  const file = createFileWriter(target);
  try {
    let bytes = 0;
    for (let part = 0; part === 0 || bytes < digest.bytes; part++) {
      const [row] = await database.query<{ content: Buffer }>(
        'SELECT content FROM fundstelle_files WHERE sha256 = $1 AND part = $2',
        [digest.sha256, part],
      );
      if (!row) return false;
      file.write(row.content);
      bytes += row.content.length;
    }
    return file.finish().sha256 === digest.sha256;
  } finally {
    file.abandon();
  }
}

/** Removes all generations but the current one and the one before, which other processes may still be fetching. */
function cleanCache(cacheDir: string, current: number): void {
  const old = numbersIn(cacheDir).filter((number) => number > current || number < current - 1);
  const leftovers = readdirSync(cacheDir).filter((name) => {
    const found = name.startsWith('aside-') && statSync(path.join(cacheDir, name), { throwIfNoEntry: false });
    return found && Date.now() - found.mtimeMs > leftoverMs;
  });
  for (const name of [...old.map(String), ...leftovers]) {
    rmSync(path.join(cacheDir, name), { recursive: true, force: true });
  }
}

function numbersIn(cacheDir: string): number[] {
  return readdirSync(cacheDir)
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}
