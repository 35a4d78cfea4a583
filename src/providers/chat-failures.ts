import { codeOf, messageOf } from '../errors.ts';
import type { GenerationFailure, GenerationFailureKind } from '../types.ts';

/** Longest part of a provider's own message that is passed on. */
const longestDetail = 200;

/** What is known about a failure when its message is written. */
export interface FailureContext {
  /** As configured: `openai:gpt-4.1-mini`. */
  readonly model: string;
  readonly baseUrl?: string;
  readonly keyVariable?: string;
  readonly callTimeoutMs: number;
}

/** Advice for the operator, by kind of failure. */
const advice: Readonly<Record<GenerationFailureKind, (context: FailureContext) => string>> = {
  'missing-key': ({ keyVariable }) =>
    `no API key is set: set CHAT_API_KEY${keyVariable ? ` or ${keyVariable}` : ''}`,
  'wrong-key': ({ keyVariable }) =>
    `the API key was refused: check CHAT_API_KEY${keyVariable ? ` or ${keyVariable}` : ''}`,
  'unknown-model': ({ baseUrl }) =>
    `there is no such model${baseUrl ? ` at ${baseUrl}` : ''}: check CHAT_MODEL (with Ollama, pull the model first)`,
  'no-credit': () => 'the account has no credit left: add some, or choose another CHAT_MODEL',
  'rate-limit': () => 'too many requests: lower CHAT_CONCURRENCY, or raise the limit of the account',
  'too-long': () =>
    'the prompt is too long for this model: lower CHAT_MAX_PASSAGES, or choose a larger model',
  refusal: () => 'the model refused to answer',
  empty: () => 'the model sent an empty reply: raise CHAT_MAX_TOKENS, or choose another CHAT_MODEL',
  garbage: () => 'the reply could not be read: choose a model that follows instructions better',
  timeout: ({ callTimeoutMs }) =>
    `no complete reply within ${callTimeoutMs / 1000} s: raise CHAT_CALL_TIMEOUT, or choose a faster model`,
  connection: ({ baseUrl }) =>
    `${baseUrl ?? 'the provider'} could not be reached: check CHAT_BASE_URL and the network`,
  server: ({ baseUrl }) => `${baseUrl ?? 'the provider'} reported an error`,
};

export function describeFailure(
  failure: GenerationFailureKind,
  context: FailureContext,
  detail?: string,
): GenerationFailure {
  const said = detail ? ` (${detail})` : '';
  return {
    kind: 'failed',
    failure,
    message: `Chat model ${context.model}: ${advice[failure](context)}${said}.`,
  };
}

/** What a provider's client threw, as a failure. Clients agree on little: status, code and words are all looked at. */
export function readFailure(error: unknown, context: FailureContext): GenerationFailure {
  const failure = classifyError(error);
  // Providers repeat a part of a wrong key in their message.
  const detail = failure === 'wrong-key' || failure === 'missing-key' ? undefined : readDetail(error);
  return describeFailure(failure, context, detail);
}

/** What may help after a failed call: the same call a moment later, one that asks for less, or nothing. */
export type Remedy = 'same-request' | 'other-request' | 'none';

export function findRemedy(error: unknown): Remedy {
  const failure = classifyError(error);
  const status = statusOf(error);
  if (failure === 'server' && (status === 400 || status === 422)) return 'other-request';
  const isPassing =
    failure === 'connection' || failure === 'rate-limit' || (failure === 'server' && (status ?? 500) >= 500);
  return isPassing ? 'same-request' : 'none';
}

function classifyError(error: unknown): GenerationFailureKind {
  const status = statusOf(error);
  const words = `${codeOf(error) ?? ''} ${messageOf(error)}`.toLowerCase();
  const says = (pattern: RegExp) => pattern.test(words);

  if (says(/insufficient_quota|credit balance|billing|payment required/) || status === 402)
    return 'no-credit';
  if (
    says(/context.{0,10}length|maximum context|too many tokens|prompt is too long|too large/) ||
    status === 413
  )
    return 'too-long';
  if (says(/content.?(?:filter|policy)|safety/)) return 'refusal';
  if (status === 401 || status === 403 || says(/invalid.{0,10}api.?key|api.?key not valid/))
    return 'wrong-key';
  if (status === 404 || says(/model.{0,60}(?:not found|does not exist)/)) return 'unknown-model';
  if (status === 429) return 'rate-limit';
  if (status === undefined && says(/missing credentials|api.?key/)) return 'missing-key';
  if (status === undefined && isConnectionError(error)) return 'connection';
  if (status === 408 || status === 504) return 'timeout';
  return 'server';
}

function isConnectionError(error: unknown): boolean {
  const words = `${codeOf(error) ?? ''} ${messageOf(error)}`;
  if (
    /ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|UND_ERR|connection error|fetch failed|terminated|socket|closed|premature/i.test(
      words,
    )
  )
    return true;
  return error instanceof Error && error.cause !== undefined && isConnectionError(error.cause);
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { status, status_code: code } = error as { status?: unknown; status_code?: unknown };
  const number = status ?? code;
  return typeof number === 'number' ? number : undefined;
}

const readDetail = (error: unknown): string =>
  messageOf(error)
    .replace(/\s*Troubleshooting URL:.*$/s, '')
    .replace(/\b(?:sk|gsk|key|Bearer)[-_ ][\w-]{6,}/g, '[key]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestDetail);
