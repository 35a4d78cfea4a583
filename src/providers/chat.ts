import { Fault } from '../errors.ts';
import type { Generate, Generated, GenerateRequest, GenerationFailure } from '../types.ts';
import {
  describeFailure,
  type FailureContext,
  findRemedy,
  type Remedy,
  readFailure,
} from './chat-failures.ts';
import { chatProviders } from './chat-providers.ts';
import { requirePackage } from './packages.ts';
import { createSlots } from './slots.ts';

export interface ChatConfig {
  /** `provider:model`, for example `openai:gpt-4.1-mini`. */
  readonly model: string;
  /** Of another server that speaks the provider's protocol. */
  readonly baseUrl?: string;
  /** Overrules the environment variable of the provider's own package. */
  readonly apiKey?: string;
  readonly callTimeoutMs: number;
  /** Longest reply. */
  readonly maxTokens: number;
  /** Calls at once; more wait. */
  readonly concurrency: number;
}

type Stream = AsyncIterable<Chunk>;
interface Chunk {
  readonly text: string;
  readonly usage_metadata?: { readonly input_tokens: number; readonly output_tokens: number } | undefined;
  readonly response_metadata: Readonly<Record<string, unknown>>;
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
}

const pauseBeforeRetry = 300;

/**
 * A chat model of any provider in `chatProviders`, through LangChain's `initChatModel`; its packages are loaded here
 * and nowhere else. A call that fails in passing before it has said anything is made once more; so is one that
 * the server finds wrong, with the form of the reply described in words, as the server may not take a schema.
 * @throws {Fault} for a provider that is not known or whose package is not installed.
 */
export async function openChatModel(config: ChatConfig): Promise<Generate> {
  const colon = config.model.indexOf(':');
  const name = config.model.slice(0, colon);
  const provider = chatProviders[name];
  if (!provider)
    throw new Fault(
      `CHAT_MODEL: there is no provider "${name}" (is "${config.model}"). Choose one of ${Object.keys(chatProviders).join(', ')}.`,
    );
  requirePackage(provider.package, provider.version, `CHAT_MODEL=${config.model}`);
  // Loaded now, so that the first call's time is the model's alone.
  const [{ initChatModel }] = await Promise.all([import('langchain'), import(provider.package)]);
  /** A model for one call: some clients can be stopped only through what they are made with. */
  const openModel = ({ maxTokens = config.maxTokens }: GenerateRequest, signal: AbortSignal) =>
    initChatModel(config.model.slice(colon + 1), {
      modelProvider: name,
      maxRetries: 0,
      ...provider.options({ ...config, maxTokens: Math.min(maxTokens, config.maxTokens), signal }),
    });

  const context: FailureContext = {
    model: config.model,
    callTimeoutMs: config.callTimeoutMs,
    ...(config.baseUrl !== undefined && { baseUrl: withoutSecrets(config.baseUrl) }),
    ...(provider.keyVariable !== undefined && { keyVariable: provider.keyVariable }),
  };
  const takeSlot = createSlots(config.concurrency);
  let takesSchema = provider.structured !== undefined;

  return async (request) => {
    const release = await takeSlot(request.signal);
    try {
      const first = await call(request, takesSchema);
      if (first.kind === 'generated') return first;
      const isSchemaRefused = takesSchema && request.form !== undefined && first.remedy === 'other-request';
      if (!isSchemaRefused && first.remedy !== 'same-request') return toFailure(first);
      await pause(pauseBeforeRetry, request.signal);
      const second = await call(request, takesSchema && !isSchemaRefused);
      if (second.kind === 'failed') return toFailure(second);
      if (isSchemaRefused) takesSchema = false;
      return second;
    } finally {
      release();
    }
  };

  async function call(request: GenerateRequest, usesSchema: boolean): Promise<Generated | BrokenOff> {
    const timeout = AbortSignal.timeout(config.callTimeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    let text = '';
    try {
      const { form } = request;
      const options = { signal, ...(usesSchema && form && provider?.structured?.(form.schema)) };
      const system = [request.system, usesSchema ? form?.structured : form?.plain]
        .filter(Boolean)
        .join('\n\n');
      const model = await openModel(request, signal);
      const stream = await untilAborted(
        model.stream(
          [
            ['system', system],
            ['human', request.prompt],
          ],
          options,
        ) as Promise<Stream>,
        signal,
      );
      let usage: Chunk['usage_metadata'];
      let refusal = '';
      for await (const chunk of readUntilAborted(stream, signal)) {
        usage = chunk.usage_metadata ?? usage;
        refusal ||= readRefusal(chunk);
        if (chunk.text === '') continue;
        text += chunk.text;
        request.onText?.(text);
      }
      if (refusal) return { ...describeFailure('refusal', context, refusal), remedy: 'none' };
      if (text.trim() === '') return { ...describeFailure('empty', context), remedy: 'none' };
      return {
        kind: 'generated',
        text,
        inputTokens: usage?.input_tokens ?? 0,
        outputTokens: usage?.output_tokens ?? 0,
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      if (timeout.aborted) return { ...describeFailure('timeout', context), remedy: 'none' };
      return { ...readFailure(error, context), remedy: text === '' ? findRemedy(error) : 'none' };
    }
  }
}

/** An address without the name and password it may hold. */
const withoutSecrets = (url: string) => url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');

interface BrokenOff extends GenerationFailure {
  readonly remedy: Remedy;
}

const toFailure = ({ kind, failure, message }: BrokenOff): GenerationFailure => ({ kind, failure, message });

/** What a reply's end says about a refusal; '' when it ended well. */
function readRefusal({ response_metadata: end, additional_kwargs: extra }: Chunk): string {
  const reason = String(end.finish_reason ?? end.stop_reason ?? end.finishReason ?? '');
  if (typeof extra.refusal === 'string' && extra.refusal !== '') return 'refusal';
  return /content_filter|refusal|safety|blocked/i.test(reason) ? reason : '';
}

/** Rejects as soon as the signal is aborted: not every client does (ChatOllama resolves with nothing, seconds later). */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function* readUntilAborted(stream: Stream, signal: AbortSignal): AsyncGenerator<Chunk> {
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await untilAborted(iterator.next(), signal);
      if (done) break;
      yield value;
    }
    signal.throwIfAborted();
  } finally {
    // Not waited for: a stalled server would hold it up.
    iterator.return?.().catch(() => {});
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, ms));
  return signal ? untilAborted(waited, signal) : waited;
};
