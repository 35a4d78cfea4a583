import { splitSentences } from '../language/sentences.ts';
import type { Article, ArticleInfo, Language, Passage, Quote, Span, Verdict } from '../types.ts';
import { type Normalised, normalise } from './normalise.ts';

/** A passage that was retrieved, and its article. */
export interface Evidence {
  readonly passage: Passage;
  readonly article: ArticleInfo;
}

/** A quote that was found: whole sentences of an article, letter for letter. */
export interface Proof extends Evidence {
  readonly quote: Quote;
  readonly verdict: Verdict;
  /** The part of those sentences that the words looked for leave out. */
  readonly leftOut: string;
}

/**
 * Looks a quote up in the retrieved articles, first in the one whose passage has `key`.
 * Undefined when it is not there: nothing similar counts.
 */
export type Gate = (quote: string, key?: string) => Proof | undefined;

export type ReadArticle = (id: string) => Article | undefined;

/** A quote shorter than this proves little, unless it is the whole sentence. */
const leastCharacters = 20;
const leastWords = 4;
/** Text on either side of a passage in which a quote may begin or end. */
const margin = 200;
/** A sentence is looked for no further than this from the quote. */
const longestSentence = 1500;

/** The part of an article in which quotes from a passage are looked for. */
interface Window {
  readonly evidence: Evidence;
  /** Text of the article, or of the passage alone when the article cannot be read, and where that text begins. */
  readonly source: { readonly text: string; readonly offset: number };
  /** Offset of the normalised part in `source.text`. */
  readonly from: number;
  readonly normalised: Normalised;
}

/**
 * The citation gate over the passages that were retrieved for one question.
 *
 * A quote counts when it is one contiguous run of an article after `normalise`, begins and ends at word borders (not
 * inside a compound, a number or a word with an apostrophe, and not behind a minus sign or before a percent sign),
 * and has at least 20 characters and 4 words or is a whole sentence. Quotation marks and dots that a model put
 * around it are no part of it.
 *
 * What is shown is always whole sentences: a run inside a sentence may leave out the `nicht`, the `if` or the speaker
 * that stands before or after it, and no list of such words is complete.
 */
export function createGate(passages: readonly Evidence[], readArticle: ReadArticle): Gate {
  const opened = new Map<Evidence, Window>();
  const open = (evidence: Evidence): Window => {
    const window = opened.get(evidence) ?? openWindow(evidence, readArticle);
    opened.set(evidence, window);
    return window;
  };

  return (quote, key) => {
    const named = passages.find(({ passage }) => passage.key === key);
    const distance = ({ passage }: Evidence) =>
      passage === named?.passage ? 0 : passage.articleId === named?.passage.articleId ? 1 : 2;
    const nearestFirst = [...passages].sort((a, b) => distance(a) - distance(b));
    for (const wording of readWordings(quote)) {
      const { text: needle } = normalise(wording);
      for (const evidence of nearestFirst) {
        const found = findQuote(open(evidence), needle);
        if (found) return prove(found, wording, named);
      }
    }
    return undefined;
  };
}

interface Found {
  readonly window: Window;
  /** In `window.source.text`. */
  readonly run: Span;
  readonly sentences: Span;
}

function prove({ window, run, sentences }: Found, wording: string, named: Evidence | undefined): Proof {
  const { evidence, source } = window;
  const { articleId } = evidence.passage;
  const exact = source.text.slice(...run) === wording;
  return {
    ...evidence,
    quote: {
      articleId,
      span: [sentences[0] + source.offset, sentences[1] + source.offset],
      text: source.text.slice(...sentences),
    },
    verdict: named?.passage.articleId !== articleId ? 'misattributed' : exact ? 'verified' : 'repaired',
    leftOut: `${source.text.slice(sentences[0], run[0])} ${source.text.slice(run[1], sentences[1])}`.trim(),
  };
}

/** The quote as given, then without the quotation marks, brackets and dots that may have been put around it. */
function readWordings(quote: string): readonly string[] {
  const given = quote.trim();
  const bare = given.replace(/^(?:[\s"“”„‟«»'‘’‚‹›`…[(]|\.{2,})+|(?:[\s"“”„‟«»'‘’‚‹›`…\])]|\.{2,})+$/gu, '');
  return [given, bare].filter((wording, index, all) => wording !== '' && all.indexOf(wording) === index);
}

function openWindow(evidence: Evidence, readArticle: ReadArticle): Window {
  const { passage } = evidence;
  const body = readArticle(passage.articleId)?.body;
  // The article may have been changed since the passage was retrieved.
  const source =
    body?.slice(...passage.span) === passage.text
      ? { text: body, offset: 0 }
      : { text: passage.text, offset: passage.span[0] };
  const from = skipWord(source.text, passage.span[0] - source.offset - margin, -1);
  const to = skipWord(source.text, passage.span[1] - source.offset + margin, 1);
  return { evidence, source, from, normalised: normalise(source.text.slice(from, to)) };
}

/** Goes on to the end of the next whole word, so that no word or number is cut where a window ends. */
function skipWord(text: string, position: number, step: 1 | -1): number {
  const isSpace = (at: number) => /\s/.test(text.charAt(step > 0 ? at : at - 1));
  let at = Math.min(Math.max(0, position), text.length);
  for (const through of [false, true, false])
    while (at > 0 && at < text.length && isSpace(at) === through) at += step;
  return at;
}

function findQuote(window: Window, needle: string): Found | undefined {
  const { evidence, source, from, normalised } = window;
  const { passage } = evidence;
  const sought = needle.trim();
  if (sought === '') return undefined;
  const isLong = sought.length >= leastCharacters && countWords(sought) >= leastWords;
  for (let at = normalised.text.indexOf(sought); at >= 0; at = normalised.text.indexOf(sought, at + 1)) {
    const until = at + sought.length;
    if (isCut(normalised.text, at, until)) continue;
    const run: Span = [from + (normalised.starts[at] ?? 0), from + (normalised.ends[until - 1] ?? 0)];
    const touchesPassage =
      run[0] + source.offset < passage.span[1] && run[1] + source.offset > passage.span[0];
    if (!touchesPassage) continue;
    const sentences = widenToSentences(source.text, run, passage.language);
    if (isLong || coversWords(source.text, run, sentences)) return { window, run, sentences };
  }
  return undefined;
}

const countWords = (text: string) => text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
/** Joins what stands on both sides of it: compounds, numbers, apostrophes. */
const joiner = /[-".,:/'⁄]/;
const digit = /\p{N}/u;

/** Whether a run of a normalised text begins or ends inside a word or a number. */
function isCut(text: string, start: number, end: number): boolean {
  return isJoined(text, start) || isJoined(text, end) || /^\s?[%‰°]/.test(afterNumber(text, end));
}

const afterNumber = (text: string, end: number) =>
  digit.test(text.charAt(end - 1)) ? text.slice(end, end + 2) : '';

/** Whether the characters before and after a position belong to the same word or number. */
function isJoined(text: string, position: number): boolean {
  const before = text.charAt(position - 1);
  const after = text.charAt(position);
  if (before === '−' && digit.test(after)) return true;
  if (wordCharacter.test(before) && wordCharacter.test(after)) return true;
  if (wordCharacter.test(before) && joiner.test(after))
    return joins(before, after, text.charAt(position + 1));
  if (joiner.test(before) && wordCharacter.test(after))
    return joins(text.charAt(position - 2), before, after);
  return false;
}

/** Points, commas, colons and slashes join digits only; hyphens and apostrophes join everything. */
function joins(left: string, sign: string, right: string): boolean {
  if (sign === '-' || sign === '"' || sign === "'")
    return wordCharacter.test(left) && wordCharacter.test(right);
  return digit.test(left) && digit.test(right);
}

/** The sentences that a run of a text lies in. Sentences do not cross paragraphs. */
function widenToSentences(text: string, [start, end]: Span, language: Language): Span {
  const paragraphStart = text.lastIndexOf('\n\n', start);
  const paragraphEnd = text.indexOf('\n\n', end);
  const from = Math.max(0, start - longestSentence, paragraphStart);
  const to = Math.min(paragraphEnd < 0 ? text.length : paragraphEnd, end + longestSentence);
  const sentences = splitSentences(text.slice(from, to), language);
  const first = sentences.find((sentence) => from + sentence[1] > start);
  const last = sentences.findLast((sentence) => from + sentence[0] < end);
  return [Math.min(start, first ? from + first[0] : start), Math.max(end, last ? from + last[1] : end)];
}

/** Whether a run leaves out nothing but signs at the edges of a wider span. */
const coversWords = (text: string, run: Span, wider: Span) =>
  !/[\p{L}\p{N}]/u.test(text.slice(wider[0], run[0]) + text.slice(run[1], wider[1]));
