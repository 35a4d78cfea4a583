import { assemble, roundUp } from './assembler.ts';
import { instantiate } from './instantiate.ts';
import { lengths, mostLists, peakReach, planPostings, postingRoutines, waiting } from './posting-routines.ts';

export { lengths, peakReach } from './posting-routines.ts';

/** What the lists of a question's words come to. Overwritten by the next question. */
export interface Totals {
  /** Rows that have a score, in no order. */
  readonly rows: Uint32Array;
  /** In their order. */
  readonly totals: Float32Array;
  /** The highest of each `peakReach` totals. */
  readonly peaks: Float32Array;
}

/** Sums over the postings of a question's words, one word after the other. */
export interface PostingSums {
  /** Begins a question: nothing has a score. */
  readonly begin: () => void;
  /** Adds a weight, times the frequency, to the occurrences of the word in the rows of a list; none is there twice. */
  readonly gather: (list: Postings, weight: number) => void;
  /** By kind: the sum over the word's rows of the weight that each was gathered with first. */
  readonly countMatches: () => Float32Array;
  /** Ends a word: adds weights[kind] * occurrences / (occurrences + damping) to the scores. */
  readonly settle: (weights: readonly number[]) => void;
  /** Ends a question: multiplies scores with factors[kind]. */
  readonly finish: (factors: readonly number[]) => Totals;
  /** Total of a row in the question that was finished last; 0 if it has no score. */
  readonly totalAt: (row: number) => number;
}

/** Rows of one term, ascending, less `base`; and how often it occurs in them. */
interface Postings {
  readonly base: number;
  readonly rows: Uint32Array;
  readonly frequencies: Uint8Array;
}

/**
 * @param kindOf by row; kinds from @param kindCount on take no part.
 * @param lengthOf by row, @param dampings by length.
 * @param placesEnd up to where places are counted before they begin again.
 */
export function createPostingSums(
  kindOf: Uint8Array,
  lengthOf: Uint8Array,
  dampings: ArrayLike<number>,
  kindCount: number,
  placesEnd = 2 ** 32,
): PostingSums {
  const rowCount = kindOf.length;
  const isUniform = kindCount === 1;
  const at = planPostings(rowCount);
  const { memory, routines } = instantiate<keyof ReturnType<typeof postingRoutines>>(
    assemble(postingRoutines(at, kindCount, isUniform)),
    at.bytes,
  );
  const bytes = (start: number, count: number) => new Uint8Array(memory, start, count);
  const numbers = (start: number, count: number) => new Uint32Array(memory, start, count);
  const floats = (start: number, count: number) => new Float32Array(memory, start, count);
  bytes(at.kindOf, rowCount).set(kindOf);
  bytes(at.lengthOf, rowCount).set(lengthOf);
  floats(at.dampings, lengths).set(dampings);
  const takeAllPart = kindOf.every((kind) => kind < kindCount);
  // What has occurrences already is not gathered.
  floats(at.occurrences, rowCount).set(
    Float32Array.from(kindOf, (kind) => (kind < kindCount ? 0 : Infinity)),
  );
  const places = numbers(at.places, rowCount);
  const listNumbers = numbers(at.lists, (waiting.bytes / 4) * mostLists);
  const listFloats = floats(at.lists, listNumbers.length);
  const listed = numbers(at.listed, rowCount);
  const frequencies = bytes(at.frequencies, rowCount);
  const matches = floats(at.matches, kindCount);
  const weights = floats(at.weights, kindCount);
  const totals = floats(at.totals, roundUp(rowCount, peakReach));
  const stop = numbers(at.stop, 1);
  let listCount = 0;
  let listedCount = 0;
  let gatheredEnd = at.gathered;
  /** Places of a question, in bytes, are counted from here. */
  let first = 4;
  let next = first;

  const gatherWaiting = (): void => {
    if (listCount === 0) return;
    routines.gather(at.lists, at.lists + waiting.bytes * listCount, gatheredEnd);
    gatheredEnd = stop[0]!;
    listCount = 0;
    listedCount = 0;
  };
  /** Whether the word has one list, all of whose rows take part. */
  const isOneList = () => takeAllPart && listCount === 1 && gatheredEnd === at.gathered;

  return {
    begin() {
      first = next;
      if (first + 4 * (rowCount + 1) < placesEnd) return;
      places.fill(0);
      first = 4;
      next = first;
    },
    gather({ base, rows, frequencies: often }, weight) {
      if (listCount === mostLists || listedCount + rows.length > rowCount) gatherWaiting();
      listed.set(rows, listedCount);
      frequencies.set(often, listedCount);
      listedCount += rows.length;
      const entry = (waiting.bytes / 4) * listCount++;
      listNumbers[entry] = at.listed + 4 * listedCount;
      listNumbers[entry + 1] = base;
      listFloats[entry + 2] = weight;
    },
    countMatches() {
      if (isOneList() && isUniform) matches[0] = listFloats[2]! * listedCount;
      else gatherWaiting();
      return matches;
    },
    settle(given) {
      weights.set(given);
      if (isOneList()) {
        const end = at.listed + 4 * listedCount;
        routines.settleList(at.listed, end, next, first, listNumbers[1]!, at.frequencies, listFloats[2]!);
        listCount = 0;
        listedCount = 0;
      } else {
        gatherWaiting();
        routines.settle(at.gathered, gatheredEnd, next, first);
        gatheredEnd = at.gathered;
      }
      next = stop[0]!;
      matches.fill(0);
    },
    finish(factors) {
      const scored = (next - first) / 4;
      weights.set(factors);
      if (!isUniform) routines.scale(0, 4 * scored);
      const peaks = Math.ceil(scored / peakReach);
      totals.fill(0, scored, peaks * peakReach);
      routines.findPeaks(0, 4 * peaks * peakReach, at.peaks, isUniform ? factors[0]! : 1);
      return {
        rows: numbers(at.touched, scored),
        totals: floats(at.totals, scored),
        peaks: floats(at.peaks, peaks),
      };
    },
    totalAt(row) {
      const place = places[row]!;
      return place < first ? 0 : totals[(place - first) / 4]!;
    },
  };
}
