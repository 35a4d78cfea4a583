/**
 * Dot products of one int8 vector with every row of an int8 matrix, in WebAssembly SIMD: about ten times what a JavaScript
 * loop does, and a few hundred bytes that are assembled right here instead of a binary nobody can read.
 */

/** Components that one instruction takes. */
const lanes = 8;
/** Instructions in a row before the next jump. */
const unrolled = 4;
const block = lanes * unrolled;
const pageBytes = 65_536;

type Code = readonly (number | Code)[];

const flatten = (code: Code): number[] =>
  code.flatMap((part) => (typeof part === 'number' ? [part] : flatten(part)));

/** Unsigned LEB128, the number format of WebAssembly. */
const unsigned = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];

/** The same for numbers with a sign, here only positive ones. */
const signed = (value: number): number[] =>
  value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];

const vector = (code: Code): Code => {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
};
const section = (id: number, code: Code): Code => [id, vector(code)];
const name = (text: string): Code => vector([...Buffer.from(text)]);

const i32 = 0x7f;
const v128 = 0x7b;
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const constant = (value: number): Code => [0x41, signed(value)];
const add: Code = [0x6a];
const lessThanUnsigned: Code = [0x49];
const simd = (operation: number): Code => [0xfd, unsigned(operation)];
const loadInt16x8 = (local: number, offset: number): Code => [get(local), simd(0x00), 4, unsigned(offset)];
const loadInt8x8AsInt16x8 = (local: number, offset: number): Code => [
  get(local),
  simd(0x01),
  3,
  unsigned(offset),
];
const dotInt16x8: Code = simd(0xba);
const addInt32x4: Code = simd(0xae);
const zeroInt32x4: Code = [constant(0), simd(0x11)];
const lane = (index: number): Code => [simd(0x1b), index];
const loop = (body: Code): Code => [0x03, 0x40, body, 0x0b];
const branchIf = (condition: Code): Code => [condition, 0x0d, 0];
const advance = (local: number, by: number): Code => [get(local), constant(by), add, set(local)];

/**
 * scan(query, queryEnd, row, matrixEnd, out): addresses in bytes. The query is int16, so that only the rows have to be widened.
 */
function assembleScan(): Uint8Array<ArrayBuffer> {
  const [query, queryEnd, row, matrixEnd, out, component, sum] = [0, 1, 2, 3, 4, 5, 6] as const;
  const body: Code = [
    loop([
      [get(query), set(component)],
      [zeroInt32x4, set(sum)],
      loop([
        get(sum),
        Array.from(
          { length: unrolled },
          (_, step): Code => [
            loadInt8x8AsInt16x8(row, lanes * step),
            loadInt16x8(component, 2 * lanes * step),
            dotInt16x8,
            addInt32x4,
          ],
        ),
        set(sum),
        advance(row, block),
        advance(component, 2 * block),
        branchIf([get(component), get(queryEnd), lessThanUnsigned]),
      ]),
      [get(out), get(sum), lane(0), get(sum), lane(1), add, get(sum), lane(2), add, get(sum), lane(3), add],
      [0x36, 2, 0],
      advance(out, 4),
      branchIf([get(row), get(matrixEnd), lessThanUnsigned]),
    ]),
    0x0b,
  ];
  const locals: Code = [2, 1, i32, 1, v128];
  return Uint8Array.from(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, 5, i32, i32, i32, i32, i32, 0]),
      section(2, [1, name('memory'), name(''), 0x02, 0x00, 0]),
      section(3, [1, 0]),
      section(7, [1, name('scan'), 0x00, 0]),
      section(10, [1, vector([locals, body])]),
    ]),
  );
}

const compiled = new WebAssembly.Module(assembleScan());

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/**
 * Copies `rows` of an int8 matrix with `dimensions` columns, and returns the scan: dot products of a vector, given as
 * int8, with each of them, in their order. The result is overwritten by the next call.
 */
export function createScan(
  matrix: Int8Array,
  dimensions: number,
  rows: ArrayLike<number>,
): (query: Int8Array) => Int32Array {
  if (rows.length === 0 || dimensions === 0) return () => new Int32Array(rows.length);
  const width = roundUp(dimensions, block);
  const matrixStart = 2 * width;
  const matrixEnd = matrixStart + rows.length * width;
  const outStart = roundUp(matrixEnd, 4);
  const memory = new WebAssembly.Memory({
    initial: Math.ceil((outStart + 4 * rows.length) / pageBytes),
  });
  const { scan } = new WebAssembly.Instance(compiled, { memory: { '': memory } }).exports;
  if (typeof scan !== 'function') throw new Error('the scan was assembled wrongly');
  const copy = new Int8Array(memory.buffer, matrixStart, rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * dimensions;
    copy.set(matrix.subarray(start, start + dimensions), i * width);
  }
  const widened = new Int16Array(memory.buffer, 0, width);
  const products = new Int32Array(memory.buffer, outStart, rows.length);
  return (query) => {
    widened.set(query);
    scan(0, 2 * width, matrixStart, matrixEnd, outStart);
    return products;
  };
}
