import { randomBytes } from 'node:crypto';
import { detectLanguage } from '../language/detect.ts';
import { splitSentences } from '../language/sentences.ts';
import type { ClaimCheck, Fundstelle, ScoredPassage } from '../types.ts';
import { type AnswererDeps, askModelFor } from './answer.ts';
import type { AskModel } from './ask-model.ts';
import { createGate } from './citations.ts';
import { numberCitations } from './compose.ts';
import { extractQuotes, rankCandidates } from './extract.ts';
import { proveQuote } from './generate.ts';
import { stripHidden } from './inert.ts';
import { defaultLimits } from './limits.ts';
import type { Locale } from './messages.ts';
import { readQuote } from './parse-reply.ts';
import { buildCheckPrompt } from './prompt.ts';
import { createProofChecks } from './proof.ts';
import { findObjects } from './read-json.ts';

/** Words a sentence needs to claim something. */
const leastWords = 3;

/** A claim with the passages that were found for it. */
interface Searched {
  readonly claim: string;
  readonly passages: readonly ScoredPassage[];
}

/**
 * Checks the claims of a message, in their order; questions and exclamations of a few words claim nothing. Without a
 * chat model it shows the sentences that speak to a claim and gives no verdict; with one, `supported` and
 * `contradicted` stand only where the model quotes what proves it.
 */
export function createClaimChecker(deps: AnswererDeps): Fundstelle['checkClaims'] {
  const limits = { ...defaultLimits, ...deps.limits };

  return async ({ text, locale, signal }) => {
    const searched = await Promise.all(
      readClaims(text)
        .slice(0, limits.claims)
        .map((claim) => searchClaim(claim, signal)),
    );
    const ask = askModelFor(deps, limits, signal);
    const isAnyFound = searched.some(({ passages }) => passages.length > 0);
    const judged =
      ask && isAnyFound ? await judge(searched, ask, locale ?? 'en') : new Map<string, ClaimCheck>();
    return searched.map((claim) => judged.get(claim.claim) ?? showSentences(claim));
  };

  async function searchClaim(claim: string, signal: AbortSignal | undefined): Promise<Searched> {
    const { passages, relevance } = await deps.retrieve(claim, { ...(signal && { signal }) });
    return { claim, passages: relevance < limits.relevance ? [] : passages };
  }

  /** The sentences of the articles that speak to a claim; what they say about it is for the reader to see. */
  function showSentences({ claim, passages }: Searched): ClaimCheck {
    const gate = createGate(passages, deps.readArticle);
    const citations = numberCitations(extractQuotes(rankCandidates(claim, passages, deps), gate, limits));
    return { claim, verdict: citations.length > 0 ? 'covered' : 'not-covered', citations };
  }

  /** The verdicts of the model that its quotes bear out, by claim. */
  async function judge(
    searched: readonly Searched[],
    ask: AskModel,
    locale: Locale,
  ): Promise<ReadonlyMap<string, ClaimCheck>> {
    const passages = pickPassages(searched, limits.modelPassages);
    const gate = createGate(passages, deps.readArticle);
    const claims = searched.map(({ claim }) => claim);
    const nonce = randomBytes(6).toString('hex');
    const result = await ask('check-claims', buildCheckPrompt(claims, passages, nonce), isReadable);
    const { isProved, isAbout } = createProofChecks([], deps);
    const judged = new Map<string, ClaimCheck>();
    if (result.kind === 'failed') return judged;
    for (const { number, verdict, quotes } of readVerdicts(result.text)) {
      const claim = claims[number - 1];
      const proofs = quotes.flatMap((quote) => proveQuote(quote, gate, passages, locale) ?? []);
      if (claim === undefined || proofs.length === 0) continue;
      // Support has to cover the claim's figures and names; a contradiction is about the wrong ones.
      const isBorneOut = verdict === 'supported' ? isProved : isAbout;
      if (isBorneOut(claim, proofs))
        judged.set(claim, { claim, verdict, citations: numberCitations(proofs) });
    }
    return judged;
  }
}

/** The sentences of a message that claim something, links and mentions left out. */
export function readClaims(text: string): readonly string[] {
  const plain = stripHidden(text)
    .replace(/https?:\/\/\S+|<[@#&!:]?[^>\s]*>/g, ' ')
    .replace(/[ \t]+/g, ' ');
  return splitSentences(plain, detectLanguage(plain))
    .map(([start, end]) => plain.slice(start, end).trim())
    .filter((sentence) => !sentence.endsWith('?') && countWords(sentence) >= leastWords);
}

const countWords = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** Passages for all claims, a claim's best before any claim's second. */
function pickPassages(searched: readonly Searched[], limit: number): readonly ScoredPassage[] {
  const picked = new Map<string, ScoredPassage>();
  const depth = Math.max(...searched.map(({ passages }) => passages.length));
  for (let rank = 0; rank < depth; rank++)
    for (const { passages } of searched) {
      const found = passages[rank];
      if (found && picked.size < limit) picked.set(found.passage.id, found);
    }
  return [...picked.values()];
}

const findVerdicts = (reply: string) =>
  findObjects(reply, ({ verdict, claim }) => typeof verdict === 'string' && claim !== undefined);

const isReadable = (reply: string) => findVerdicts(reply).length > 0 || /"checks"\s*:\s*\[\s*\]/.test(reply);

function readVerdicts(reply: string) {
  return findVerdicts(reply).flatMap(({ verdict, claim, quotes }) =>
    verdict === 'supported' || verdict === 'contradicted'
      ? [
          {
            number: Number(claim),
            verdict,
            quotes: Array.isArray(quotes) ? quotes.map((quote) => readQuote(quote)) : [],
          } as const,
        ]
      : [],
  );
}
