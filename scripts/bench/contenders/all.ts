import type { Open } from './contender.ts';

/** A way to search the same passages. */
export interface Contender {
  readonly name: string;
  /** Left out above this many passages: it would take hours, or more memory than there is. */
  readonly largest: number;
  /** Only the one that races is loaded, so that its memory is its own. */
  readonly load: () => Promise<Open>;
}

const langchain = () => import('./langchain.ts');

/** In the order of the table. */
export const contenders: readonly Contender[] = [
  {
    name: 'Fundstelle',
    largest: Number.POSITIVE_INFINITY,
    load: async () => (await import('./fundstelle.ts')).openProduct,
  },
  { name: 'LangChain BM25 + HNSWLib', largest: 100_000, load: async () => (await langchain()).openBoth },
  { name: 'LangChain HNSWLib', largest: 100_000, load: async () => (await langchain()).openHnswlib },
  { name: 'LangChain MemoryVectorStore', largest: 100_000, load: async () => (await langchain()).openMemory },
  { name: 'LangChain BM25Retriever', largest: 100_000, load: async () => (await langchain()).openBm25 },
  {
    name: 'minisearch',
    largest: 100_000,
    load: async () => (await import('./minisearch.ts')).openMiniSearch,
  },
  {
    name: 'minisearch, prefix and fuzzy',
    largest: 100_000,
    load: async () => (await import('./minisearch.ts')).openMiniSearchFuzzy,
  },
  { name: 'plain scan', largest: 100_000, load: async () => (await import('./scan.ts')).openScan },
];
