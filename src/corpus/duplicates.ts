import type { PartialDate } from '../types.ts';
import { type Likeness, type Mark, signatureLength } from './mark.ts';

/** An article as far as it matters for finding its duplicates. */
export interface Report {
  readonly path: string;
  readonly date?: PartialDate | undefined;
  readonly mark: Mark;
}

/**
 * Recognises reports that were there before: with the same text, or the same report with small changes. What it answers
 * depends on what it was told to remember, in that order, and on nothing else.
 */
export interface DuplicateFinder {
  /** Path of the earlier report that this one repeats; undefined for a new one. */
  readonly look: (report: Report) => string | undefined;
  /** Takes in a report together with what `look` has said about it. */
  readonly remember: (report: Report, of: string | undefined) => void;
}

/** Twelve bands of five: an overlap of 0.8 is met with probability 0.99, one of 0.5 with 0.3, one of 0.2 with 0.004. */
const bandCount = 12;
const bandRows = 5;
/**
 * Least overlap of two versions of a report: 0.8 of their shingles is one changed word in 27, or one paragraph in six
 * left out. Different reports on one event share far less; those from one template share more, and differ in their facts.
 */
const leastOverlap = 0.8;
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
  const known: Known[] = [];
  const numbers = createPool();
  /** Newest report of each band's bucket. Each report names the one before it in its buckets. */
  const buckets = new Map<number, number>();

  /** Known reports that share a band with the signature, oldest first. */
  const findCandidates = (signature: Uint32Array): number[] => {
    const candidates = new Set<number>();
    const keys = bandKeys(signature);
    for (let band = 0; band < bandCount; band++) {
      let report = buckets.get(keys[band]!) ?? nobody;
      for (let looked = 0; report !== nobody && looked < mostCandidates; looked++) {
        candidates.add(report);
        report = numbers.get(report)[signatureLength + band] ?? nobody;
      }
    }
    return [...candidates].sort((a, b) => a - b);
  };

  const findNear = ({ signature, facts }: Likeness, date: PartialDate | undefined): string | undefined => {
    const same = findCandidates(signature).find((candidate) => {
      const earlier = numbers.get(candidate);
      return (
        daysBetween(known[candidate]?.date, date) <= mostDays &&
        agreement(earlier, signature) >= leastOverlap &&
        oneHoldsOther(earlier.subarray(signatureLength + bandCount), facts)
      );
    });
    return same === undefined ? undefined : known[same]?.path;
  };

  const add = ({ path, date }: Report, { signature, facts }: Likeness): void => {
    const keys = bandKeys(signature);
    const previous = keys.map((key) => buckets.get(key) ?? nobody);
    const index = known.push({ path, date }) - 1;
    numbers.add(signature, previous, facts);
    for (const key of keys) buckets.set(key, index);
  };

  return {
    look: ({ date, mark }) => homes.get(mark.digest) ?? (mark.likeness && findNear(mark.likeness, date)),
    remember: (report, of) => {
      const { digest, likeness } = report.mark;
      if (!homes.has(digest)) homes.set(digest, of ?? report.path);
      if (of === undefined && likeness) add(report, likeness);
    },
  };
}

/** What is kept of a new report besides its numbers: signature, earlier reports in its buckets, facts. */
type Known = Pick<Report, 'path' | 'date'>;

const nobody = 0xffffffff;

/** Many short runs of numbers, by the order in which they were added. */
function createPool() {
  let values = new Uint32Array(4096);
  const ends: number[] = [];
  return {
    get: (i: number): Uint32Array => values.subarray(ends[i - 1] ?? 0, ends[i]),
    /** Parts of one run. */
    add: (...parts: readonly Uint32Array[]): void => {
      let start = ends.at(-1) ?? 0;
      const end = parts.reduce((sum, part) => sum + part.length, start);
      if (end > values.length) {
        const larger = new Uint32Array(Math.max(end, values.length * 2));
        larger.set(values);
        values = larger;
      }
      for (const part of parts) {
        values.set(part, start);
        start += part.length;
      }
      ends.push(end);
    },
  };
}

/** Keys of the buckets that a signature falls into, different for each band. */
function bandKeys(signature: Uint32Array): Uint32Array {
  const keys = new Uint32Array(bandCount);
  for (let band = 0; band < bandCount; band++) {
    let key = band + 1;
    for (let row = 0; row < bandRows; row++) {
      key = Math.imul(key ^ signature[band * bandRows + row]!, 0x85ebca6b);
      key ^= key >>> 15;
    }
    keys[band] = key;
  }
  return keys;
}

/** Share of equal places of two signatures: estimates the Jaccard overlap of the shingles. */
function agreement(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < signatureLength; i++) if (a[i] === b[i]) equal++;
  return equal / signatureLength;
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
