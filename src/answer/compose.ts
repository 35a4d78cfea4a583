import type { Answered, Citation, PartialDate, QuoteChecks } from '../types.ts';
import { addDays, lastDay } from './dates.ts';
import { stripHidden } from './inert.ts';
import { type Locale, messages } from './messages.ts';

/** A quote that was found, with what a model said it means. */
export type Quoted = Placed & { readonly translation?: string };

/** Citations numbered from 1 in the order of the quotes; a quote that comes again keeps its number. */
export function numberCitations(quotes: readonly Quoted[]): readonly Citation[] {
  const numbered = new Map<string, Citation>();
  for (const quote of quotes) {
    const place = placeOf(quote);
    if (!numbered.has(place)) numbered.set(place, toCitation(quote, numbered.size + 1));
  }
  return [...numbered.values()];
}

const toCitation = ({ passage, article, quote, verdict, translation }: Quoted, marker: number): Citation => ({
  marker,
  passage,
  article,
  quote,
  verdict,
  ...(translation !== undefined && { translation }),
});

/** Markers of quotes among citations, ascending: `[1][3]`. */
export function renderMarkers(quotes: readonly Placed[], citations: readonly Citation[]): string {
  const places = new Set(quotes.map(placeOf));
  return citations
    .filter((citation) => places.has(placeOf(citation)))
    .map(({ marker }) => `[${marker}]`)
    .join('');
}

export const hasCitation = (citations: readonly Citation[]): citations is Answered['citations'] =>
  citations.length > 0;

/** What has a place in an article: a quote that was found, or a citation of it. */
export type Placed = Pick<Citation, 'passage' | 'article' | 'quote' | 'verdict'>;

const placeOf = ({ quote }: Placed): string => `${quote.articleId} ${quote.span.join('-')}`;

/** Each quote on a line of its own, in quotation marks, with its marker; without what cannot be seen. */
export const renderQuotes = (citations: readonly Citation[], locale: Locale): string =>
  citations
    .map(
      ({ quote, marker }) =>
        `${messages[locale].quoted(stripHidden(quote.text).replace(/\s+/g, ' '))} [${marker}]`,
    )
    .join('\n');

export function countVerdicts(quotes: readonly Placed[], notFound = 0): QuoteChecks {
  const count = (verdict: Citation['verdict']) => quotes.filter((quote) => quote.verdict === verdict).length;
  return {
    verified: count('verified'),
    repaired: count('repaired'),
    misattributed: count('misattributed'),
    notFound,
  };
}

/** Date of the newest article cited. Of dates that agree as far as they go the more precise one is newer. */
export function findNewest(citations: readonly Citation[]): PartialDate | undefined {
  return citations
    .map(({ article }) => article.date)
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}

export const isOld = (date: PartialDate, now: Date, days: number): boolean =>
  addDays(lastDay(date), days) < now;
