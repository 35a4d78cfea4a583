/**
 * Fundstelle as a library: the engine that the programs use, its passages as a LangChain retriever
 * and the built-in model as LangChain embeddings.
 */
import { openLanguage } from './app/language.ts';
import { type OpenOptions, openFundstelle as openConfigured } from './app/open-fundstelle.ts';
import { parseConfig } from './config.ts';
import type { Fundstelle } from './types.ts';

export { embedCorpus } from './app/embed-corpus.ts';
export { type Config, parseConfig, readConfig } from './config.ts';
export { Fault } from './errors.ts';
export { PassageRetriever } from './providers/retriever.ts';
export type * from './types.ts';

/**
 * Opens an index that `embedCorpus` or `npm run embed` has written.
 * @param settings variables as in `.env.example`, for example `{ INDEX_DIR: '/srv/index' }`; what is left out has its default.
 * @throws {Fault} when a variable is wrong or there is no usable index; the message says what to do.
 */
export function openFundstelle(
  settings: Readonly<Record<string, string>> = {},
  options: OpenOptions = {},
): Promise<Fundstelle> {
  return openConfigured(parseConfig(settings), options);
}

/** The built-in German-English model as LangChain embeddings: no key, no download. */
export async function openBuiltInEmbeddings() {
  const { embedder } = await openLanguage(parseConfig({}));
  return embedder.openEmbeddings();
}
