import { createHash } from 'node:crypto';
import { hashFacts, hashShingles } from './shingles.ts';

/** What is needed of a text to recognise it, or another version of it. A few hundred bytes, whatever its length. */
export interface Mark {
  /** SHA-256 (base64) of its words: the same for texts that differ in spacing, case and punctuation only. */
  readonly digest: string;
  /** Undefined for a text too short for an estimate. */
  readonly likeness?: Likeness;
}

export interface Likeness {
  /** MinHash (Broder, 1997): for each of 64 hash functions the least value over all shingles. */
  readonly signature: Uint32Array;
  /** Hashes of its figures, number words, weekdays and months, ascending. */
  readonly facts: Uint32Array;
}

/** Length of a signature. The estimate of an overlap of 0.8 is off by 0.05 (one standard deviation). */
export const signatureLength = 64;
/** A shorter text has too few shingles for an estimate: only an equal text is its duplicate. */
const fewestWords = 40;

const digestBytes = 32;
const wordPattern = /[\p{L}\p{M}]+|\p{N}+(?:[.,:]\p{N}+)*/gu;

export function markText(text: string): Mark {
  const words = text.normalize('NFKC').toLowerCase().match(wordPattern) ?? [];
  const digest = createHash('sha256').update(words.join(' ')).digest('base64');
  if (words.length < fewestWords) return { digest };
  return { digest, likeness: { signature: sign(words), facts: hashFacts(words) } };
}

/** A mark as base64; numbers in the byte order of this machine. */
export function renderMark({ digest, likeness }: Mark): string {
  const lists = likeness ? [likeness.signature, likeness.facts] : [];
  const numbers = lists.map((list) => Buffer.from(list.buffer, list.byteOffset, list.byteLength));
  return Buffer.concat([Buffer.from(digest, 'base64'), ...numbers]).toString('base64');
}

/** The mark that `renderMark` made a string of. */
export function parseMark(rendered: string): Mark {
  const bytes = Buffer.from(rendered, 'base64');
  const digest = bytes.toString('base64', 0, digestBytes);
  if (bytes.length === digestBytes) return { digest };
  // Copied into memory of its own: numbers must begin at a multiple of four bytes.
  const numbers = new Uint32Array(Uint8Array.from(bytes.subarray(digestBytes)).buffer);
  const signature = numbers.subarray(0, signatureLength);
  return { digest, likeness: { signature, facts: numbers.subarray(signatureLength) } };
}

function sign(words: readonly string[]): Uint32Array {
  const signature = new Uint32Array(signatureLength).fill(0xffffffff);
  for (const shingle of hashShingles(words)) {
    for (let i = 0; i < signatureLength; i++) {
      const value = Math.imul(shingle ^ offsets[i]!, factors[i]!) >>> 0;
      if (value < signature[i]!) signature[i] = value;
    }
  }
  return signature;
}

/** Constants of the hash functions, from a fixed generator (Weyl sequence of the golden ratio). */
const weyl = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;
const offsets = Uint32Array.from({ length: signatureLength }, (_, i) => weyl(i));
const factors = Uint32Array.from({ length: signatureLength }, (_, i) => weyl(signatureLength + i * i) | 1);
