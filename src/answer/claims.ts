import { detectLanguage } from '../language/detect.ts';
import { splitSentences } from '../language/sentences.ts';
import type { ClaimCheck, ClaimCheckRequest, Fundstelle } from '../types.ts';
import type { AnswererDeps } from './answer.ts';
import { createGate } from './citations.ts';
import { numberCitations } from './compose.ts';
import { extractQuotes } from './extract.ts';
import { defaultLimits } from './limits.ts';

/** Words a sentence needs to claim something. */
const leastWords = 3;

/** Checks the claims of a message, in their order; questions and exclamations of a few words claim nothing. */
export function createClaimChecker(deps: AnswererDeps): Fundstelle['checkClaims'] {
  const limits = { ...defaultLimits, ...deps.limits };

  return async (request) => {
    const claims = readClaims(request.text).slice(0, limits.claims);
    return Promise.all(claims.map((claim) => checkClaim(claim, request)));
  };

  /** Whether sentences of the articles speak to a claim; what they say about it is for the reader to see. */
  async function checkClaim(claim: string, { signal }: ClaimCheckRequest): Promise<ClaimCheck> {
    const { passages, relevance } = await deps.retrieve(claim, { ...(signal && { signal }) });
    if (relevance < limits.relevance) return { claim, verdict: 'not-covered', citations: [] };
    const gate = createGate(passages, deps.readArticle);
    const citations = numberCitations(extractQuotes(claim, passages, { ...deps, gate, limits }));
    return { claim, verdict: citations.length > 0 ? 'covered' : 'not-covered', citations };
  }
}

/** The sentences of a message that claim something, links and mentions left out. */
export function readClaims(text: string): readonly string[] {
  const plain = text.replace(/https?:\/\/\S+|<[@#&!:]?[^>\s]*>/g, ' ').replace(/[ \t]+/g, ' ');
  return splitSentences(plain, detectLanguage(plain))
    .map(([start, end]) => plain.slice(start, end).trim())
    .filter((sentence) => !sentence.endsWith('?') && countWords(sentence) >= leastWords);
}

const countWords = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
