import type { Analyse, Token } from '../language/analyse.ts';
import type { Note } from '../types.ts';
import type { Placed } from './compose.ts';
import { type Locale, messages } from './messages.ts';

/** A figure that a quote gives, as its article writes it: `100.000 russischen Soldaten`. */
interface Value {
  readonly quote: Placed;
  readonly text: string;
}

/** A number and the words behind it that say what it counts. */
interface Figure {
  readonly number: string;
  readonly counted: readonly string[];
  readonly text: string;
}

interface Analysed {
  readonly quote: Placed;
  readonly figures: readonly Figure[];
  readonly terms: ReadonlySet<string>;
}

/** Words behind a number that may say what it counts. */
const reach = 3;
/** Terms that two quotes must share, besides what is counted, to be about the same thing. */
const leastShared = 2;

/**
 * Quotes, and with them the first sentence of another article that gives a different figure for what they count; with
 * a note that says so. Articles from different dates tell of a development, the older one first.
 */
export function addOtherValues(
  quotes: readonly Placed[],
  sentences: readonly Placed[],
  analyse: Analyse,
  locale: Locale,
): { readonly quotes: readonly Placed[]; readonly notes: readonly Note[] } {
  const read = (quote: Placed) => readQuote(quote, analyse);
  const ours = quotes.map(read);
  const all = [...ours, ...sentences.map(read)];
  for (const one of ours) {
    for (const other of all) {
      const values = one.quote.article.id === other.quote.article.id ? undefined : compare(one, other);
      if (!values) continue;
      const isNew = !ours.includes(other);
      return { quotes: isNew ? [...quotes, other.quote] : quotes, notes: [noteValues(values, locale)] };
    }
  }
  return { quotes, notes: [] };
}

function noteValues(values: readonly [Value, Value], locale: Locale): Note {
  const texts = messages[locale];
  const date = ({ quote }: Value) => quote.article.date ?? '';
  const [older, newer] = date(values[0]) <= date(values[1]) ? values : [values[1], values[0]];
  const rendered = [older, newer].map(({ quote, text }) => {
    const { source, title, date } = quote.article;
    return `${texts.quoted(text)} (${[source ?? title, date].filter(Boolean).join(', ')})`;
  });
  return date(older) !== '' && date(older) !== date(newer)
    ? { kind: 'development', text: texts.development(rendered) }
    : { kind: 'sources-disagree', text: texts.sourcesDisagree(rendered) };
}

function compare(one: Analysed, other: Analysed): [Value, Value] | undefined {
  for (const mine of one.figures) {
    for (const yours of other.figures) {
      const counted = mine.counted.filter((term) => yours.counted.includes(term));
      if (counted.length === 0 || mine.number === yours.number) continue;
      // When either quote has both figures, they count different things.
      if (one.terms.has(yours.number) || other.terms.has(mine.number)) continue;
      const shared = [...one.terms].filter(
        (term) => !term.startsWith('#') && !counted.includes(term) && other.terms.has(term),
      );
      if (shared.length >= leastShared)
        return [
          { quote: one.quote, text: mine.text },
          { quote: other.quote, text: yours.text },
        ];
    }
  }
  return undefined;
}

function readQuote(proof: Placed, analyse: Analyse): Analysed {
  const { text } = proof.quote;
  const tokens = analyse(text, proof.passage.language);
  const figures = tokens.flatMap((token, index) =>
    readFigure(text, token, tokens.slice(index + 1, index + 1 + reach)),
  );
  const terms = new Set(tokens.filter(({ stop }) => !stop).map(({ term }) => term));
  return { quote: proof, figures, terms };
}

function readFigure(text: string, token: Token, following: readonly Token[]): Figure[] {
  if (!token.term.startsWith('#') || /^#(?:19|20)\d\d$/.test(token.term)) return [];
  // What a number counts stands behind it without a sign between, and no further than the next number or function word.
  const end = following.findIndex(
    (word, index) =>
      word.stop ||
      word.term.startsWith('#') ||
      /[^\s\p{L}%-]/u.test(text.slice(index === 0 ? token.end : following[index - 1]!.end, word.start)),
  );
  const counted = end < 0 ? following : following.slice(0, end);
  const percent = /^\s?(%|Prozent|percent|per cent)/i.exec(text.slice(token.end));
  if (counted.length === 0 && !percent) return [];
  const shownEnd = Math.max(counted.at(-1)?.end ?? 0, token.end + (percent?.[0].length ?? 0));
  return [
    {
      number: token.term,
      counted: percent ? ['%'] : counted.map(({ term }) => term),
      text: text.slice(token.start, shownEnd).replace(/\s+/g, ' '),
    },
  ];
}
