import {
  add,
  advance,
  and,
  assemble,
  type Code,
  f32,
  f32Add,
  f32Divide,
  f32Equal,
  f32FromInt,
  f32Load,
  f32Multiply,
  f32Store,
  f32Zero,
  get,
  i32,
  i32Load,
  i32Load8,
  i32Store,
  int,
  isBelow,
  isZero,
  loopWhile,
  type Routine,
  roundUp,
  set,
  shiftLeft,
} from './assembler.ts';
import { instantiate } from './instantiate.ts';

/** Kinds of rows that are told apart: a byte each. */
const kinds = 256;

/** Where the arrays for so many rows lie. */
function planMemory(rows: number) {
  let end = 0;
  const place = (bytes: number): number => {
    const start = end;
    end = roundUp(end + bytes, 16);
    return start;
  };
  return {
    /** Where the routine that ran last stopped writing row numbers. */
    stop: place(4),
    fresh: place(4 * kinds),
    weights: place(4 * kinds),
    kindOf: place(rows),
    damping: place(4 * rows),
    occurrences: place(4 * rows),
    scores: place(4 * rows),
    listed: place(4 * rows),
    frequencies: place(rows),
    gathered: place(4 * rows),
    touched: place(4 * rows),
    totals: place(4 * rows),
    bytes: end,
  };
}

/**
 * Routines over the row numbers between two addresses. Every number is written to `out`, but only after one that counts does `out` move on:
 * a branch would be mispredicted half of the time.
 */
function assembleFor(at: ReturnType<typeof planMemory>): WebAssembly.Module {
  const [from, to, out, frequency, base, weight] = [0, 1, 2, 3, 4, 5] as const;
  const [row, cell, kind, before, after] = [6, 7, 8, 9, 10] as const;
  const overRows = (body: Code): Routine => ({
    parameters: [i32, i32, i32, i32, i32, f32],
    locals: [i32, i32, i32, f32, f32],
    body: [
      loopWhile(isBelow(get(from), get(to)), [
        set(row, add(i32Load(get(from)), get(base))),
        set(cell, shiftLeft(get(row), 2)),
        set(kind, shiftLeft(i32Load8(get(row), at.kindOf), 2)),
        body,
        advance(from, 4),
      ]),
      i32Store(int(at.stop), get(out)),
    ],
  });
  const writeRow = (counts: Code): Code => [
    i32Store(get(out), get(row)),
    set(out, add(get(out), shiftLeft(counts, 2))),
  ];
  const wasNothing = f32Equal(get(before), f32Zero);
  return assemble({
    /** occurrences += weight * frequency; rows that had none are gathered and counted by kind. */
    gather: overRows([
      set(before, f32Load(get(cell), at.occurrences)),
      writeRow(wasNothing),
      i32Store(get(kind), add(i32Load(get(kind), at.fresh), wasNothing), at.fresh),
      f32Store(
        get(cell),
        f32Add(get(before), f32Multiply(get(weight), f32FromInt(i32Load8(get(frequency))))),
        at.occurrences,
      ),
      advance(frequency, 1),
    ]),
    /** scores += weight of the kind * occurrences / (occurrences + damping), occurrences = 0; rows that had no score are touched. */
    settle: overRows([
      set(before, f32Load(get(cell), at.occurrences)),
      set(
        after,
        f32Divide(
          f32Multiply(f32Load(get(kind), at.weights), get(before)),
          f32Add(get(before), f32Load(get(cell), at.damping)),
        ),
      ),
      f32Store(get(cell), f32Zero, at.occurrences),
      set(before, f32Load(get(cell), at.scores)),
      set(after, f32Add(get(before), get(after))),
      f32Store(get(cell), get(after), at.scores),
      writeRow(and(wasNothing, isZero(f32Equal(get(after), f32Zero)))),
    ]),
    /** scores *= weight of the kind; they are also written to `out`. */
    scale: overRows([
      set(after, f32Multiply(f32Load(get(cell), at.scores), f32Load(get(kind), at.weights))),
      f32Store(get(cell), get(after), at.scores),
      f32Store(get(out), get(after)),
      advance(out, 4),
    ]),
  });
}

/** Sums over the postings of a question's words, one word after the other. */
export interface PostingSums {
  /** By row; overwritten by the next question. */
  readonly scores: Float32Array;
  /** By kind: rows that the last list was the first of the word to have. */
  readonly fresh: Uint32Array;
  /** Begins a question: all scores are 0. */
  readonly clear: () => void;
  /** Adds a weight, times the frequency, to the occurrences of the word in the rows of a list; none is there twice. */
  readonly gather: (list: Postings, weight: number) => void;
  /** Ends a word: adds weights[kind] * occurrences / (occurrences + damping) to the scores. */
  readonly settle: (weights: ArrayLike<number>) => void;
  /** Ends a question: multiplies scores with factors[kind]; returns the rows that have one, and theirs in the same order. */
  readonly finish: (factors: ArrayLike<number>) => {
    readonly rows: Uint32Array;
    readonly totals: Float32Array;
  };
}

/** Rows of one term, ascending, less `base`; and how often it occurs in them. */
interface Postings {
  readonly base: number;
  readonly rows: Uint32Array;
  readonly frequencies: Uint8Array;
}

/** @param kindOf and @param damping by row; kinds that `settle` gives no weight take no part. */
export function createPostingSums(kindOf: Uint8Array, damping: Float32Array): PostingSums {
  const at = planMemory(kindOf.length);
  const { memory, routines } = instantiate<'gather' | 'settle' | 'scale'>(assembleFor(at), at.bytes);
  const numbers = (start: number, count: number) => new Uint32Array(memory, start, count);
  const floats = (start: number, count: number) => new Float32Array(memory, start, count);
  new Uint8Array(memory, at.kindOf, kindOf.length).set(kindOf);
  floats(at.damping, damping.length).set(damping);
  const listed = numbers(at.listed, kindOf.length);
  const frequencies = new Uint8Array(memory, at.frequencies, kindOf.length);
  const scores = floats(at.scores, kindOf.length);
  const fresh = numbers(at.fresh, kinds);
  const weights = floats(at.weights, kinds);
  const stop = numbers(at.stop, 1);
  let gatheredEnd = at.gathered;
  let touchedEnd = at.touched;

  return {
    scores,
    fresh,
    clear() {
      scores.fill(0);
      touchedEnd = at.touched;
    },
    gather(list, weight) {
      listed.set(list.rows);
      frequencies.set(list.frequencies);
      fresh.fill(0);
      const end = at.listed + 4 * list.rows.length;
      routines.gather(at.listed, end, gatheredEnd, at.frequencies, list.base, weight);
      gatheredEnd = stop[0]!;
    },
    settle(given) {
      weights.set(given);
      routines.settle(at.gathered, gatheredEnd, touchedEnd);
      gatheredEnd = at.gathered;
      touchedEnd = stop[0]!;
    },
    finish(factors) {
      weights.set(factors);
      routines.scale(at.touched, touchedEnd, at.totals);
      const count = (touchedEnd - at.touched) / 4;
      return { rows: numbers(at.touched, count), totals: floats(at.totals, count) };
    },
  };
}
