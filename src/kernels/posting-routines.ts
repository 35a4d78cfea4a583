import {
  add,
  advance,
  and,
  type Code,
  f32,
  f32Add,
  f32Divide,
  f32Equal,
  f32FromBits,
  f32FromInt,
  f32Load,
  f32Max,
  f32Multiply,
  f32Store,
  f32x4Lane,
  f32x4Max,
  f32x4Multiply,
  f32x4Splat,
  f32Zero,
  get,
  i32,
  i32Load,
  i32Load8,
  i32Store,
  i32Store8,
  int,
  isBelow,
  isZero,
  loopWhile,
  type Routine,
  roundUp,
  select,
  set,
  shiftLeft,
  shiftRight,
  subtract,
  v128,
  v128Load,
  v128Store,
  v128Zero,
} from './assembler.ts';

/** Kinds of rows that are told apart: a byte each. */
const kinds = 256;
/** Lengths of rows that are told apart: a byte each. */
export const lengths = 256;
/** Totals that share a peak. */
export const peakReach = 64;
/** Lists that are gathered at once. */
export const mostLists = 1024;

/** What is known of a list that waits. */
export const waiting = { end: 0, base: 4, weight: 8, bytes: 12 } as const;

/** Where the arrays for so many rows lie. */
export function planPostings(rows: number) {
  let end = 0;
  const place = (bytes: number): number => {
    const start = end;
    end = roundUp(end + bytes, 16);
    return start;
  };
  // A number more than is counted may be written.
  const numbers = 4 * (rows + 1);
  return {
    /** Where the routine that ran last stopped writing row numbers. */
    stop: place(4),
    fresh: place(4 * kinds),
    matches: place(4 * kinds),
    weights: place(4 * kinds),
    dampings: place(4 * lengths),
    /** By row. */
    kindOf: place(rows),
    lengthOf: place(rows),
    places: place(4 * rows),
    occurrences: place(4 * rows),
    /** Lists that wait, and end to end what is in them. */
    lists: place(waiting.bytes * mostLists),
    listed: place(4 * rows),
    frequencies: place(rows),
    gathered: place(numbers),
    /** In the order in which rows got a score: rows, kinds and totals, and the highest of some totals each. */
    touched: place(numbers),
    touchedKinds: place(rows + 1),
    totals: place(roundUp(numbers, 4 * peakReach)),
    peaks: place(4 * Math.ceil(rows / peakReach)),
    bytes: end,
  };
}

const parametersOfList = [i32, i32, i32, i32, i32, i32, f32] as const;

/** The loops over a question's postings. @param isUniform whether there is one kind only. */
export function postingRoutines(at: ReturnType<typeof planPostings>, kindCount: number, isUniform: boolean) {
  /**
   * gather(list, listsEnd, out): occurrences += weight * frequency for the rows of the lists that wait; rows that had none are written to `out`, and
   * the weight counts as a match of their kind. Every row is written, but only after one that counts does `out` move on: a branch would
   * be mispredicted half of the time.
   */
  const gather = (): Routine => {
    const [list, listsEnd, out, from, to, base, frequency, row, cell, kind, weight, before] = [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ] as const;
    const wasNothing = f32Equal(get(before), f32Zero);
    const countFresh = [
      set(kind, shiftLeft(i32Load8(get(row), at.kindOf), 2)),
      i32Store(get(kind), add(i32Load(get(kind), at.fresh), wasNothing), at.fresh),
    ];
    return {
      parameters: [i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, f32, f32],
      body: [
        set(from, int(at.listed)),
        set(frequency, int(at.frequencies)),
        loopWhile(isBelow(get(list), get(listsEnd)), [
          set(to, i32Load(get(list), waiting.end)),
          set(base, i32Load(get(list), waiting.base)),
          set(weight, f32Load(get(list), waiting.weight)),
          set(kind, get(out)),
          loopWhile(isBelow(get(from), get(to)), [
            set(row, add(i32Load(get(from)), get(base))),
            i32Store(get(out), get(row)),
            set(cell, shiftLeft(get(row), 2)),
            set(before, f32Load(get(cell), at.occurrences)),
            set(out, add(get(out), shiftLeft(wasNothing, 2))),
            isUniform ? [] : countFresh,
            f32Store(
              get(cell),
              f32Add(get(before), f32Multiply(get(weight), f32FromInt(i32Load8(get(frequency))))),
              at.occurrences,
            ),
            advance(from, 4),
            advance(frequency, 1),
          ]),
          isUniform ? i32Store(int(0), shiftRight(subtract(get(out), get(kind)), 2), at.fresh) : [],
          set(kind, int(0)),
          loopWhile(isBelow(get(kind), int(4 * kindCount)), [
            f32Store(
              get(kind),
              f32Add(
                f32Load(get(kind), at.matches),
                f32Multiply(get(weight), f32FromInt(i32Load(get(kind), at.fresh))),
              ),
              at.matches,
            ),
            i32Store(get(kind), int(0), at.fresh),
            advance(kind, 4),
          ]),
          advance(list, waiting.bytes),
        ]),
        i32Store(int(at.stop), get(out)),
      ],
    };
  };

  /** settle(from, to, next, first) and settleList(from, to, next, first, base, frequency, weight) share these. */
  const [from, to, next, first, base, frequency, weight] = [0, 1, 2, 3, 4, 5, 6] as const;
  const [row, place, offset, kind, occurrences, gained] = [7, 8, 9, 10, 11, 12] as const;
  const cell = shiftLeft(get(row), 2);
  const isNew = isBelow(get(place), get(first));
  const isScored = isZero(f32Equal(get(gained), f32Zero));
  /** The score of a row += weight of its kind * occurrences / (occurrences + damping). A row without a score gets the next place. */
  const addScore: Code = [
    set(kind, isUniform ? int(0) : i32Load8(get(row), at.kindOf)),
    set(
      gained,
      f32Divide(
        f32Multiply(f32Load(shiftLeft(get(kind), 2), at.weights), get(occurrences)),
        f32Add(get(occurrences), f32Load(shiftLeft(i32Load8(get(row), at.lengthOf), 2), at.dampings)),
      ),
    ),
    set(place, i32Load(cell, at.places)),
    set(offset, subtract(select(get(next), get(place), isNew), get(first))),
    i32Store(get(offset), get(row), at.touched),
    isUniform ? [] : i32Store8(shiftRight(get(offset), 2), get(kind), at.touchedKinds),
    f32Store(
      get(offset),
      f32Add(f32FromBits(and(i32Load(get(offset), at.totals), subtract(isNew, int(1)))), get(gained)),
      at.totals,
    ),
    // What gains nothing gets no place.
    set(offset, select(add(get(offset), get(first)), get(place), isScored)),
    set(next, add(get(next), shiftLeft(and(isNew, isScored), 2))),
    i32Store(cell, get(offset), at.places),
  ];
  const settleRows = (parameters: Routine['parameters'], body: Code): Routine => ({
    parameters,
    locals: [...parametersOfList.slice(parameters.length), i32, i32, i32, i32, f32, f32],
    body: [
      loopWhile(isBelow(get(from), get(to)), [body, addScore, advance(from, 4)]),
      i32Store(int(at.stop), get(next)),
    ],
  });
  /** Ends a word for the rows that were gathered between two addresses. */
  const settle = settleRows(
    [i32, i32, i32, i32],
    [
      set(row, i32Load(get(from))),
      set(occurrences, f32Load(cell, at.occurrences)),
      f32Store(cell, f32Zero, at.occurrences),
    ],
  );
  /** The same for a word that has only one list: nothing need be gathered. */
  const settleList = settleRows(parametersOfList, [
    set(row, add(i32Load(get(from)), get(base))),
    set(occurrences, f32Multiply(get(weight), f32FromInt(i32Load8(get(frequency))))),
    advance(frequency, 1),
  ]);

  /** scale(offset, end): multiplies totals with the weight of their kind. */
  const scale = (): Routine => {
    const [offset, end] = [0, 1] as const;
    const kind = shiftLeft(i32Load8(shiftRight(get(offset), 2), at.touchedKinds), 2);
    return {
      parameters: [i32, i32],
      locals: [],
      body: loopWhile(isBelow(get(offset), get(end)), [
        f32Store(
          get(offset),
          f32Multiply(f32Load(get(offset), at.totals), f32Load(kind, at.weights)),
          at.totals,
        ),
        advance(offset, 4),
      ]),
    };
  };

  /** findPeaks(offset, end, peak, factor): multiplies totals with a factor, and writes the highest of each `peakReach`. */
  const findPeaks = (): Routine => {
    const [offset, end, peak, factor, factors, highest, total] = [0, 1, 2, 3, 4, 5, 6] as const;
    const register = (number: number): Code => [
      set(total, f32x4Multiply(get(factors), v128Load(get(offset), at.totals + 16 * number))),
      v128Store(get(offset), get(total), at.totals + 16 * number),
      set(highest, f32x4Max(get(highest), get(total))),
    ];
    return {
      parameters: [i32, i32, i32, f32],
      locals: [v128, v128, v128],
      body: [
        set(factors, f32x4Splat(get(factor))),
        loopWhile(isBelow(get(offset), get(end)), [
          set(highest, v128Zero),
          Array.from({ length: peakReach / 4 }, (_, number) => register(number)),
          f32Store(get(peak), [0, 1, 2, 3].map((lane) => f32x4Lane(get(highest), lane)).reduce(f32Max)),
          advance(offset, 4 * peakReach),
          advance(peak, 4),
        ]),
      ],
    };
  };

  return { gather: gather(), settle, settleList, scale: scale(), findPeaks: findPeaks() };
}
