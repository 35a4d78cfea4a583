import {
  add,
  advance,
  assemble,
  type Code,
  f32Add,
  f32Store,
  f32x4Add,
  f32x4Lane,
  f32x4Multiply,
  get,
  i32,
  i32Load,
  i32x4Add,
  i32x4Dot,
  i32x4ToFloats,
  instantiate,
  isBelow,
  loopWhile,
  multiply,
  type Routine,
  roundUp,
  set,
  v128,
  v128Load,
  v128Load8x8,
  v128Zero,
} from './assembler.ts';
import type { Matrix } from './signatures.ts';

const [list, listEnd, matrix, rowBytes, vector, vectorEnd, row, column] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** Sums that do not wait for each other. */
const sums = [8, 9, 10, 11] as const;
/** Components that a turn of the inner loop takes: one register of each operand for each sum. */
const turn = { floats: 4 * sums.length, bytes: 8 * sums.length } as const;

/**
 * (list, listEnd, matrix, rowBytes, vector, vectorEnd), addresses in bytes: puts in the place of each row number of a list the product of
 * that row and the vector, as a float. `takeTurn` adds the products of the next components to the sums.
 */
const overList = (
  takeTurn: Code,
  addSums: (a: Code, b: Code) => Code,
  toFloats: (sum: Code) => Code,
): Routine => ({
  parameters: [i32, i32, i32, i32, i32, i32],
  locals: [i32, i32, v128, v128, v128, v128],
  body: loopWhile(isBelow(get(list), get(listEnd)), [
    set(row, add(get(matrix), multiply(i32Load(get(list)), get(rowBytes)))),
    set(column, get(vector)),
    sums.map((sum) => set(sum, v128Zero)),
    loopWhile(isBelow(get(column), get(vectorEnd)), takeTurn),
    set(sums[0], toFloats(sums.map(get).reduce(addSums))),
    f32Store(get(list), [0, 1, 2, 3].map((lane) => f32x4Lane(get(sums[0]), lane)).reduce(f32Add)),
    advance(list, 4),
  ]),
});

const module = assemble({
  floats: overList(
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
  bytes: overList(
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
});

/** Rows in a memory where they are multiplied fast. */
export interface Rows<Row extends ArrayLike<number>> extends Matrix {
  /** A view. */
  readonly at: (row: number) => Row;
  /** Inner products of a vector with some rows, in their order. Overwritten by the next call. */
  readonly multiply: (vector: Row, rows: ArrayLike<number>) => Float32Array;
}

/** Copies rows of floats. `rowAt` is asked for each once, in order. */
export function storeFloats(
  count: number,
  dimensions: number,
  rowAt: (row: number) => Float32Array,
): Rows<Float32Array> {
  const width = roundUp(dimensions, turn.floats);
  const listStart = 4 * width;
  const start = listStart + roundUp(4 * count, 16);
  const { memory, routines } = instantiate<'floats'>(module, start + 4 * width * count);
  const query = new Float32Array(memory, 0, width);
  const numbers = new Uint32Array(memory, listStart, count);
  const products = new Float32Array(memory, listStart, count);
  const at = (row: number) => new Float32Array(memory, start + 4 * width * row, dimensions);
  for (let row = 0; row < count; row++) at(row).set(rowAt(row));
  return {
    count,
    dimensions,
    at,
    multiply(vector, rows) {
      query.set(vector);
      numbers.set(rows);
      routines.floats(listStart, listStart + 4 * rows.length, start, 4 * width, 0, 4 * width);
      return products.subarray(0, rows.length);
    },
  };
}

/** Copies rows of bytes. Products are whole numbers, exact up to 2^24. */
export function storeBytes(
  count: number,
  dimensions: number,
  rowAt: (row: number) => Int8Array,
): Rows<Int8Array> {
  const width = roundUp(dimensions, turn.bytes);
  const listStart = 2 * width;
  const start = listStart + roundUp(4 * count, 16);
  const { memory, routines } = instantiate<'bytes'>(module, start + width * count);
  const query = new Int16Array(memory, 0, width);
  const numbers = new Uint32Array(memory, listStart, count);
  const products = new Float32Array(memory, listStart, count);
  const at = (row: number) => new Int8Array(memory, start + width * row, dimensions);
  for (let row = 0; row < count; row++) at(row).set(rowAt(row));
  return {
    count,
    dimensions,
    at,
    multiply(vector, rows) {
      query.set(vector);
      numbers.set(rows);
      routines.bytes(listStart, listStart + 4 * rows.length, start, width, 0, 2 * width);
      return products.subarray(0, rows.length);
    },
  };
}
