import { createHash } from 'node:crypto';
import type { ArticleInfo } from '../types.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** The first `length` characters (51 at most) of the SHA-256 of a text, in base32 (RFC 4648, lower case). */
export function hashText(text: string, length: number): string {
  const bytes = createHash('sha256').update(text).digest();
  let letters = '';
  for (let i = 0; i < length; i++) {
    const bit = i * 5;
    const pair = (bytes.readUInt8(bit >> 3) << 8) | bytes.readUInt8((bit >> 3) + 1);
    letters += alphabet.charAt((pair >> (11 - (bit & 7))) & 31);
  }
  return letters;
}

/** Id of the article at a path inside the corpus folder. */
export const articleId = (path: string): string => hashText(path, 12);

/** SHA-256 (hex) of everything in an article that people see. */
export function digestArticle(
  article: Omit<ArticleInfo, 'id' | 'path' | 'digest'> & { body: string },
): string {
  const { title, date, source, url, language, body } = article;
  const seen = JSON.stringify([title, date ?? null, source ?? null, url ?? null, language, body]);
  return createHash('sha256').update(seen).digest('hex');
}
