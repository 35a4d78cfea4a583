import {
  add,
  advance,
  type Code,
  f32Add,
  f32Store,
  f32x4Add,
  f32x4Lane,
  f32x4Multiply,
  fetchLines,
  get,
  i32,
  i32Load,
  i32x4Add,
  i32x4Dot,
  i32x4ToFloats,
  int,
  isAtLeast,
  isBelow,
  loopWhile,
  multiply,
  type Routine,
  set,
  v128,
  v128Load,
  v128Load8x8,
  v128Zero,
  when,
} from './assembler.ts';

const [list, listEnd, products, matrix, rowBytes, vector, vectorEnd] = [0, 1, 2, 3, 4, 5, 6] as const;
const [row, column, end, ahead, aheadEnd, line, lineEnd] = [7, 8, 9, 10, 11, 12, 13] as const;
/** Where the row starts that is listed at an address. */
const rowAt = (listed: number): Code => add(get(matrix), multiply(i32Load(get(listed)), get(rowBytes)));
/** Sums that do not wait for each other. */
const sums = [14, 15, 16, 17] as const;
/** Components that a turn of the inner loop takes: one register of each operand for each sum. */
const turn = { floats: 4 * sums.length, bytes: 8 * sums.length } as const;

/**
 * Rows that are fetched before they are multiplied. They lie anywhere: one after the other each would be waited for, while those that do
 * nothing but fetch are waited for together.
 */
const fetchedRows = 32;
const fetch = when(isAtLeast(get(list), get(ahead)), [
  set(ahead, get(list)),
  set(aheadEnd, add(get(list), int(4 * fetchedRows))),
  when(isBelow(get(end), get(aheadEnd)), set(aheadEnd, get(end))),
  loopWhile(isBelow(get(ahead), get(aheadEnd)), [
    set(line, rowAt(ahead)),
    set(lineEnd, add(get(line), get(rowBytes))),
    fetchLines(line, get(lineEnd)),
    advance(ahead, 4),
  ]),
]);

/**
 * (list, listEnd, products, matrix, rowBytes, vector, vectorEnd), addresses in bytes; at `listEnd` stands where the list ends: the products of
 * the listed rows and the vector, as floats. `takeTurn` adds the products of the next components to the sums.
 */
const overList = (
  takeTurn: Code,
  addSums: (a: Code, b: Code) => Code,
  toFloats: (sum: Code) => Code,
): Routine => ({
  parameters: [i32, i32, i32, i32, i32, i32, i32],
  locals: [i32, i32, i32, i32, i32, i32, i32, v128, v128, v128, v128],
  body: [
    set(end, i32Load(get(listEnd))),
    loopWhile(isBelow(get(list), get(end)), [
      fetch,
      set(row, rowAt(list)),
      set(column, get(vector)),
      sums.map((sum) => set(sum, v128Zero)),
      loopWhile(isBelow(get(column), get(vectorEnd)), takeTurn),
      set(sums[0], toFloats(sums.map(get).reduce(addSums))),
      f32Store(get(products), [0, 1, 2, 3].map((lane) => f32x4Lane(get(sums[0]), lane)).reduce(f32Add)),
      advance(list, 4),
      advance(products, 4),
    ]),
  ],
});

export const productRoutines = {
  multiplyFloats: overList(
    [
      sums.map((sum, place) =>
        set(
          sum,
          f32x4Add(
            get(sum),
            f32x4Multiply(v128Load(get(row), 16 * place), v128Load(get(column), 16 * place)),
          ),
        ),
      ),
      advance(row, 4 * turn.floats),
      advance(column, 4 * turn.floats),
    ],
    f32x4Add,
    (sum) => sum,
  ),
  // The vector comes in 16 bits, so that only the rows have to be widened.
  multiplyBytes: overList(
    [
      sums.map((sum, place) =>
        set(
          sum,
          i32x4Add(get(sum), i32x4Dot(v128Load8x8(get(row), 8 * place), v128Load(get(column), 16 * place))),
        ),
      ),
      advance(row, turn.bytes),
      advance(column, 2 * turn.bytes),
    ],
    i32x4Add,
    i32x4ToFloats,
  ),
};

/** How rows of a kind lie in memory: components in a turn, bytes of one of theirs and of the vector's. */
export const rowKinds = {
  floats: { turn: turn.floats, rowBytes: 4, vectorBytes: 4, multiply: 'multiplyFloats' },
  bytes: { turn: turn.bytes, rowBytes: 1, vectorBytes: 2, multiply: 'multiplyBytes' },
} as const;
