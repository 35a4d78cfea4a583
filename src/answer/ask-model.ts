import { messageOf } from '../errors.ts';
import type {
  Generate,
  Generated,
  GenerateRequest,
  GenerationFailure,
  GenerationFailureKind,
} from '../types.ts';

export type ModelTask = 'answer' | 'rewrite-follow-up' | 'reword-question' | 'check-claims';

/** What happened while answering, for logs and measurements; never holds text of questions or answers. */
export type AnswerEvent =
  | {
      readonly kind: 'model-answered';
      readonly task: ModelTask;
      readonly ms: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  | {
      readonly kind: 'model-failed';
      readonly task: ModelTask;
      readonly ms: number;
      readonly failure: GenerationFailureKind;
      /** For the operator: what is wrong and what to do next. */
      readonly message: string;
    }
  /** `unquoted` claims had no quote that was found, `unproved` ones say more than their quotes. */
  | {
      readonly kind: 'claims-checked';
      readonly proved: number;
      readonly unquoted: number;
      readonly unproved: number;
    };

/**
 * Asks the model within the time of one answer; a reply that is not readable counts as a failure. Rejects only when
 * the person gave up.
 */
export type AskModel = (
  task: ModelTask,
  request: Omit<GenerateRequest, 'signal'>,
  isReadable: (reply: string) => boolean,
) => Promise<Generated | GenerationFailure>;

export interface AskModelOptions {
  readonly generate: Generate;
  /** Time for everything that is asked for one answer. */
  readonly answerMs: number;
  /** Aborted when the person gave up. */
  readonly signal?: AbortSignal;
  readonly report?: (event: AnswerEvent) => void;
}

/** The model for one answer: its time begins now. Whatever a model does, the answer goes on when the time is over. */
export function createAskModel({ generate, answerMs, signal, report }: AskModelOptions): AskModel {
  const deadline = AbortSignal.timeout(answerMs);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;

  return async (task, request, isReadable) => {
    const started = performance.now();
    const reply = await askInTime(request);
    signal?.throwIfAborted();
    const result =
      reply.kind === 'generated' && !isReadable(reply.text)
        ? failed(
            'garbage',
            'The reply of the chat model could not be read: choose a model that follows instructions better.',
          )
        : reply;
    const ms = performance.now() - started;
    if (result.kind === 'failed')
      report?.({ kind: 'model-failed', task, ms, failure: result.failure, message: result.message });
    else {
      const { inputTokens, outputTokens } = result;
      report?.({ kind: 'model-answered', task, ms, inputTokens, outputTokens });
    }
    return result;
  };

  async function askInTime(request: Omit<GenerateRequest, 'signal'>): Promise<Generated | GenerationFailure> {
    const { onText } = request;
    try {
      return await generate({
        ...request,
        signal: either,
        // Nothing that comes too late may still be shown.
        ...(onText && { onText: (text) => either.aborted || onText(text) }),
      });
    } catch (error) {
      return deadline.aborted
        ? failed(
            'timeout',
            `The chat model did not finish an answer within ${answerMs / 1000} s: raise CHAT_ANSWER_TIMEOUT, or choose a faster model.`,
          )
        : failed('server', `The chat model failed: ${messageOf(error)}`);
    }
  }
}

const failed = (failure: GenerationFailureKind, message: string): GenerationFailure => ({
  kind: 'failed',
  failure,
  message,
});
