import { randomBytes } from 'node:crypto';
import type { Citation, QuoteChecks, ScoredPassage } from '../types.ts';
import type { AskModel } from './ask-model.ts';
import type { Gate, Proof } from './citations.ts';
import { countVerdicts, numberCitations, renderMarkers } from './compose.ts';
import { makeInert } from './inert.ts';
import type { Locale } from './messages.ts';
import { parseReply, type WrittenClaim, type WrittenQuote } from './parse-reply.ts';
import { buildAnswerPrompt } from './prompt.ts';
import type { IsProved } from './proof.ts';

/** A claim of the model that its quotes prove, and these. */
export interface ProvedClaim {
  readonly text: string;
  readonly quotes: readonly TranslatedProof[];
}

export type TranslatedProof = Proof & { readonly translation?: string };

/** More than a person reads; bounds what a reply can cost. */
const mostClaims = 12;
const mostQuotes = 6;
const longestQuote = 1200;
const longestClaim = 1000;

export interface WriteDeps {
  readonly ask: AskModel;
  readonly gate: Gate;
  readonly isProved: IsProved;
  readonly locale: Locale;
  /** Called when quotes of a claim are about to be checked. */
  readonly onChecking?: (quotes: number) => void;
  /** Called with all that is proved so far, whenever there is one claim more. */
  readonly onProved?: (text: string, citations: readonly Citation[]) => void;
}

export interface Written {
  readonly text: string;
  /** [] when no claim was proved. */
  readonly citations: readonly Citation[];
  readonly checks: QuoteChecks;
  /** Claims that were proved; without a quote that was found; with more in it than its quotes say. */
  readonly claims: { readonly proved: number; readonly unquoted: number; readonly unproved: number };
  /**
   * declined: the model says that the passages do not answer the question; failed: there was no reply that could be
   * read, or it broke off.
   */
  readonly end: 'complete' | 'declined' | 'failed';
}

/**
 * Has a model write the answer, and keeps of it what the gate lets through. Each claim is checked once, when it is
 * complete, and never taken back; a reply that breaks off keeps the claims that were proved before.
 */
export async function writeAnswer(
  question: string,
  passages: readonly ScoredPassage[],
  { ask, gate, isProved, locale, onChecking, onProved }: WriteDeps,
): Promise<Written> {
  const proved: ProvedClaim[] = [];
  let unquoted = 0;
  let unproved = 0;
  let notFound = 0;
  let checked = 0;
  let heard = 0;

  const checkNew = (written: readonly WrittenClaim[]) => {
    for (const claim of written.slice(checked, mostClaims)) {
      checked++;
      onChecking?.(claim.quotes.length);
      const quotes = claim.quotes
        .slice(0, mostQuotes)
        .flatMap((quote) => proveQuote(quote, gate, passages, locale) ?? []);
      notFound += claim.quotes.length - quotes.length;
      const text = claim.text.length > longestClaim ? '' : makeInert(claim.text, allowedIn(quotes, passages));
      if (quotes.length === 0 || !/\p{L}/u.test(text)) unquoted++;
      else if (!isProved(text, quotes)) unproved++;
      else {
        proved.push({ text, quotes });
        const { text: soFar, citations } = renderClaims(proved);
        onProved?.(soFar, citations);
      }
    }
  };

  const result = await ask(
    'answer',
    {
      ...buildAnswerPrompt(question, passages, locale, randomBytes(6).toString('hex')),
      onText: (soFar) => {
        // A claim is complete with a brace or a line, so that nothing else needs reading again.
        if (/[}\n]/.test(soFar.slice(heard))) checkNew(parseReply(soFar, false)?.claims ?? []);
        heard = soFar.length;
      },
    },
    (text) => parseReply(text) !== undefined,
  );
  const reply = result.kind === 'generated' ? parseReply(result.text) : undefined;
  checkNew(reply?.claims ?? []);

  const { text, citations } = renderClaims(proved);
  return {
    text,
    citations,
    checks: countVerdicts(citations, notFound),
    claims: { proved: proved.length, unquoted, unproved },
    end: !reply ? 'failed' : reply.answered ? 'complete' : 'declined',
  };
}

/** A written quote that the gate lets through, with its translation when that is one. */
export function proveQuote(
  { quote, key, translation }: WrittenQuote,
  gate: Gate,
  passages: readonly ScoredPassage[],
  locale: Locale,
): TranslatedProof | undefined {
  const proof = quote.length > longestQuote ? undefined : gate(quote, key);
  if (!proof) return undefined;
  const isForeign = proof.passage.language !== locale;
  const inert =
    isForeign && translation && translation.length <= longestQuote
      ? makeInert(translation, allowedIn([proof], passages))
      : '';
  return inert === '' ? proof : { ...proof, translation: inert };
}

/** The only links that may be shown are those of the articles quoted. */
const allowedIn = (quotes: readonly Proof[], passages: readonly ScoredPassage[]) => ({
  links: new Set(quotes.map(({ article }) => article.url).filter((url) => url !== undefined)),
  keys: passages.map(({ passage }) => passage.key),
});

/** Claims in their order, each followed by the markers of its quotes. */
function renderClaims(claims: readonly ProvedClaim[]): { text: string; citations: readonly Citation[] } {
  const citations = numberCitations(claims.flatMap(({ quotes }) => quotes));
  const text = claims.map((claim) => `${claim.text} ${renderMarkers(claim.quotes, citations)}`).join(' ');
  return { text, citations };
}
