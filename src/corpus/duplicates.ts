import { createHash } from 'node:crypto';
import type { Article, PartialDate } from '../types.ts';
import { hashFacts, hashShingles } from './shingles.ts';

/** Recognises articles that were there before. */
export interface DuplicateFinder {
  /**
   * Path of an earlier article with the same text, or of the same report with small changes; undefined for a new one,
   * which is remembered. The answer depends on the order of the calls and on nothing else.
   */
  readonly find: (article: Article) => string | undefined;
}

/** Length of a signature. The estimate of an overlap of 0.8 is off by 0.05 (one standard deviation). */
const hashCount = 64;
/** Twelve bands of five: an overlap of 0.8 is met with probability 0.99, one of 0.5 with 0.3, one of 0.2 with 0.004. */
const bandCount = 12;
const bandRows = 5;
/**
 * Least overlap of two versions of a report: 0.8 of their shingles is one changed word in 27, or one paragraph in six
 * left out. Different reports on one event share far less; those from one template share more, and differ in their facts.
 */
const leastOverlap = 0.8;
/** A shorter text has too few shingles for an estimate: only an equal text is its duplicate. */
const fewestWords = 40;
/** A report is printed within days; nearly the same words on a later date are a new event. */
const mostDays = 3;
/** Earlier articles looked at for each band, newest first: a corpus of nothing but one template stays fast. */
const mostCandidates = 32;

/**
 * Streams over a corpus of any size; an article costs a few hundred bytes. Equal texts are told by their digest, near ones
 * by MinHash (Broder, 1997) and banding (Indyk and Motwani, 1998). Near ones must agree in their facts as well: the figures,
 * number words, weekdays and months of one must all be in the other. A shortened report only loses facts; the
 * weather of another day, or a new count of the injured, has different ones, and may be what somebody asks for.
 */
export function createDuplicateFinder(): DuplicateFinder {
  const homes = new Map<string, string>();
  const known: Report[] = [];
  const numbers = createPool();
  /** Newest report of each band's bucket. Each report names the one before it in its buckets. */
  const buckets = new Map<number, number>();

  /** Known reports that share a band with the keys, oldest first. */
  const findCandidates = (keys: Uint32Array): number[] => {
    const candidates = new Set<number>();
    keys.forEach((key, band) => {
      let report = buckets.get(key) ?? nobody;
      for (let looked = 0; report !== nobody && looked < mostCandidates; looked++) {
        candidates.add(report);
        report = numbers.get(report)[hashCount + band] ?? nobody;
      }
    });
    return [...candidates].sort((a, b) => a - b);
  };

  const findNear = (words: readonly string[], { path, date }: Article): string | undefined => {
    const signature = sign(words);
    const facts = hashFacts(words);
    const keys = bandKeys(signature);
    const same = findCandidates(keys).find((candidate) => {
      const earlier = numbers.get(candidate);
      return (
        daysBetween(known[candidate]?.date, date) <= mostDays &&
        agreement(earlier, signature) >= leastOverlap &&
        oneHoldsOther(earlier.subarray(hashCount + bandCount), facts)
      );
    });
    if (same !== undefined) return known[same]?.path;
    const previous = keys.map((key) => buckets.get(key) ?? nobody);
    const index = known.push({ path, date }) - 1;
    numbers.add([...signature, ...previous, ...facts]);
    for (const key of keys) buckets.set(key, index);
    return undefined;
  };

  return {
    find: (article) => {
      const words = article.body.normalize('NFKC').toLowerCase().match(wordPattern) ?? [];
      const digest = createHash('sha256').update(words.join(' ')).digest('base64');
      const home = homes.get(digest) ?? (words.length < fewestWords ? undefined : findNear(words, article));
      if (!homes.has(digest)) homes.set(digest, home ?? article.path);
      return home;
    },
  };
}

/** What is kept of an article besides its numbers: signature, earlier reports in its buckets, facts. */
interface Report {
  readonly path: string;
  readonly date: PartialDate | undefined;
}

const wordPattern = /[\p{L}\p{M}]+|\p{N}+(?:[.,:]\p{N}+)*/gu;
const nobody = 0xffffffff;

/** Many short runs of numbers, by the order in which they were added. */
function createPool() {
  let values = new Uint32Array(4096);
  const ends: number[] = [];
  return {
    get: (i: number): Uint32Array => values.subarray(ends[i - 1] ?? 0, ends[i]),
    add: (run: readonly number[]): void => {
      const start = ends.at(-1) ?? 0;
      const end = start + run.length;
      if (end > values.length) {
        const larger = new Uint32Array(Math.max(end, values.length * 2));
        larger.set(values);
        values = larger;
      }
      values.set(run, start);
      ends.push(end);
    },
  };
}

/** MinHash signature: for each of 64 hash functions the least value over all shingles. */
function sign(words: readonly string[]): Uint32Array {
  const signature = new Uint32Array(hashCount).fill(0xffffffff);
  for (const shingle of hashShingles(words)) {
    for (let i = 0; i < hashCount; i++) {
      const value = Math.imul(shingle ^ offsets[i]!, factors[i]!) >>> 0;
      if (value < signature[i]!) signature[i] = value;
    }
  }
  return signature;
}

/** Constants of the hash functions, from a fixed generator (Weyl sequence of the golden ratio). */
const weyl = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;
const offsets = Uint32Array.from({ length: hashCount }, (_, i) => weyl(i));
const factors = Uint32Array.from({ length: hashCount }, (_, i) => weyl(hashCount + i * i) | 1);

/** Keys of the buckets that a signature falls into, different for each band. */
function bandKeys(signature: Uint32Array): Uint32Array {
  return Uint32Array.from({ length: bandCount }, (_, band) => {
    let key = band + 1;
    for (let row = 0; row < bandRows; row++) {
      key = Math.imul(key ^ signature[band * bandRows + row]!, 0x85ebca6b);
      key ^= key >>> 15;
    }
    return key;
  });
}

/** Share of equal places of two signatures: estimates the Jaccard overlap of the shingles. */
function agreement(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < hashCount; i++) if (a[i] === b[i]) equal++;
  return equal / hashCount;
}

/** Whether every fact of one list is in the other. Both ascend. */
function oneHoldsOther(a: Uint32Array, b: Uint32Array): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  return few.every((fact) => {
    while (at < many.length && many[at]! < fact) at++;
    return many[at] === fact;
  });
}

/** Days between two dates, 0 when one is unknown or they may be the same day. */
function daysBetween(a: PartialDate | undefined, b: PartialDate | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const [from, to] = [dayRange(a), dayRange(b)];
  return Math.max(0, from[0] - to[1], to[0] - from[1]);
}

/** First and last day that a date may mean, counted from 1970. */
function dayRange(date: PartialDate): [first: number, last: number] {
  const [year = 0, month, day] = date.split('-').map(Number);
  const first = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const last = day === undefined ? Date.UTC(month === undefined ? year + 1 : year, month ?? 0, 0) : first;
  return [first / 86_400_000, last / 86_400_000];
}
