import { createHash } from 'node:crypto';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import type { PassageIndex } from '../types.ts';
import type { Database } from './connect.ts';
import { vectorTable } from './schema.ts';

/** What stands beside a vector. Filters name these keys and no others: LangChain puts keys into its SQL as they are. */
interface VectorMetadata {
  readonly article: string;
  /** Tells the passage's embedded text and its model. */
  readonly mark: string;
  /** First generation that has the vector. */
  readonly born: number;
  /** First generation that has it no more. */
  readonly died: number;
}

/** Later than any generation. */
export const never = 2 ** 31 - 1;

/** A vector to be stored. */
export interface NewVector {
  readonly passageId: string;
  readonly mark: string;
  readonly vector: Float32Array;
}

/** Up to so many articles are named in a query, which then looks at all of their vectors. */
const mostNamed = 2000;
/** How much more is asked for when too little of what came is acceptable. */
const widening = 4;

/** LangChain's store over the vectors of one length. It neither makes tables (see `schema.ts`) nor vectors. */
function openStore(database: Database, dimensions: number): PGVectorStore {
  const refuse = () => Promise.reject(new Error('vectors are stored and asked for as they are'));
  return new PGVectorStore(
    { embedDocuments: refuse, embedQuery: refuse },
    {
      pool: database.pool,
      tableName: vectorTable(dimensions),
      columns: { contentColumnName: 'content' },
      // Vectors have length 1: the inner product is their cosine, and one of zeros has one as well.
      distanceStrategy: 'innerProduct',
      skipInitializationCheck: true,
      verbose: false,
    },
  );
}

/** Stores vectors that a generation will be the first to have; invisible until it is current. */
export async function addVectors(
  database: Database,
  dimensions: number,
  born: number,
  vectors: readonly NewVector[],
): Promise<void> {
  try {
    await openStore(database, dimensions).addVectors(
      vectors.map(({ vector }) => Array.from(vector)),
      vectors.map(({ passageId, mark }) => {
        const article = passageId.slice(0, passageId.lastIndexOf('-'));
        const metadata: VectorMetadata = { article, mark, born, died: never };
        return { pageContent: passageId, metadata };
      }),
      { ids: vectors.map(({ passageId, mark }) => uuidOf(`${passageId} ${mark} ${born}`)) },
    );
  } catch (error) {
    throw database.explain(error);
  }
}

/** A UUID (version 8) that depends on the text alone. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** `PassageIndex.nearest` over the vectors that a generation has in the database. */
export function createNearest(database: Database, index: PassageIndex): PassageIndex['nearest'] {
  const store = openStore(database, index.dimensions);
  const alive = { born: { lte: index.generation }, died: { gt: index.generation } };

  const ask = async (vector: readonly number[], k: number, articles?: readonly string[]) => {
    const filter = articles ? { ...alive, article: { in: [...articles] } } : alive;
    try {
      const found = await store.similaritySearchVectorWithScore([...vector], k, filter);
      // The score of LangChain is pgvector's distance: the inner product with its sign turned.
      return found.map(([{ pageContent }, score]) => ({ row: index.rowOf(pageContent), similarity: -score }));
    } catch (error) {
      throw database.explain(error);
    }
  };

  return async (given, k, accept) => {
    if (given.length !== index.dimensions) {
      throw new RangeError(`a vector of ${index.dimensions} numbers is needed, not of ${given.length}`);
    }
    const vector = Array.from(given);
    const named = accept && listArticles(index, accept);
    if (k <= 0 || named?.length === 0) return () => [];
    for (let wanted = k; ; wanted *= widening) {
      const found = await ask(vector, wanted, named);
      const accepted = found.filter(({ row }) => row >= 0 && (!accept || accept(row)));
      if (accepted.length >= k || found.length < wanted) return () => accepted.slice(0, k);
    }
  };
}

/** Articles with an acceptable row; undefined when they are too many to be named. */
function listArticles(index: PassageIndex, accept: (row: number) => boolean): string[] | undefined {
  const articles = new Set<string>();
  for (let row = 0; row < index.rowCount; row++) {
    if (!index.isLive(row) || !accept(row)) continue;
    articles.add(index.articleOf(row).id);
    if (articles.size > mostNamed) return undefined;
  }
  return [...articles];
}
