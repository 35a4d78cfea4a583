import type { Analyse } from '../language/analyse.ts';
import type { Proof } from './citations.ts';
import { findUnprovedFigures } from './figures.ts';
import { dropsDenial, dropsSpeaker } from './stance.ts';
import { compareWording, type Source, type WordLinks } from './wording.ts';

/** Whether a claim says no more than its quotes and the question, as far as code can tell. */
export type IsProved = (claim: string, quotes: readonly Proof[]) => boolean;

/**
 * A claim with fewer of its words in its quotes than this is about something else. Claims written for real quotes,
 * German and English, had 0.5 and more.
 */
const leastShare = 1 / 3;

/**
 * Every figure and name of a claim has to stand in its quotes, in their source lines (outlet, date) or in what the
 * person asked; the claim has to be about what its quotes say; it may not leave out a denial that stands beside the
 * words it quotes, nor make a fact of reported speech. Names and words are compared only with the `links` of a language
 * model.
 * @param asked the person's own words, never a model's.
 */
export const createProofCheck =
  (asked: readonly string[], { analyse, links }: { analyse: Analyse; links?: WordLinks }): IsProved =>
  (claim, quotes) => {
    const texts = [...quotes.map(({ quote }) => quote.text), ...asked];
    const dates = quotes.flatMap(({ article }) => article.date ?? []);
    if (findUnprovedFigures(claim, texts, dates).length > 0) return false;
    if (quotes.some(({ leftOut }) => dropsDenial(claim, leftOut))) return false;
    if (
      dropsSpeaker(
        claim,
        quotes.map(({ quote }) => quote.text),
      )
    )
      return false;
    if (!links) return true;
    const sources: Source[] = [
      ...quotes.map(({ quote, passage }) => ({ text: quote.text, language: passage.language })),
      ...quotes.flatMap(({ article }) =>
        article.source ? [{ text: article.source, language: article.language }] : [],
      ),
      ...asked.map((text) => ({ text })),
    ];
    const { missingNames, share } = compareWording(claim, sources, analyse, links);
    return missingNames.length === 0 && share >= leastShare;
  };
