import type { Analyse } from '../language/analyse.ts';
import { detectQuestionLanguage } from '../language/question-language.ts';
import type {
  Abstained,
  AbstainReason,
  Answer,
  Answered,
  Answerer,
  AnswerRequest,
  Generate,
  Note,
  PartialDate,
  RankSentences,
  Retrieve,
  Turn,
} from '../types.ts';
import { type AnswerEvent, type AskModel, createAskModel } from './ask-model.ts';
import { createGate, type Gate, type ReadArticle } from './citations.ts';
import { countVerdicts, findNewest, hasCitation, isOld, numberCitations, renderQuotes } from './compose.ts';
import { addOtherValues } from './disagreement.ts';
import { extractQuotes, findSureFigures, rankCandidates } from './extract.ts';
import { carryTerms } from './follow-up.ts';
import { type Written, writeAnswer } from './generate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Locale, messages } from './messages.ts';
import { createProofChecks } from './proof.ts';
import { createRewordingRetrieve, rewriteFollowUp } from './rewrite.ts';
import { type Search, searchArticles } from './search.ts';
import { asksAboutNow } from './time-phrases.ts';
import type { WordLinks } from './wording.ts';

export type { AnswerEvent } from './ask-model.ts';

export interface AnswererDeps {
  readonly retrieve: Retrieve;
  readonly rankSentences: RankSentences;
  /** Reads from the generation that `retrieve` searches. */
  readonly readArticle: ReadArticle;
  readonly analyse: Analyse;
  /** What the words of a language mean in the other, to compare claims with quotes across languages. */
  readonly links?: WordLinks;
  /** A chat model; without one answers are quotes. */
  readonly generate?: Generate;
  /** Have the model put questions in other words, to find more; one small call for each. Default false. */
  readonly reword?: boolean;
  readonly now?: () => Date;
  readonly limits?: Partial<Limits>;
  readonly report?: (event: AnswerEvent) => void;
}

/** A question with what was found for it. */
type Found = Search & {
  readonly asked: string;
  readonly request: AnswerRequest;
  readonly locale: Locale;
  readonly ask?: AskModel;
};

/** Passages searched for when nobody says how many. */
const usualPassages = 8;

/** What every answer gets, whatever it says. */
type Frame = 'question' | 'standaloneQuestion' | 'language' | 'window' | 'nearest' | 'timings';
type Outcome = Omit<Answered, Frame> | Omit<Abstained, Frame>;

/**
 * Answers from the articles, or abstains. With a chat model the answer is written, and every claim proved by quotes;
 * whenever that fails, and without a model, the articles' own sentences answer. Rejects only when the request's signal
 * is aborted or a dependency rejects.
 */
export function createAnswerer(deps: AnswererDeps): Answerer {
  const limits = { ...defaultLimits, ...deps.limits };

  return async (request): Promise<Answer> => {
    const started = performance.now();
    const now = deps.now?.() ?? new Date();
    const question = request.question.trim();
    const locale = request.locale ?? (detectQuestionLanguage(question, deps.analyse) === 'de' ? 'de' : 'en');
    if (!/[\p{L}\p{N}]/u.test(question)) {
      const timings = { retrieveMs: 0, answerMs: performance.now() - started };
      return { ...abstain('empty-question', locale), question, language: locale, nearest: [], timings };
    }

    request.onProgress?.({ step: 'searching' });
    const ask = askModelFor(deps, limits, request.signal);
    const standalone = await resolveFollowUp(question, request.history ?? [], ask);
    const retrieve = ask && deps.reword ? createRewordingRetrieve(deps.retrieve, ask) : deps.retrieve;
    const asked = standalone ?? question;
    const limit = Math.max(usualPassages, ask ? limits.modelPassages : 0);
    const search = await searchArticles(asked, { limit, ...request }, retrieve, now);
    const retrieved = performance.now();
    const outcome = await answerFrom({ ...search, asked, request, locale, ...(ask && { ask }) });
    const asOf = outcome.kind === 'answered' ? outcome.asOf : undefined;
    return {
      ...outcome,
      notes: [...noteDates(search, asksAboutNow(question) ? asOf : undefined, now, locale), ...outcome.notes],
      question,
      ...(standalone !== undefined && { standaloneQuestion: standalone }),
      language: locale,
      ...(search.window && { window: search.window }),
      nearest: search.nearest,
      timings: { retrieveMs: retrieved - started, answerMs: performance.now() - retrieved },
    };
  };

  async function resolveFollowUp(
    question: string,
    history: readonly Turn[],
    ask: AskModel | undefined,
  ): Promise<string | undefined> {
    if (history.length === 0) return undefined;
    const rewritten = ask && (await rewriteFollowUp(question, history, ask));
    return rewritten ?? carryTerms(question, history, deps.analyse);
  }

  async function answerFrom(found: Found): Promise<Outcome> {
    const { retrieval, window, asked, request, locale, ask } = found;
    const { passages, relevance } = retrieval;
    const isNarrowed = window !== undefined || request.outlet !== undefined;
    if (passages.length === 0) return abstain(isNarrowed ? 'nothing-in-window' : 'nothing-relevant', locale);
    if (relevance < limits.relevance) return abstain('nothing-relevant', locale);

    const gate = createGate(passages, deps.readArticle);
    if (!ask) {
      request.onProgress?.({ step: 'reading', passages: passages.length });
      return quote(found, gate);
    }
    const read = passages.slice(0, limits.modelPassages);
    request.onProgress?.({ step: 'reading', passages: read.length });
    const sources = [request.question, ...(request.history ?? []).map((turn) => turn.question)];
    const written = await writeAnswer(asked, read, {
      ask,
      gate,
      locale,
      isProved: createProofChecks(sources, deps).isProved,
      onChecking: (quotes) => request.onProgress?.({ step: 'checking', quotes }),
      onProved: (text, citations) => request.onProgress?.({ step: 'proved', text, citations }),
    });
    deps.report?.({ kind: 'claims-checked', ...written.claims });
    if (written.end === 'declined' && written.citations.length === 0) {
      return { ...abstain('not-stated', locale, passages), checks: written.checks };
    }
    if (hasCitation(written.citations)) return finishWritten(written, written.citations, found, gate);
    const fallback = quote(found, gate);
    if (fallback.kind === 'abstained') return { ...fallback, checks: written.checks };
    const note: Note = { kind: 'model-failed', text: messages[locale].modelFailed };
    return { ...fallback, notes: [...fallback.notes, note] };
  }

  /** The answer in the articles' own sentences. */
  function quote({ retrieval, asked, locale }: Found, gate: Gate): Outcome {
    const { passages } = retrieval;
    const candidates = rankCandidates(asked, passages, deps);
    const best = extractQuotes(candidates, gate, limits);
    const figures = findSureFigures(candidates, gate, limits);
    const { quotes, notes } = addOtherValues(best, figures, deps.analyse, locale);
    const citations = numberCitations(quotes);
    if (!hasCitation(citations)) return abstain('not-stated', locale, passages);
    return answered('quotes', renderQuotes(citations, locale), citations, countVerdicts(quotes), notes);
  }

  /** A written answer, with the quote of an article that gives another figure, if the model left that out. */
  function finishWritten(
    written: Written,
    citations: Answered['citations'],
    { retrieval, asked, locale }: Found,
    gate: Gate,
  ): Outcome {
    const candidates = rankCandidates(asked, retrieval.passages, deps);
    const figures = findSureFigures(candidates, gate, limits);
    const { quotes, notes } = addOtherValues(citations, figures, deps.analyse, locale);
    const all = numberCitations(quotes);
    const added = all.slice(citations.length);
    const text = [written.text, ...(added.length > 0 ? [renderQuotes(added, locale)] : [])].join('\n');
    const cutShort: Note[] =
      written.end === 'failed' ? [{ kind: 'model-failed', text: messages[locale].cutShort }] : [];
    const checks = countVerdicts(all, written.checks.notFound);
    return answered('model', text, hasCitation(all) ? all : citations, checks, [...notes, ...cutShort]);
  }

  /** The window applied, and for a question about now that the evidence is old. */
  function noteDates(search: Search, newest: PartialDate | undefined, now: Date, locale: Locale): Note[] {
    const texts = messages[locale];
    const notes: Note[] = [];
    if (newest !== undefined && isOld(newest, now, limits.oldEvidenceDays))
      notes.push({ kind: 'old-evidence', text: texts.oldEvidence(newest) });
    if (search.window) notes.push({ kind: 'window', text: texts.window(search.window, search.words) });
    return notes;
  }
}

/** The chat model for one answer, if there is one. */
export const askModelFor = (
  { generate, report }: AnswererDeps,
  { answerMs }: Limits,
  signal: AbortSignal | undefined,
): AskModel | undefined =>
  generate && createAskModel({ generate, answerMs, ...(signal && { signal }), ...(report && { report }) });

function answered(
  by: Answered['by'],
  text: string,
  citations: Answered['citations'],
  checks: Answered['checks'],
  notes: readonly Note[],
): Outcome {
  const newest = findNewest(citations);
  return {
    kind: 'answered',
    by,
    text,
    citations,
    checks,
    notes,
    ...(newest !== undefined && { asOf: newest }),
  };
}

function abstain(
  reason: AbstainReason,
  locale: Locale,
  closest: Abstained['closest'] = [],
): Omit<Abstained, Frame> {
  const { refusal, suggestion } = messages[locale];
  return {
    kind: 'abstained',
    reason,
    text: refusal[reason],
    suggestion: suggestion[reason],
    closest: closest.slice(0, 3),
    checks: { verified: 0, repaired: 0, misattributed: 0, notFound: 0 },
    notes: [],
  };
}
