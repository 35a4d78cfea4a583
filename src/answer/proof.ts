import type { Analyse } from '../language/analyse.ts';
import type { Quoted } from './compose.ts';
import { findUnprovedFigures } from './figures.ts';
import type { FindUnproved } from './generate.ts';
import { findUnprovedNames, type WordLinks } from './names.ts';

/**
 * Finds the figures and names of a claim that stand neither in its quotes and their source lines (outlet, date) nor in
 * what the person asked. Names are compared only with the `links` of a language model.
 * @param asked the person's own words, never a model's.
 */
export const createProofCheck =
  (asked: readonly string[], { analyse, links }: { analyse: Analyse; links?: WordLinks }): FindUnproved =>
  (claim, quotes: readonly Quoted[]) => {
    const texts = [...quotes.map(({ quote }) => quote.text), ...asked];
    const dates = quotes.flatMap(({ article }) => article.date ?? []);
    const figures = findUnprovedFigures(claim, texts, dates);
    if (!links) return figures;
    const sources = [
      ...quotes.map(({ quote, passage }) => ({ text: quote.text, language: passage.language })),
      ...quotes.flatMap(({ article }) =>
        article.source ? [{ text: article.source, language: article.language }] : [],
      ),
      ...asked.map((text) => ({ text })),
    ];
    return [...figures, ...findUnprovedNames(claim, sources, analyse, links)];
  };
