import {
  add,
  advance,
  type Code,
  f32x4Add,
  f32x4Multiply,
  get,
  i8x16Add,
  i8x16Shuffle,
  i8x16Splat,
  i8x16Swizzle,
  i16x8Add,
  i16x8ExtendHigh,
  i16x8ExtendLow,
  i16x8Lane,
  i16x8Max,
  i16x8ShiftRight,
  i32,
  i32Store8,
  i32Store16,
  i32x4Constant,
  i32x4FromFloats,
  i32x4Lane,
  i32x4Max,
  i32x4Min,
  i32x4Multiply,
  isBelow,
  loopWhile,
  type Routine,
  roundUp,
  set,
  v128,
  v128And,
  v128Load,
  v128Store,
  v128Zero,
} from './assembler.ts';

/*
 * Signatures of rows, two bits for each component, compared with the components of a vector as they are (as Gao and Long, 2024, do with one
 * bit) by tables of partial sums that stay in registers (André, Kermarrec and Le Scouarnec, 2015).
 */

/** Rows that are compared at once: as many as a register has bytes. Their signatures take turns, a byte each. */
export const blockRows = 16;
/** Components that one table, one byte of a signature and one turn of the inner loop are about. */
const columns = { table: 2, byte: 4, turn: 8 } as const;
/** The step between four levels that loses least of a normally distributed value, in standard deviations, and what is left (Max, 1960). */
const levelStep = 0.9957;
const kept = 0.8812;
/** Rows looked at to learn how the components are distributed. */
const sampled = 4096;

/**
 * encode(row, rowEnd, scales, offsets, code), addresses in bytes: the level of each component, 0 to 3, is value * scale + offset without its
 * fraction; four components make a byte.
 */
function encode(): Routine {
  const [row, rowEnd, scales, offsets, code, levels] = [0, 1, 2, 3, 4, 5] as const;
  const level = f32x4Add(f32x4Multiply(v128Load(get(row)), v128Load(get(scales))), v128Load(get(offsets)));
  return {
    parameters: [i32, i32, i32, i32, i32],
    locals: [v128],
    body: loopWhile(isBelow(get(row), get(rowEnd)), [
      set(levels, i32x4Min(i32x4Max(i32x4FromFloats(level), v128Zero), i32x4Constant([3, 3, 3, 3]))),
      set(levels, i32x4Multiply(get(levels), i32x4Constant([1, 4, 16, 64]))),
      i32Store8(get(code), [0, 1, 2, 3].map((lane) => i32x4Lane(get(levels), lane)).reduce(add)),
      [row, scales, offsets].map((address) => advance(address, 16)),
      advance(code, blockRows),
    ]),
  };
}

/**
 * compare(codes, codesEnd, tables, tablesEnd, marks, best), addresses in bytes: half a byte of a row's signature picks a number from a
 * table of sixteen, for the rows of a block at once; a row's mark is the sum of its numbers. `best` is the highest of each block.
 */
function compare(): Routine {
  const [codes, codesEnd, tables, tablesEnd, marks, best] = [0, 1, 2, 3, 4, 5] as const;
  const [table, low, high, first, second, fifteen] = [6, 7, 8, 9, 10, 11] as const;
  const pick = (place: number, halves: Code) => i8x16Swizzle(v128Load(get(table), 16 * place), halves);
  const lowHalves = (local: number) => v128And(get(local), get(fifteen));
  const highHalves = (local: number) => v128And(i16x8ShiftRight(get(local), 4), get(fifteen));
  const raiseBy = (lanes: number) =>
    set(low, i16x8Max(get(low), i8x16Shuffle(get(low), get(low), turned(2 * lanes))));
  return {
    parameters: [i32, i32, i32, i32, i32, i32],
    locals: [i32, v128, v128, v128, v128, v128],
    body: [
      set(fifteen, i8x16Splat(15)),
      loopWhile(isBelow(get(codes), get(codesEnd)), [
        set(table, get(tables)),
        set(low, v128Zero),
        set(high, v128Zero),
        loopWhile(isBelow(get(table), get(tablesEnd)), [
          set(first, v128Load(get(codes))),
          set(second, v128Load(get(codes), blockRows)),
          // The sum of four fits into a byte.
          set(
            first,
            i8x16Add(
              i8x16Add(pick(0, lowHalves(first)), pick(1, highHalves(first))),
              i8x16Add(pick(2, lowHalves(second)), pick(3, highHalves(second))),
            ),
          ),
          set(low, i16x8Add(get(low), i16x8ExtendLow(get(first)))),
          set(high, i16x8Add(get(high), i16x8ExtendHigh(get(first)))),
          advance(table, 4 * 16),
          advance(codes, 2 * blockRows),
        ]),
        v128Store(get(marks), get(low)),
        v128Store(get(marks), get(high), 16),
        set(low, i16x8Max(get(low), get(high))),
        [4, 2, 1].map(raiseBy),
        i32Store16(get(best), i16x8Lane(get(low), 0)),
        advance(marks, 2 * blockRows),
        advance(best, 2),
      ]),
    ],
  };
}

/** The bytes of a vector, turned by some. */
function turned(bytes: number): number[] {
  return Array.from({ length: 16 }, (_, place) => (place + bytes) % 16);
}

export const signatureRoutines = { encode: encode(), compare: compare() };

/** What signatures of so many components take. */
export interface SignatureSize {
  /** Components, with zeros that fill the last turn. */
  readonly width: number;
  /** Bytes of the tables of one vector, and of the signatures of a block. */
  readonly tableBytes: number;
  readonly blockBytes: number;
}

export function sizeSignatures(dimensions: number): SignatureSize {
  const width = roundUp(dimensions, columns.turn);
  return {
    width,
    tableBytes: (16 * width) / columns.table,
    blockBytes: (blockRows * width) / columns.byte,
  };
}

/** Mean of each component, and the step between its levels. */
export interface Levels {
  readonly means: Float64Array;
  readonly steps: Float64Array;
}

/** Learns the levels from a sample of the rows. */
export function learnLevels(
  count: number,
  dimensions: number,
  rowAt: (row: number) => ArrayLike<number>,
): Levels {
  const means = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  const stride = Math.max(1, Math.floor(count / sampled));
  let seen = 0;
  for (let row = 0; row < count; row += stride, seen++) {
    const values = rowAt(row);
    for (let column = 0; column < dimensions; column++) {
      means[column]! += values[column]!;
      squares[column]! += values[column]! ** 2;
    }
  }
  const steps = squares.map((square, column) => {
    means[column]! /= seen || 1;
    return levelStep * Math.sqrt(Math.max(0, square / (seen || 1) - means[column]! ** 2)) || 1;
  });
  return { means, steps };
}

/** Fills the tables of a vector. Returns the mark to expect of a row that has a given inner product with it. */
export function fillTables(
  tables: Uint8Array,
  vector: ArrayLike<number>,
  { means, steps }: Levels,
): (product: number) => number {
  const tableCount = tables.length / 16;
  // Marks have 16 bits, the sum of four numbers 8.
  const highest = Math.min(63, Math.floor(0xffff / tableCount));
  const weights = new Float64Array(columns.table * tableCount);
  let centre = 0;
  for (let column = 0; column < means.length; column++) {
    centre += vector[column]! * means[column]!;
    weights[column] = vector[column]! * steps[column]!;
  }
  /** Half of what the numbers of a table differ by. */
  const reachOf = (table: number) =>
    1.5 * (Math.abs(weights[2 * table]!) + Math.abs(weights[2 * table + 1]!));
  let least = 0;
  let widest = 0;
  for (let table = 0; table < tableCount; table++) {
    least -= reachOf(table);
    widest = Math.max(widest, 2 * reachOf(table));
  }
  const scale = highest / (widest || 1);
  for (let table = 0; table < tableCount; table++) {
    const a = scale * weights[2 * table]!;
    const b = scale * weights[2 * table + 1]!;
    // Half a step up, so that cutting the fraction off rounds.
    const zero = scale * reachOf(table) - 1.5 * (a + b) + 0.5;
    for (let second = 0; second < 4; second++) {
      for (let first = 0; first < 4; first++) {
        tables[16 * table + 4 * second + first] = zero + a * first + b * second;
      }
    }
  }
  return (product) => (kept * (product - centre) - least) * scale;
}

/** Standard deviation of the inner products of unit vectors that the mark is expected of. */
export const deviationOf = (dimensions: number): number => Math.sqrt((1 - kept) / kept / dimensions);
