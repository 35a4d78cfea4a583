import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { codeOf, Fault, messageOf } from '../errors.ts';
import { requirePackage } from './packages.ts';

export interface EmbeddingsConfig {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly timeoutMs: number;
}

/** Texts sent in one request. */
const batchSize = 128;

type Open = (model: string, config: EmbeddingsConfig) => Promise<EmbeddingsInterface>;

const providers: Readonly<Record<string, Open>> = {
  openai: async (model, { baseUrl, apiKey, timeoutMs }) => {
    const { OpenAIEmbeddings } = await import('@langchain/openai');
    return new OpenAIEmbeddings({
      model,
      batchSize,
      maxRetries: 1,
      timeout: timeoutMs,
      ...(apiKey !== undefined && { apiKey }),
      // Another server never gets OpenAI's key; most that run locally take any.
      ...(baseUrl !== undefined && { apiKey: apiKey ?? 'none', configuration: { baseURL: baseUrl } }),
    });
  },
  ollama: async (model, { baseUrl, timeoutMs }) => {
    requirePackage('@langchain/ollama', '1.3.0', `EMBEDDINGS=ollama:${model}`);
    const { OllamaEmbeddings } = await import('@langchain/ollama');
    return new OllamaEmbeddings({
      model,
      maxRetries: 1,
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      ...(baseUrl !== undefined && { baseUrl }),
    });
  },
  transformers: async (folder) => {
    const { openTransformers } = await import('./transformers.ts');
    return openTransformers(folder);
  },
};

/**
 * An embedding model by its name: `openai:text-embedding-3-small` (and any server with that protocol by base URL),
 * `ollama:bge-m3`, `transformers:FOLDER`. Vectors come in the order of the texts; no text gives none.
 * @throws {Fault} for a name that is not known or a package that is missing; each call throws one that says what to
 * mend when the provider cannot be used, and does so within the time limit, one retry included.
 */
export async function openEmbeddings(spec: string, config: EmbeddingsConfig): Promise<EmbeddingsInterface> {
  const colon = spec.indexOf(':');
  const open = providers[spec.slice(0, Math.max(0, colon))];
  const model = spec.slice(colon + 1);
  if (!open || model === '')
    throw new Fault(
      `EMBEDDINGS: "${spec}" is no embedding model. Use built-in, openai:MODEL, ollama:MODEL or transformers:FOLDER.`,
    );
  const embeddings = await open(model, config);
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof Fault ? error : describeFault(error, spec, config);
    }
  };
  return {
    embedDocuments: (texts) =>
      texts.length === 0 ? Promise.resolve([]) : guard(() => embedBatches(embeddings, texts)),
    embedQuery: (text) => guard(() => embeddings.embedQuery(text)),
  };
}

/** One batch after the other: a client that sends all at once is refused by its provider. */
async function embedBatches(embeddings: EmbeddingsInterface, texts: readonly string[]): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let from = 0; from < texts.length; from += batchSize) {
    const batch = texts.slice(from, from + batchSize);
    const made = await embeddings.embedDocuments(batch);
    if (made.length !== batch.length)
      throw new Error(`${made.length} vectors came back for ${batch.length} texts`);
    vectors.push(...made);
  }
  return vectors;
}

function describeFault(error: unknown, spec: string, { baseUrl, timeoutMs }: EmbeddingsConfig): Fault {
  const { status, status_code: code } = (error ?? {}) as { status?: unknown; status_code?: unknown };
  const words = `${codeOf(error) ?? ''} ${messageOf(error)}`;
  const isKey = status === 401 || status === 403 || /credentials|api.?key/i.test(words);
  const where = baseUrl ?? 'the provider';
  const advice = isKey
    ? 'the API key is missing or was refused: set EMBEDDINGS_API_KEY or, with openai, OPENAI_API_KEY'
    : status === 404 || code === 404
      ? 'there is no such model: check EMBEDDINGS (with Ollama, pull the model first)'
      : /timed? ?out|aborted/i.test(words)
        ? `no reply within ${timeoutMs / 1000} s: raise EMBEDDINGS_TIMEOUT`
        : `${where} could not be used: check EMBEDDINGS_BASE_URL and the network (${words.trim().slice(0, 200)})`;
  return new Fault(`EMBEDDINGS=${spec}: ${advice}.`, { cause: error });
}
