import {
  add,
  advance,
  type Code,
  either,
  f32x4Add,
  f32x4Multiply,
  fetchLines,
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
  i32Load,
  i32Load16,
  i32Store8,
  i32Store16,
  i32x4Add,
  i32x4Constant,
  i32x4FromFloats,
  i32x4Lane,
  i32x4Max,
  i32x4Min,
  i32x4Multiply,
  i32x4ShiftRight,
  int,
  isAtLeast,
  isBelow,
  loopWhile,
  multiply,
  type Routine,
  set,
  shiftRight,
  subtract,
  v128,
  v128And,
  v128Load,
  v128Store,
  v128Zero,
  when,
} from './assembler.ts';

/*
 * Signatures of rows, compared with the components of a vector as they are (as Gao and Long, 2024, do with one bit) by tables of partial sums
 * that stay in registers (André, Kermarrec and Le Scouarnec, 2015). A signature has one or two bits for each component, and these lie
 * in planes of their own: the first bit of all components of all rows, then the second, so that few rows need be looked at twice.
 */

/** Rows that are compared at once: as many as a register has bytes. Their signatures take turns, a byte each. */
export const blockRows = 16;
/** Components that a byte of a plane, a table of sixteen numbers and a turn of the inner loop are about. */
export const columns = { table: 4, byte: 8, turn: 16 } as const;
export const tableBytes = 16;
/** Blocks of which the promising ones are fetched before they are worked on. */
const fetchedBlocks = 32;

/**
 * encode(row, rowEnd, scales, offsets, first, second), addresses in bytes: the level of a component, 0 to 3, is value * scale + offset
 * without its fraction. Its first bit goes to one plane, its second to the other, eight components a byte.
 */
function encode(): Routine {
  const [row, rowEnd, scales, offsets, first, second] = [0, 1, 2, 3, 4, 5] as const;
  const [levels, upper, lower] = [6, 7, 8] as const;
  const addLevels = (register: number): Code => {
    const load = (address: number) => v128Load(get(address), 16 * register);
    const level = f32x4Add(f32x4Multiply(load(row), load(scales)), load(offsets));
    const places = i32x4Constant([0, 1, 2, 3].map((lane) => 1 << (4 * register + lane)));
    const place = (bits: Code) => i32x4Multiply(bits, places);
    return [
      set(levels, i32x4Min(i32x4Max(i32x4FromFloats(level), v128Zero), i32x4Constant([3, 3, 3, 3]))),
      set(upper, i32x4Add(get(upper), place(i32x4ShiftRight(get(levels), 1)))),
      set(lower, i32x4Add(get(lower), place(v128And(get(levels), i32x4Constant([1, 1, 1, 1]))))),
    ];
  };
  const storeSum = (address: number, lanes: number) =>
    i32Store8(get(address), [0, 1, 2, 3].map((lane) => i32x4Lane(get(lanes), lane)).reduce(add));
  return {
    parameters: [i32, i32, i32, i32, i32, i32],
    locals: [v128, v128, v128],
    body: loopWhile(isBelow(get(row), get(rowEnd)), [
      set(upper, v128Zero),
      set(lower, v128Zero),
      [0, 1].map(addLevels),
      storeSum(first, upper),
      storeSum(second, lower),
      [row, scales, offsets].map((address) => advance(address, 4 * columns.byte)),
      [first, second].map((address) => advance(address, blockRows)),
    ]),
  };
}

const [from, to, tables, tablesEnd, marks, best] = [0, 1, 2, 3, 4, 5] as const;
const [table, low, high, sum, fifteen, ...codes] = [7, 8, 9, 10, 11, 12, 13] as const;

/** Adds to the marks of a block, in `low` and `high`: half a byte of a row's signature picks a number from a table of sixteen. */
const addBlock: Code = (() => {
  const pick = (place: number, halves: Code) =>
    i8x16Swizzle(v128Load(get(table), tableBytes * place), halves);
  const picksOf = (code: number, byte: number): Code =>
    i8x16Add(
      pick(2 * byte, v128And(get(code), get(fifteen))),
      pick(2 * byte + 1, v128And(i16x8ShiftRight(get(code), 4), get(fifteen))),
    );
  return [
    set(table, get(tables)),
    loopWhile(isBelow(get(table), get(tablesEnd)), [
      codes.map((code, byte) => set(code, v128Load(get(from), blockRows * byte))),
      set(sum, codes.map(picksOf).reduce(i8x16Add)),
      set(low, i16x8Add(get(low), i16x8ExtendLow(get(sum)))),
      set(high, i16x8Add(get(high), i16x8ExtendHigh(get(sum)))),
      advance(table, 2 * codes.length * tableBytes),
      advance(from, codes.length * blockRows),
    ]),
  ];
})();

/** Writes the marks of a block, and the highest of them to `best`. */
const storeBlock: Code = (() => {
  const raiseBy = (lanes: number) =>
    set(low, i16x8Max(get(low), i8x16Shuffle(get(low), get(low), turned(2 * lanes))));
  return [
    v128Store(get(marks), get(low)),
    v128Store(get(marks), get(high), 16),
    set(low, i16x8Max(get(low), get(high))),
    [4, 2, 1].map(raiseBy),
    i32Store16(get(best), i16x8Lane(get(low), 0)),
  ];
})();

/** Bytes of one plane of a block: a byte of the signatures of a block is about two tables. */
const blockBytes = shiftRight(subtract(get(tablesEnd), get(tables)), 1);
const nextBlock: Code = [advance(marks, 2 * blockRows), advance(best, 2)];
const blockLocals = [i32, v128, v128, v128, v128, v128, v128] as const;

/**
 * compare(from, to, tables, tablesEnd, marks, best), addresses in bytes: a row's mark is the sum of the numbers that a plane of its signature
 * picks; `best` is the highest of each block.
 */
function compare(): Routine {
  return {
    parameters: [i32, i32, i32, i32, i32, i32],
    locals: [i32, ...blockLocals],
    body: [
      set(fifteen, i8x16Splat(15)),
      loopWhile(isBelow(get(from), get(to)), [
        set(low, v128Zero),
        set(high, v128Zero),
        addBlock,
        storeBlock,
        nextBlock,
      ]),
    ],
  };
}

/**
 * refine(from, to, tables, tablesEnd, marks, best, mark), addresses in bytes; `mark` is where a mark stands: adds what another plane picks to the
 * marks of the blocks whose best have at least that mark. The best of the other blocks become 0.
 */
function refine(): Routine {
  const [mark, fetched, ahead, aheadBest, end] = [6, 14, 15, 16, 17] as const;
  const isPromising = (of: number) => isAtLeast(i32Load16(get(of)), get(mark));
  const fetch = when(isAtLeast(get(from), get(fetched)), [
    set(fetched, add(get(from), multiply(int(fetchedBlocks), blockBytes))),
    when(isBelow(get(to), get(fetched)), set(fetched, get(to))),
    set(ahead, get(from)),
    set(aheadBest, get(best)),
    loopWhile(isBelow(get(ahead), get(fetched)), [
      set(end, add(get(ahead), blockBytes)),
      when(isPromising(aheadBest), fetchLines(ahead, get(end))),
      set(ahead, get(end)),
      advance(aheadBest, 2),
    ]),
  ]);
  return {
    parameters: [i32, i32, i32, i32, i32, i32, i32],
    locals: [...blockLocals, i32, i32, i32, i32],
    body: [
      set(fifteen, i8x16Splat(15)),
      set(mark, i32Load(get(mark))),
      loopWhile(isBelow(get(from), get(to)), [
        fetch,
        either(
          isPromising(best),
          [set(low, v128Load(get(marks))), set(high, v128Load(get(marks), 16)), addBlock, storeBlock],
          [i32Store16(get(best), int(0)), set(from, add(get(from), blockBytes))],
        ),
        nextBlock,
      ]),
    ],
  };
}

/** The bytes of a vector, turned by some. */
function turned(bytes: number): number[] {
  return Array.from({ length: 16 }, (_, place) => (place + bytes) % 16);
}

export const signatureRoutines = { encode: encode(), compare: compare(), refine: refine() };
