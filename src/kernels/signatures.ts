import {
  add,
  advance,
  assemble,
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
  instantiate,
  isBelow,
  loopWhile,
  roundUp,
  set,
  v128,
  v128And,
  v128Load,
  v128Store,
  v128Zero,
} from './assembler.ts';

/** Rows that are compared at once: as many as a register has bytes. */
const blockRows = 16;

/**
 * encode(row, rowEnd, scales, offsets, code), addresses in bytes: the level of each component, 0 to 3, is value * scale + offset without its
 * fraction; four components make a byte.
 *
 * compare(codes, codesEnd, tables, tablesEnd, marks, best), addresses in bytes: half a byte of a row's signature picks a number from a
 * table of sixteen, for the rows of a block at once; a row's mark is the sum of its numbers.
 */
const module = assemble({
  encode: (() => {
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
  })(),
  compare: (() => {
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
  })(),
});

/** The bytes of a vector, turned by some. */
function turned(bytes: number): number[] {
  return Array.from({ length: 16 }, (_, place) => (place + bytes) % 16);
}

/** Components that one table, one byte of a signature and one turn of the inner loop are about. */
const columns = { table: 2, byte: 4, turn: 8 } as const;
/** The step between four levels that loses least of a normally distributed value, in standard deviations, and what is left (Max, 1960). */
const levelStep = 0.9957;
const kept = 0.8812;
/** Rows looked at to learn how the components are distributed. */
const sampled = 4096;

/** Rows of numbers, all as long. */
export interface Matrix {
  readonly count: number;
  readonly dimensions: number;
  readonly at: (row: number) => ArrayLike<number>;
}

/** How alike rows are to a vector, roughly: a higher mark is more alike. Overwritten by the next comparison. */
export interface Comparison {
  /** By row. */
  readonly marks: Uint16Array;
  /** The mark to expect of a row with a given inner product. */
  readonly markOf: (product: number) => number;
  /** Rows with at least a given mark, ascending. */
  readonly above: (mark: number) => number[];
}

/** Standard deviation of the inner products of unit vectors that `markOf` takes a mark for. */
export const deviationOf = (dimensions: number): number => Math.sqrt((1 - kept) / kept / dimensions);

/**
 * Signatures of rows, two bits for each component, compared with the components of a vector as they are (as Gao and Long, 2024, do with one
 * bit) by tables of partial sums that stay in registers (André, Kermarrec and Le Scouarnec, 2015).
 */
export function createSignatures(rows: Matrix): (vector: ArrayLike<number>) => Comparison {
  const { count, dimensions } = rows;
  const width = roundUp(dimensions, columns.turn);
  const tableCount = width / columns.table;
  // Marks have 16 bits, the sum of four numbers 8.
  const highest = Math.min(63, Math.floor(0xffff / tableCount));
  const blocks = Math.ceil(count / blockRows);
  const blockBytes = (width / columns.byte) * blockRows;
  const [valuesStart, scalesStart, offsetsStart, codesStart] = [0, 4 * width, 8 * width, 12 * width] as const;
  const marksStart = codesStart + blocks * blockBytes;
  const bestStart = marksStart + 2 * blocks * blockRows;
  const { memory, routines } = instantiate<'compare' | 'encode'>(module, bestStart + 2 * blocks);
  const values = new Float32Array(memory, valuesStart, dimensions);
  const scales = new Float32Array(memory, scalesStart, dimensions);
  const offsets = new Float32Array(memory, offsetsStart, dimensions);
  // Where the numbers for encoding were.
  const tables = new Uint8Array(memory, 0, 16 * tableCount);
  const marks = new Uint16Array(memory, marksStart, count);
  const best = new Uint16Array(memory, bestStart, blocks);

  const { means, steps } = learnLevels(rows);
  scales.set(steps.map((step) => 1 / step));
  offsets.set(steps.map((step, column) => 2 - means[column]! / step));
  for (let row = 0; row < count; row++) {
    values.set(rows.at(row));
    const block = Math.floor(row / blockRows);
    routines.encode(
      valuesStart,
      valuesStart + 4 * width,
      scalesStart,
      offsetsStart,
      codesStart + block * blockBytes + (row % blockRows),
    );
  }

  const above = (mark: number): number[] => {
    const found: number[] = [];
    for (let block = 0; block < blocks; block++) {
      if (best[block]! < mark) continue;
      const end = Math.min(count, (block + 1) * blockRows);
      for (let row = block * blockRows; row < end; row++) if (marks[row]! >= mark) found.push(row);
    }
    return found;
  };

  const weights = new Float64Array(width);
  return (vector) => {
    let centre = 0;
    let least = 0;
    let widest = 0;
    for (let column = 0; column < dimensions; column++) {
      centre += vector[column]! * means[column]!;
      weights[column] = vector[column]! * steps[column]!;
    }
    for (let column = 0; column < width; column += 2) {
      const reach = 1.5 * (Math.abs(weights[column]!) + Math.abs(weights[column + 1]!));
      least -= reach;
      widest = Math.max(widest, 2 * reach);
    }
    const scale = highest / (widest || 1);
    for (let table = 0; table < tableCount; table++) {
      const a = weights[2 * table]!;
      const b = weights[2 * table + 1]!;
      const reach = 1.5 * (Math.abs(a) + Math.abs(b));
      for (let code = 0; code < 16; code++) {
        const sum = a * ((code & 3) - 1.5) + b * ((code >> 2) - 1.5);
        tables[16 * table + code] = Math.round((sum + reach) * scale);
      }
    }
    routines.compare(codesStart, marksStart, 0, tables.length, marksStart, bestStart);
    return { marks, above, markOf: (product) => (kept * (product - centre) - least) * scale };
  };
}

/** Mean of each component, and the step between its levels. */
function learnLevels(rows: Matrix): {
  readonly means: Float64Array;
  readonly steps: Float64Array;
} {
  const means = new Float64Array(rows.dimensions);
  const squares = new Float64Array(rows.dimensions);
  const stride = Math.max(1, Math.floor(rows.count / sampled));
  let seen = 0;
  for (let row = 0; row < rows.count; row += stride, seen++) {
    const values = rows.at(row);
    for (let column = 0; column < rows.dimensions; column++) {
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
