import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { Fault } from '../errors.ts';
import { requirePackage } from './packages.ts';

const packageName = '@huggingface/transformers';
/** Newest version that LangChain's community package allows beside it. */
const version = '3.8.1';
/** Texts computed at once. */
const batchSize = 16;

/** The part of the package that is used. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  readonly pipeline: (task: 'feature-extraction', model: string) => Promise<ExtractFeatures>;
}
type ExtractFeatures = (
  texts: readonly string[],
  options: { readonly pooling: 'mean'; readonly normalize: true },
) => Promise<{ tolist(): number[][] }>;

/**
 * A model in a local folder, run in this process; nothing is downloaded.
 * @param load imports the package; an argument so that it can be tried without it.
 * @throws {Fault} when the folder or the package is missing.
 */
export async function openTransformers(
  folder: string,
  load: () => Promise<unknown> = loadPackage,
): Promise<EmbeddingsInterface> {
  const full = path.resolve(folder);
  if (!existsSync(path.join(full, 'config.json')))
    throw new Fault(
      `EMBEDDINGS=transformers:${folder}: ${full} holds no model (no config.json). Download one there, with its onnx folder.`,
    );
  const { env, pipeline } = (await load()) as Transformers;
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(full);
  const extract = await pipeline('feature-extraction', path.basename(full));

  // E5 models were trained with these words in front and lose much without them (Wang et al. 2022).
  const isE5 = /(?:^|[-_/])e5(?:[-_]|$)/i.test(path.basename(full));
  const embed = async (texts: readonly string[]) =>
    (await extract(texts, { pooling: 'mean', normalize: true })).tolist();

  return {
    embedDocuments: async (texts) => {
      const vectors: number[][] = [];
      for (let from = 0; from < texts.length; from += batchSize) {
        const batch = texts.slice(from, from + batchSize);
        vectors.push(...(await embed(isE5 ? batch.map((text) => `passage: ${text}`) : batch)));
      }
      return vectors;
    },
    embedQuery: async (text) => (await embed([isE5 ? `query: ${text}` : text]))[0] ?? [],
  };
}

function loadPackage(): Promise<unknown> {
  requirePackage(packageName, version, 'EMBEDDINGS=transformers:…');
  return import(packageName);
}
