import { findObjects } from './read-json.ts';

/** A quote as a model wrote it: not to be believed. */
export interface WrittenQuote {
  /** As the model wrote it; may never have been given. */
  readonly key?: string;
  readonly quote: string;
  readonly translation?: string;
}

export interface WrittenClaim {
  readonly text: string;
  readonly quotes: readonly WrittenQuote[];
}

export interface Reply {
  /** False when the model says that the passages do not answer the question. */
  readonly answered: boolean;
  readonly claims: readonly WrittenClaim[];
}

const textFields = ['text', 'claim', 'statement', 'sentence', 'content'];
const quoteFields = ['quotes', 'quote', 'evidence', 'citations', 'sources'];
const wordsFields = ['quote', 'text', 'verbatim', 'words', 'excerpt'];
const keyFields = ['passage', 'key', 'passage_key', 'passageKey', 'passage_id', 'id', 'source'];

/**
 * What a model replied, structured or in the plain form, as far as it can be read; undefined when there is nothing to
 * read. With `isFinal` false the reply is still coming, and only claims that cannot change any more are given.
 */
export function parseReply(text: string, isFinal = true): Reply | undefined {
  const objects = findObjects(text, isClaim);
  const claims = objects.length > 0 ? objects.map(readClaim) : parsePlain(text, isFinal);
  const usable = claims.filter((claim) => claim.text !== '');
  if (usable.length > 0) return { answered: true, claims: usable };
  const declines =
    /\\?"answered\\?"\s*:\s*false/i.test(text) ||
    /^\W*(?:NOT[ _]ANSWERED|NICHT[ _]BEANTWORTET)\b/im.test(text);
  if (declines) return { answered: false, claims: [] };
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const readString = (fields: Fields, names: readonly string[]): string => {
  const value = names.map((name) => fields[name]).find((field) => typeof field === 'string');
  return typeof value === 'string' ? value.trim() : '';
};

const isClaim = (fields: Fields): boolean =>
  readString(fields, textFields) !== '' && quoteFields.some((name) => fields[name] !== undefined);

function readClaim(fields: Fields): WrittenClaim {
  const given = quoteFields.map((name) => fields[name]).find((field) => field !== undefined);
  const quotes = Array.isArray(given) ? given : [given];
  // A single quote may stand beside its key in the claim itself.
  const ownKey = readKey(readString(fields, keyFields));
  return {
    text: readString(fields, textFields),
    quotes: quotes.map((quote) => readQuote(quote, ownKey)).filter(({ quote }) => quote !== ''),
  };
}

export function readQuote(value: unknown, ownKey?: string): WrittenQuote {
  if (!isRecord(value)) return withKey({ quote: typeof value === 'string' ? value.trim() : '' }, ownKey);
  const translation = readString(value, ['translation']);
  return withKey(
    { quote: readString(value, wordsFields), ...(translation !== '' && { translation }) },
    readKey(readString(value, keyFields)) ?? ownKey,
  );
}

const withKey = (quote: WrittenQuote, key: string | undefined): WrittenQuote =>
  key === undefined ? quote : { ...quote, key };

/** A key without the brackets and words that models put around it. */
const readKey = (written: string): string | undefined =>
  /(?:^|[^\p{L}\p{N}])([A-Za-z0-9_-]{6,})\W*$/u.exec(written)?.[1];

const claimLine =
  /^[\s>*_#-]*(?:\d+[.)]\s*)?[*_]*(?:CLAIM|AUSSAGE|BEHAUPTUNG)[*_]*\s*(?:\d+)?[*_]*\s*:[*_]*\s*(.*)$/i;
const quoteLine =
  /^[\s>*_#-]*(?:\d+[.)]\s*)?[*_]*(?:QUOTE|ZITAT)[*_]*\s*(?:\d{1,2}(?=[\s:]))?\s*[[(<{【]?([A-Za-z0-9_-]{6,})?[\])>}】]?[*_]*\s*:[*_]*\s*(.*)$/i;
const translationLine = /^[\s>*_#-]*[*_]*(?:TRANSLATION|ÜBERSETZUNG)[*_]*\s*:[*_]*\s*(.*)$/i;
/** A key that stands at the beginning of the quoted words instead. */
const leadingKey = /^[[(<{【]([A-Za-z0-9_-]{6,})[\])>}】]\s*:?\s*(.*)$/;

interface Draft {
  text: string;
  readonly quotes: { key?: string; quote: string; translation?: string }[];
}

/** Lines that begin with CLAIM, QUOTE [key] and TRANSLATION; other lines go on with the one before. */
function parsePlain(text: string, isFinal: boolean): readonly WrittenClaim[] {
  const drafts: Draft[] = [];
  let goOn: (more: string) => void = () => {};
  for (const line of text.split('\n')) {
    const claim = claimLine.exec(line);
    const quote = quoteLine.exec(line);
    const translation = translationLine.exec(line);
    const draft = drafts.at(-1);
    const last = draft?.quotes.at(-1);
    if (claim) {
      const begun: Draft = { text: claim[1] ?? '', quotes: [] };
      drafts.push(begun);
      goOn = (more) => {
        begun.text = join(begun.text, more);
      };
    } else if (quote && draft) {
      const inside = quote[1] === undefined ? leadingKey.exec(quote[2] ?? '') : undefined;
      const key = quote[1] ?? inside?.[1];
      const begun = { quote: inside?.[2] ?? quote[2] ?? '', ...(key !== undefined && { key }) };
      draft.quotes.push(begun);
      goOn = (more) => {
        begun.quote = join(begun.quote, more);
      };
    } else if (translation && last) {
      last.translation = translation[1] ?? '';
      goOn = (more) => {
        last.translation = join(last.translation ?? '', more);
      };
    } else if (/^\s*(?:```|$)/.test(line)) goOn = () => {};
    else goOn(line);
  }
  const claims = drafts.map((draft) => ({
    text: draft.text.trim(),
    quotes: draft.quotes.filter(({ quote }) => quote.trim() !== ''),
  }));
  return isFinal ? claims : claims.slice(0, -1);
}

const join = (before: string, more: string) => `${before} ${more.trim()}`.trim();
