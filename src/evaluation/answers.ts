import type { Answer } from '../types.ts';
import { share } from './metrics.ts';

/** What a chat model did during an evaluation; the shape of the answerer's events. */
export type ModelEvent =
  | {
      readonly kind: 'model-answered';
      readonly ms: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  | { readonly kind: 'model-failed'; readonly ms: number; readonly failure: string }
  | {
      readonly kind: 'claims-checked';
      readonly proved: number;
      readonly unquoted: number;
      readonly unproved: number;
    };

/** How written answers came out. Shares are 0..1, or null where nothing was there to measure. */
export interface WrittenAnswers {
  /** Questions answered in the model's words; the rest was answered by quotes or refused. */
  readonly written: number | null;
  /** Answers of which every quote was found as the model gave it. */
  readonly allVerified: number | null;
  readonly claims: { readonly proved: number; readonly unquoted: number; readonly unproved: number };
  readonly quotes: {
    readonly verified: number;
    readonly repaired: number;
    readonly misattributed: number;
    readonly notFound: number;
  };
  readonly calls: { readonly answered: number; readonly failed: Readonly<Record<string, number>> };
  readonly tokens: { readonly input: number; readonly output: number };
  /** Milliseconds of a call; null without calls. */
  readonly callMs: { readonly p50: number | null; readonly p95: number | null };
}

/** Collects answers and events while questions are asked. */
export function createAnswerTally(): {
  readonly addAnswer: (answer: Answer) => void;
  readonly addEvent: (event: ModelEvent) => void;
  readonly summarise: () => WrittenAnswers;
} {
  const answers: Answer[] = [];
  const events: ModelEvent[] = [];
  return {
    addAnswer: (answer) => answers.push(answer),
    addEvent: (event) => events.push(event),
    summarise: () => summarise(answers, events),
  };
}

function summarise(answers: readonly Answer[], events: readonly ModelEvent[]): WrittenAnswers {
  const written = answers.filter((answer) => answer.kind === 'answered' && answer.by === 'model');
  const replies = events.filter((event) => event.kind === 'model-answered');
  const checked = events.filter((event) => event.kind === 'claims-checked');
  const failed: Record<string, number> = {};
  for (const event of events) {
    if (event.kind === 'model-failed') failed[event.failure] = (failed[event.failure] ?? 0) + 1;
  }
  const times = replies.map(({ ms }) => ms).sort((a, b) => a - b);
  const percentile = (p: number) => times[Math.min(times.length - 1, Math.floor(p * times.length))] ?? null;
  return {
    written: share(written.length, answers.length),
    allVerified: share(written.filter(({ checks }) => isAllVerified(checks)).length, written.length),
    claims: {
      proved: sum(checked, ({ proved }) => proved),
      unquoted: sum(checked, ({ unquoted }) => unquoted),
      unproved: sum(checked, ({ unproved }) => unproved),
    },
    quotes: {
      verified: sum(written, ({ checks }) => checks.verified),
      repaired: sum(written, ({ checks }) => checks.repaired),
      misattributed: sum(written, ({ checks }) => checks.misattributed),
      notFound: sum(written, ({ checks }) => checks.notFound),
    },
    calls: { answered: replies.length, failed },
    tokens: {
      input: sum(replies, ({ inputTokens }) => inputTokens),
      output: sum(replies, ({ outputTokens }) => outputTokens),
    },
    callMs: { p50: percentile(0.5), p95: percentile(0.95) },
  };
}

const isAllVerified = ({ repaired, misattributed, notFound }: Answer['checks']) =>
  repaired + misattributed + notFound === 0;

const sum = <T>(list: readonly T[], read: (element: T) => number) =>
  list.reduce((total, element) => total + read(element), 0);
