import { splitSentences } from '../language/sentences.ts';
import type { Article, Passage, Span } from '../types.ts';
import { hashText } from './identity.ts';

/** Words of a passage, where its text allows. */
const fewest = 80;
const most = 160;
/** A sentence or list with more words than this is cut at a softer border. */
const longestSentence = 400;
/** Text without spaces counts a word for so many characters. */
const longestWord = 15;

/** What a cut costs; a passage's own cost is the square of how far it misses its size, in multiples of 80 words. */
const costs = {
  insideParagraph: 0.8,
  /** A heading inside a passage: the section under it would better begin a new one. */
  headingInside: 0.4,
  tooLong: 2,
  /** A passage that ends with a heading: only where nothing else is possible. */
  headingLast: 1000,
} as const;

/** A sentence or heading: passages are runs of units. */
interface Unit {
  readonly span: Span;
  readonly words: number;
  readonly heading: boolean;
  /** Last of its paragraph. */
  readonly closes: boolean;
}

/**
 * Cuts an article into passages: runs of whole sentences of about 80 to 160 words that end with a paragraph if they
 * can, and never with a heading. Together they hold all of the text but white space between them; none overlap. The cuts
 * are those with the least total cost (optimal line breaking: Knuth and Plass, 1981), so that they do not depend on chance.
 */
export function chunkArticle(article: Article): Passage[] {
  const units = findUnits(article);
  return findRuns(units).map(([first, last], ordinal) => {
    const span: Span = [units[first]!.span[0], units[last]!.span[1]];
    const text = article.body.slice(...span);
    const heading = headingAbove(article, units.slice(first, last + 1));
    return {
      id: `${article.id}-${ordinal}`,
      key: hashText(JSON.stringify([article.id, ordinal, text]), 10),
      articleId: article.id,
      ordinal,
      span,
      text,
      language: article.language,
      ...(heading !== undefined && { heading }),
    };
  });
}

/** Heading of the section that the passage's first sentence stands in, unless that is the article's title. */
function headingAbove(article: Article, units: readonly Unit[]): string | undefined {
  const sentence = units.find((unit) => !unit.heading) ?? units[0];
  const span = article.headings.findLast(([, end]) => end <= (sentence?.span[0] ?? 0));
  const heading = span && article.body.slice(...span).replace(/\s+/g, ' ');
  return heading === article.title ? undefined : heading;
}

function findUnits(article: Article): Unit[] {
  const { body, headings, language } = article;
  const units: Unit[] = [];
  const addText = (from: number, to: number): void => {
    const spans = splitSentences(body.slice(from, to), language).flatMap(([start, end]) =>
      cutLong(body, [from + start, from + end]),
    );
    spans.forEach((span, i) => {
      const next = spans[i + 1];
      const closes = next === undefined || /\n\s*\n/.test(body.slice(span[1], next[0]));
      units.push({ span, words: countWords(body, span), heading: false, closes });
    });
  };
  let from = 0;
  for (const span of headings) {
    addText(from, span[0]);
    units.push({ span, words: countWords(body, span), heading: true, closes: false });
    from = span[1];
  }
  addText(from, body.length);
  return units;
}

/** First and last unit of each passage. */
function findRuns(units: readonly Unit[]): [first: number, last: number][] {
  // best[i]: least cost of passages that hold the first i units; from[i]: where the last of them begins.
  const best: number[] = [0];
  const from: number[] = [0];
  for (let end = 1; end <= units.length; end++) {
    const last = units[end - 1]!;
    let least = Number.POSITIVE_INFINITY;
    let start = end - 1;
    let words = 0;
    let inside = 0;
    const inText = end < units.length;
    const cut =
      (inText && !last.closes ? costs.insideParagraph : 0) + (inText && last.heading ? costs.headingLast : 0);
    for (let begin = end - 1; begin >= 0; begin--) {
      const first = units[begin]!;
      words += first.words;
      // A heading goes with the sentence under it, even a long one.
      if (begin < end - 1 && words > (first.heading ? 2 : 1) * longestSentence) break;
      const cost = best[begin]! + sizeCost(words) + cut + inside * costs.headingInside;
      if (cost < least) {
        least = cost;
        start = begin;
      }
      if (first.heading && !units[begin - 1]?.heading) inside++;
    }
    best.push(least);
    from.push(start);
  }
  const runs: [number, number][] = [];
  for (let end = units.length; end > 0; end = from[end]!) runs.push([from[end]!, end - 1]);
  return runs.reverse();
}

function sizeCost(words: number): number {
  if (words < fewest) return ((fewest - words) / fewest) ** 2;
  return words > most ? costs.tooLong * ((words - most) / fewest) ** 2 : 0;
}

function countWords(body: string, [start, end]: Span): number {
  const text = body.slice(start, end);
  return Math.max(text.match(/\S+/g)?.length ?? 0, Math.ceil(text.length / longestWord));
}

/** Cuts a span of more than 400 words into pieces of up to 160 words, each at the best border near its end. */
function cutLong(body: string, span: Span): Span[] {
  if (countWords(body, span) <= longestSentence) return [span];
  const text = body.slice(...span);
  const pieces: Span[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start + softBorder(text.slice(start, start + most * longestWord));
    const rest = text.slice(start, end);
    const limit = nthWordEnd(rest, most);
    if (limit < rest.length) end = start + softBorder(rest.slice(0, limit));
    pieces.push([span[0] + start, span[0] + start + text.slice(start, end).trimEnd().length]);
    start = end + (/^\s*/.exec(text.slice(end, end + 1000))?.[0].length ?? 0);
  }
  return pieces;
}

/** Where to end a stretch: behind its last line, clause, comma or word that leaves at least half of it; else at its end. */
function softBorder(stretch: string): number {
  for (const border of [/\n/g, /[;:–—](?=\s)/g, /,(?=\s)/g, /\s/g]) {
    const last = [...stretch.matchAll(border)].at(-1);
    if (last && last.index >= stretch.length / 2) return last.index + 1;
  }
  return /[\ud800-\udbff]$/.test(stretch) ? stretch.length - 1 : stretch.length;
}

function nthWordEnd(text: string, n: number): number {
  const word = [...text.matchAll(/\S+/g)][n - 1];
  return word ? word.index + word[0].length : text.length;
}
