import type { Analyse } from '../language/analyse.ts';
import { detectLanguage } from '../language/detect.ts';
import type {
  Abstained,
  AbstainReason,
  Answer,
  Answered,
  Answerer,
  AnswerRequest,
  Generate,
  GenerationFailureKind,
  Note,
  PartialDate,
  RankSentences,
  Retrieve,
} from '../types.ts';
import { createGate, type ReadArticle } from './citations.ts';
import { countVerdicts, findNewest, hasCitation, isOld, numberCitations, renderQuotes } from './compose.ts';
import { addOtherValues } from './disagreement.ts';
import { extractQuotes, findSureSentences } from './extract.ts';
import { carryTerms } from './follow-up.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Locale, messages } from './messages.ts';
import type { WordLinks } from './names.ts';
import { type Search, searchArticles } from './search.ts';
import { asksAboutNow } from './time-phrases.ts';

export interface AnswererDeps {
  readonly retrieve: Retrieve;
  readonly rankSentences: RankSentences;
  /** Reads from the generation that `retrieve` searches. */
  readonly readArticle: ReadArticle;
  readonly analyse: Analyse;
  /** What the words of a language mean in the other, to compare names across languages. */
  readonly links?: WordLinks;
  /** A chat model; without one answers are quotes. */
  readonly generate?: Generate;
  readonly now?: () => Date;
  readonly limits?: Partial<Limits>;
  readonly report?: (event: AnswerEvent) => void;
}

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
  /** Claims of the model that were not shown, and why. */
  | {
      readonly kind: 'claims-checked';
      readonly proved: number;
      readonly unquoted: number;
      readonly unproved: number;
    };

export type ModelTask = 'answer' | 'rewrite-follow-up' | 'reword-question' | 'check-claims';

/** What every answer gets, whatever it says. */
type Frame = 'question' | 'standaloneQuestion' | 'language' | 'window' | 'nearest' | 'timings';
type Outcome = Omit<Answered, Frame> | Omit<Abstained, Frame>;

/** Answers with the articles' own sentences, or abstains. Rejects only when a dependency does. */
export function createAnswerer(deps: AnswererDeps): Answerer {
  const limits = { ...defaultLimits, ...deps.limits };

  return async (request): Promise<Answer> => {
    const started = performance.now();
    const now = deps.now?.() ?? new Date();
    const question = request.question.trim();
    const locale = request.locale ?? (detectLanguage(question) === 'de' ? 'de' : 'en');
    if (!/[\p{L}\p{N}]/u.test(question)) {
      const timings = { retrieveMs: 0, answerMs: performance.now() - started };
      return { ...abstain('empty-question', locale), question, language: locale, nearest: [], timings };
    }

    const standalone = carryTerms(question, request.history ?? [], deps.analyse);
    const asked = standalone ?? question;
    request.onProgress?.({ step: 'searching' });
    const search = await searchArticles(asked, request, deps.retrieve, now);
    const retrieved = performance.now();
    const outcome = answerFrom(search, asked, request, locale);
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

  function answerFrom(search: Search, asked: string, request: AnswerRequest, locale: Locale): Outcome {
    const { passages, relevance } = search.retrieval;
    const isNarrowed = search.window !== undefined || request.outlet !== undefined;
    if (passages.length === 0) return abstain(isNarrowed ? 'nothing-in-window' : 'nothing-relevant', locale);
    if (relevance < limits.relevance) return abstain('nothing-relevant', locale);
    request.onProgress?.({ step: 'reading', passages: passages.length });

    const tools = { ...deps, gate: createGate(passages, deps.readArticle), limits };
    const best = extractQuotes(asked, passages, tools);
    const { quotes, notes } = addOtherValues(
      best,
      findSureSentences(asked, passages, tools),
      deps.analyse,
      locale,
    );
    const citations = numberCitations(quotes);
    if (!hasCitation(citations)) return abstain('not-stated', locale, passages);
    const newest = findNewest(citations);
    return {
      kind: 'answered',
      by: 'quotes',
      text: renderQuotes(citations, locale),
      citations,
      checks: countVerdicts(quotes),
      notes,
      ...(newest !== undefined && { asOf: newest }),
    };
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
