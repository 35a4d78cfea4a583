import { z } from 'zod';
import type { Answer, Citation } from '../types.ts';

const span = z.tuple([z.number().int().min(0), z.number().int().min(0)]);
const date = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const window = z.object({ since: date.optional(), until: date.optional() });

/** The object that `ask --json` prints. Optional fields are left out rather than null. */
export const answerJsonSchema = z.strictObject({
  question: z.string(),
  /** The question that was searched for, when a follow-up was made to stand alone. */
  standaloneQuestion: z.string().optional(),
  kind: z.enum(['answered', 'abstained']),
  /** Who put the answer together: the articles' own sentences, or a chat model whose quotes were checked. */
  by: z.enum(['quotes', 'model']).optional(),
  text: z.string(),
  reason: z.enum(['nothing-relevant', 'not-stated', 'nothing-in-window', 'empty-question']).optional(),
  suggestion: z.string().optional(),
  asOf: date.optional(),
  window: window.optional(),
  notes: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
  citations: z.array(
    z.strictObject({
      marker: z.number().int().min(1),
      quote: z.string().min(1),
      verdict: z.enum(['verified', 'repaired', 'misattributed']),
      translation: z.string().optional(),
      article: z.strictObject({
        id: z.string(),
        path: z.string(),
        title: z.string(),
        date: date.optional(),
        source: z.string().optional(),
        url: z.string().optional(),
      }),
      /** UTF-16 offsets of the quote in the article's body. */
      span,
      passage: z.strictObject({ id: z.string(), key: z.string() }),
    }),
  ),
  checks: z.strictObject({
    verified: z.number().int(),
    repaired: z.number().int(),
    misattributed: z.number().int(),
    notFound: z.number().int(),
  }),
  nearest: z.array(z.strictObject({ title: z.string(), date: date.optional(), path: z.string() })),
  timings: z.strictObject({ retrieveMs: z.number().min(0), answerMs: z.number().min(0) }),
});

export type AnswerJson = z.input<typeof answerJsonSchema>;

/** An answer as programs read it. */
export function renderAnswerJson(answer: Answer): AnswerJson {
  const own =
    answer.kind === 'answered'
      ? { by: answer.by, asOf: answer.asOf, citations: answer.citations.map(renderCitation) }
      : { reason: answer.reason, suggestion: answer.suggestion, citations: [] };
  const { question, standaloneQuestion, kind, text, notes, checks, timings } = answer;
  return withoutUndefined({
    question,
    standaloneQuestion,
    kind,
    text,
    window: answer.window,
    notes: notes.map((note) => ({ ...note })),
    ...own,
    checks: { ...checks },
    nearest: answer.nearest.map(({ title, date, path }) => withoutUndefined({ title, date, path })),
    timings: { ...timings },
  });
}

function renderCitation({ marker, quote, verdict, translation, article, passage }: Citation) {
  const { id, path, title, date, source, url } = article;
  return withoutUndefined({
    marker,
    quote: quote.text,
    verdict,
    translation,
    article: withoutUndefined({ id, path, title, date, source, url }),
    span: [quote.span[0], quote.span[1]] as [number, number],
    passage: { id: passage.id, key: passage.key },
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
