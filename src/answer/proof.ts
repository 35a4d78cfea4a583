import type { Analyse } from '../language/analyse.ts';
import type { Proof } from './citations.ts';
import { findUnprovedFigures } from './figures.ts';
import { dropsDenial, dropsSpeaker } from './stance.ts';
import { compareWording, type Source, type Wording, type WordLinks } from './wording.ts';

/** Whether quotes prove a claim, as far as code can tell. */
export type IsProved = (claim: string, quotes: readonly Proof[]) => boolean;

export interface ProofChecks {
  /**
   * Every figure and name of the claim stands in its quotes, in their source lines (outlet, date) or in what the person
   * asked; the claim is about what its quotes say; it does not leave out a denial that stands beside the words it
   * quotes, nor make a fact of reported speech.
   */
  readonly isProved: IsProved;
  /** The quotes speak of what the claim speaks of, whatever they say about it. */
  readonly isAbout: IsProved;
}

/**
 * A claim with fewer of its words in its quotes than this is about something else. Claims written for real quotes,
 * German and English, had 0.5 and more.
 */
const leastShare = 1 / 3;

/**
 * Checks of claims against quotes that were found. Names and words are compared only with the `links` of a model of
 * language.
 * @param asked the person's own words, never a model's.
 */
export function createProofChecks(
  asked: readonly string[],
  { analyse, links }: { analyse: Analyse; links?: WordLinks },
): ProofChecks {
  const questions: readonly Source[] = asked.map((text) => ({ text }));
  const compare = (claim: string, quotes: readonly Proof[]) => {
    const outlets = quotes.flatMap(({ article }) =>
      article.source ? [{ text: article.source, language: article.language }] : [],
    );
    return links && compareWording(claim, [...toSources(quotes), ...outlets, ...questions], analyse, links);
  };
  const hasShare = (wording: Wording | undefined) => (wording?.share ?? 1) >= leastShare;

  return {
    isAbout: (claim, quotes) => hasShare(compare(claim, quotes)),
    isProved: (claim, quotes) => {
      const sources = toSources(quotes);
      const dates = quotes.flatMap(({ article }) => article.date ?? []);
      if (findUnprovedFigures(claim, [...sources, ...questions], dates).length > 0) return false;
      if (quotes.some(({ leftOut }) => dropsDenial(claim, leftOut))) return false;
      const texts = sources.map(({ text }) => text);
      if (dropsSpeaker(claim, texts)) return false;
      const wording = compare(claim, quotes);
      return hasShare(wording) && !wording?.missingNames.length;
    },
  };
}

const toSources = (quotes: readonly Proof[]): readonly Source[] =>
  quotes.map(({ quote, passage }) => ({ text: quote.text, language: passage.language }));
