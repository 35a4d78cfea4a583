import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { MODEL_DIR } from '../config.ts';
import type { EmbedPassages } from '../index/embed-rows.ts';
import { type Analyse, createAnalyser } from '../language/analyse.ts';
import { detectLanguage } from '../language/detect.ts';
import { createEncoder } from '../language/encode.ts';
import type { LanguageModel } from '../language/model.ts';
import { openModel } from '../language/open-model.ts';
import { detectQuestionLanguage } from '../language/question-language.ts';

/** The embedding model that makes and searches the vectors of an index. */
export interface Embedder {
  /** As configured: `built-in`, `openai:…`. */
  readonly name: string;
  /** Changes whenever vectors of another run could not be compared with these. */
  readonly fingerprint: string;
  /** Numbers in a vector. Asks the model where only it knows. */
  readonly readDimensions: () => Promise<number>;
  /** A question as a unit vector. */
  readonly embedQuery: (question: string) => Promise<Float32Array>;
  /** Passages best embedded at once. */
  readonly batchSize: number;
  /** Vectors of passages: those that the model as LangChain knows it gives for their texts. */
  readonly embedPassages: EmbedPassages;
  /** The model as LangChain knows it; what that takes is loaded only here. */
  readonly openEmbeddings: () => Promise<EmbeddingsInterface>;
}

/** The built-in model with everything bound to it. */
export interface LanguageTools {
  readonly model: LanguageModel;
  readonly analyse: Analyse;
  readonly embedder: Embedder;
}

/** What decides about the embedding model. */
export interface EmbedderConfig {
  readonly EMBEDDINGS: string;
  readonly EMBEDDINGS_BASE_URL?: string | undefined;
  readonly EMBEDDINGS_API_KEY?: string | undefined;
  readonly EMBEDDINGS_TIMEOUT: number;
}

/** Raise with every change to how words are read: they make the vectors as much as the model's files do. */
const WORDS_VERSION = 2;

/** One model a process: its analyser remembers the words it has seen. */
let builtIn: Promise<{ model: LanguageModel; analyse: Analyse }> | undefined;

/** Opens the built-in model, and the embedding model that the configuration names. */
export async function openLanguage(config: EmbedderConfig): Promise<LanguageTools> {
  builtIn ??= openModel(MODEL_DIR).then((model) => ({ model, analyse: createAnalyser(model) }));
  const { model, analyse } = await builtIn;
  const embedder =
    config.EMBEDDINGS === 'built-in' ? createBuiltInEmbedder(model, analyse) : await openProvider(config);
  return { model, analyse, embedder };
}

function createBuiltInEmbedder(model: LanguageModel, analyse: Analyse): Embedder {
  const encode = createEncoder(model);
  return {
    name: 'built-in',
    fingerprint: `built-in ${model.fingerprint}-${WORDS_VERSION}`,
    readDimensions: async () => model.dimensions,
    embedQuery: async (question) => encode(analyse(question, detectQuestionLanguage(question, analyse))),
    // Nothing is gained by waiting for more, and words that wait take memory.
    batchSize: 1,
    // The words are read already, nearly always in the language that the model takes the text for.
    embedPassages: async (passages) =>
      passages.map(({ text, language, words }) => {
        const detected = detectLanguage(text);
        return encode(detected === language ? words : analyse(text, detected));
      }),
    openEmbeddings: async () => {
      const { createBuiltInEmbeddings } = await import('../language/embeddings.ts');
      return createBuiltInEmbeddings(model, analyse);
    },
  };
}

/** Any other model, through LangChain; its packages are loaded only here. */
async function openProvider(config: EmbedderConfig): Promise<Embedder> {
  const { openEmbeddings } = await import('../providers/embeddings.ts');
  const embeddings = await openEmbeddings(config.EMBEDDINGS, {
    timeoutMs: config.EMBEDDINGS_TIMEOUT * 1000,
    ...(config.EMBEDDINGS_BASE_URL !== undefined && { baseUrl: config.EMBEDDINGS_BASE_URL }),
    ...(config.EMBEDDINGS_API_KEY !== undefined && { apiKey: config.EMBEDDINGS_API_KEY }),
  });
  return {
    name: config.EMBEDDINGS,
    fingerprint: [config.EMBEDDINGS, config.EMBEDDINGS_BASE_URL].filter(Boolean).join('@'),
    readDimensions: async () => (await embeddings.embedQuery('Fundstelle')).length,
    embedQuery: async (question) => toUnitVector(await embeddings.embedQuery(question)),
    batchSize: 256,
    embedPassages: (passages) => embeddings.embedDocuments(passages.map(({ text }) => text)),
    openEmbeddings: async () => embeddings,
  };
}

/** The index compares by inner product, so vectors must have length 1; one of zeros stays as it is. */
function toUnitVector(vector: readonly number[]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
