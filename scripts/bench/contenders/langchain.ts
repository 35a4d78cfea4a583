import { EnsembleRetriever } from '@langchain/classic/retrievers/ensemble';
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { BM25Retriever } from '@langchain/community/retrievers/bm25';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document } from '@langchain/core/documents';
import type { BaseRetrieverInterface } from '@langchain/core/retrievers';
import type { BenchPassage, BenchVectors } from '../data.ts';
import { type Open, resultCount, type Search } from './contender.ts';

export const openHnswlib: Open = async (supplies) => {
  const documents = documentsOf(await supplies.passages());
  const vectors = rowsOf(supplies.vectors());
  const embeddings = await supplies.embeddings();
  return async () => {
    const store = new HNSWLib(embeddings, { space: 'cosine' });
    await store.addVectors(vectors, documents);
    return searchOf(store.asRetriever(resultCount));
  };
};

export const openMemory: Open = async (supplies) => {
  const documents = documentsOf(await supplies.passages());
  const vectors = rowsOf(supplies.vectors());
  const embeddings = await supplies.embeddings();
  return async () => {
    const store = new MemoryVectorStore(embeddings);
    await store.addVectors(vectors, documents);
    return searchOf(store.asRetriever(resultCount));
  };
};

export const openBm25: Open = async (supplies) => {
  const documents = documentsOf(await supplies.passages());
  return async () => searchOf(BM25Retriever.fromDocuments(documents, { k: resultCount }));
};

/** What LangChain's documentation puts together for hybrid search: both retrievers, fused by reciprocal rank. */
export const openBoth: Open = async (supplies) => {
  const documents = documentsOf(await supplies.passages());
  const vectors = rowsOf(supplies.vectors());
  const embeddings = await supplies.embeddings();
  return async () => {
    const store = new HNSWLib(embeddings, { space: 'cosine' });
    await store.addVectors(vectors, documents);
    const keywords = BM25Retriever.fromDocuments(documents, { k: resultCount });
    const retrievers = [keywords, store.asRetriever(resultCount)];
    return searchOf(new EnsembleRetriever({ retrievers, weights: [0.5, 0.5] }));
  };
};

const documentsOf = (passages: readonly BenchPassage[]) =>
  passages.map(({ id, text }) => new Document({ pageContent: text, metadata: { id } }));

const rowsOf = ({ values, dimensions }: BenchVectors) =>
  Array.from({ length: values.length / dimensions }, (_, row) =>
    Array.from(values.subarray(row * dimensions, (row + 1) * dimensions)),
  );

const searchOf =
  (retriever: BaseRetrieverInterface<Record<string, unknown>>): Search =>
  async (question) =>
    (await retriever.invoke(question)).slice(0, resultCount).map(({ metadata }) => String(metadata.id));
