import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { readPointer } from '../index/generations.ts';
import { openIndex } from '../index/open-index.ts';
import type { PassageIndex } from '../types.ts';

/** Where generations of the index come from. */
export interface IndexStore {
  /** Changes with every new generation; cheap. */
  readonly version: () => Promise<string>;
  /** Opens the current generation. */
  readonly open: () => Promise<PassageIndex>;
  /** Only after the generations that were opened. */
  readonly close: () => Promise<void>;
}

export interface IndexStoreOptions {
  /** Of the embedding model that will ask. */
  readonly fingerprint: string;
  readonly onWarning?: (message: string) => void;
}

/** The files in INDEX_DIR, or the database at DATABASE_URL, whose packages are loaded only here. */
export async function openIndexStore(config: Config, options: IndexStoreOptions): Promise<IndexStore> {
  const { INDEX_DIR: indexDir } = config;
  if (config.VECTOR_STORE === 'postgres') {
    const { openStore } = await import('../postgres/open-store.ts');
    return openStore({
      url: config.DATABASE_URL!,
      cacheDir: path.join(indexDir, 'postgres'),
      fingerprint: options.fingerprint,
    });
  }
  return {
    version: () => readPointer(indexDir),
    open: () => openIndex(indexDir, options),
    close: async () => {},
  };
}

/**
 * Whether there are no files to answer from, so that they have to be made first. Those of a database are
 * made by the one machine that embeds: any other might bring in articles that are not meant to be there.
 */
export const lacksIndex = ({ VECTOR_STORE, INDEX_DIR }: Config): boolean =>
  VECTOR_STORE === 'hnsw' && !existsSync(path.join(INDEX_DIR, 'CURRENT'));
