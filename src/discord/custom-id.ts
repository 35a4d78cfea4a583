import type { ArticleInfo, Span } from '../types.ts';
import { LIMITS } from './limits.ts';

/**
 * Everything a click needs stands in the custom id, so that buttons work after a restart.
 * `kind:part:part…`; a part holds no colon except the last, which may be anything.
 */
export function buildCustomId(kind: ComponentKind, ...parts: readonly (string | number)[]): string {
  const id = [kind, ...parts].join(':');
  if (id.length > LIMITS.customId) throw new RangeError(`custom id of ${id.length} characters: ${id}`);
  return id;
}

/** What somebody clicked: one word each, because there are only 100 characters. */
export type ComponentKind = 'cite' | 'open' | 'passage' | 'list' | 'follow' | 'rate' | 'none';

/** The kind and the parts of a custom id, or of the value of a select option. */
export function parseCustomId(id: string): { readonly kind: string; readonly parts: readonly string[] } {
  const [kind = '', ...parts] = id.split(':');
  return { kind, parts };
}

/** Where a passage stands, which run of its article is the quote, and what the article was when it was shown. */
export interface PassageAddress {
  readonly articleId: string;
  readonly ordinal: number;
  readonly quote?: Span;
  /** Beginning of the article's digest: another one means that the article has changed. */
  readonly digest: string;
}

const DIGEST_LENGTH = 10;

export const digestPrefix = (article: ArticleInfo): string => article.digest.slice(0, DIGEST_LENGTH);

/** At most 60 characters; the inverse of `parseAddress`. */
export function addressParts(address: PassageAddress): readonly string[] {
  const [start, end] = address.quote ?? ['', ''];
  return [address.articleId, String(address.ordinal), `${start}-${end}`, address.digest];
}

/** @returns undefined when the parts are no address, for example from an older version. */
export function parseAddress(parts: readonly string[]): PassageAddress | undefined {
  const [articleId, ordinal, span, digest] = parts;
  const number = Number(ordinal);
  const quote = /^(\d*)-(\d*)$/.exec(span ?? '');
  if (!articleId || !digest || !quote || !Number.isSafeInteger(number) || number < 0) return undefined;
  const address = { articleId, ordinal: number, digest };
  return quote[1] && quote[2] ? { ...address, quote: [Number(quote[1]), Number(quote[2])] } : address;
}
