/**
 * Just enough of an assembler for WebAssembly with SIMD: loops over numbers run several times as fast as in JavaScript, and the code
 * stays readable here instead of in a binary nobody can read. Names follow the instructions' own.
 */

/** Instructions, nested as is convenient. */
export type Code = readonly (number | Code)[];

const flatten = (code: Code): number[] =>
  code.flatMap((part) => (typeof part === 'number' ? [part] : flatten(part)));

/** LEB128, the number format of WebAssembly. */
const unsigned = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
const signed = (value: number): number[] =>
  value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];

const vector = (code: Code): Code => {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
};
const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
const section = (id: number, code: Code): Code => [id, vector(code)];
const name = (text: string): Code => vector([...Buffer.from(text)]);

export const i32 = 0x7f;
export const f32 = 0x7d;
export const v128 = 0x7b;
type Type = typeof i32 | typeof f32 | typeof v128;

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];
export const int = (value: number): Code => [0x41, signed(value)];
const scalar =
  (operation: number) =>
  (a: Code, b: Code): Code => [a, b, operation];

export const add = scalar(0x6a);
export const multiply = scalar(0x6c);
export const subtract = scalar(0x6b);
/** Of numbers without a sign. */
export const isBelow = scalar(0x49);
export const isAtLeast = scalar(0x4f);
export const advance = (local: number, by: number): Code => set(local, add(get(local), int(by)));
/** Runs the body as long as the condition holds. */
export const loopWhile = (condition: Code, body: Code): Code => [
  // If, and a loop whose condition stands at its end: one jump a turn.
  [condition, 0x04, 0x40],
  [0x03, 0x40, body, condition, 0x0d, 0, 0x0b],
  0x0b,
];

/** Runs the body if the condition holds. */
export const when = (condition: Code, body: Code): Code => [condition, 0x04, 0x40, body, 0x0b];
/** One of two values, without a jump if they are whole numbers; of floats, x64 makes it one. */
export const select = (first: Code, second: Code, condition: Code): Code => [first, second, condition, 0x1b];
/** Runs one of two bodies. */
export const either = (condition: Code, first: Code, second: Code): Code => [
  [condition, 0x04, 0x40],
  [first, 0x05, second],
  0x0b,
];

const access =
  (operation: number) =>
  (address: Code, offset = 0): Code => [address, operation, 0, unsigned(offset)];
const change =
  (operation: number) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, operation, 0, unsigned(offset)];
export const i32Load = access(0x28);
export const i32Load8 = access(0x2d);
export const i32Load16 = access(0x2f);
export const f32Load = access(0x2a);
export const i32Store = change(0x36);
export const i32Store8 = change(0x3a);
export const i32Store16 = change(0x3b);
export const f32Store = change(0x38);
export const and = scalar(0x71);
export const isZero = (a: Code): Code => [a, 0x45];
export const shiftLeft = (a: Code, bits: number): Code => [a, int(bits), 0x74];
export const shiftRight = (a: Code, bits: number): Code => [a, int(bits), 0x76];
export const f32Equal = scalar(0x5b);
export const f32Add = scalar(0x92);
export const f32Multiply = scalar(0x94);
export const f32Max = scalar(0x97);
export const f32Divide = scalar(0x95);
export const f32FromInt = (a: Code): Code => [a, 0xb3];
export const f32FromBits = (a: Code): Code => [a, 0xbe];
export const f32Zero: Code = [0x43, 0, 0, 0, 0];

const simd = (operation: number, ...immediates: Code): Code => [0xfd, unsigned(operation), immediates];
const binary =
  (operation: number) =>
  (a: Code, b: Code): Code => [a, b, simd(operation)];

export const v128Load = (address: Code, offset = 0): Code => [address, simd(0x00, 0, unsigned(offset))];
export const v128Load8x8 = (address: Code, offset = 0): Code => [address, simd(0x01, 0, unsigned(offset))];
export const v128Store = (address: Code, value: Code, offset = 0): Code => [
  address,
  value,
  simd(0x0b, 0, unsigned(offset)),
];
export const v128Zero: Code = simd(0x0c, new Array<number>(16).fill(0));
export const i32x4Constant = (lanes: readonly number[]): Code =>
  simd(0x0c, [...new Uint8Array(Int32Array.from(lanes).buffer)]);
export const i8x16Splat = (value: number): Code => [int(value), simd(0x0f)];
/** Bytes of `a` and then `b`, picked by position. */
export const i8x16Shuffle = (a: Code, b: Code, picks: readonly number[]): Code => [a, b, simd(0x0d, picks)];
/** Bytes of a table, picked by the bytes of a vector. */
export const i8x16Swizzle = binary(0x0e);
export const i8x16Add = binary(0x6e);
export const v128And = binary(0x4e);
export const i16x8ShiftRight = (a: Code, bits: number): Code => [a, int(bits), simd(0x8d)];
export const i16x8Add = binary(0x8e);
export const i16x8Max = binary(0x99);
export const i16x8ExtendLow = (a: Code): Code => [a, simd(0x89)];
export const i16x8ExtendHigh = (a: Code): Code => [a, simd(0x8a)];
export const i16x8Lane = (a: Code, lane: number): Code => [a, simd(0x19, lane)];
export const i32x4ShiftRight = (a: Code, bits: number): Code => [a, int(bits), simd(0xad)];
export const i32x4Multiply = binary(0xb5);
export const i32x4Min = binary(0xb6);
export const i32x4Max = binary(0xb8);
/** Towards zero; what is out of range becomes the end of it. */
export const i32x4FromFloats = (a: Code): Code => [a, simd(0xf8)];
export const i32x4Dot = binary(0xba);
export const i32x4Add = binary(0xae);
export const i32x4Lane = (a: Code, lane: number): Code => [a, simd(0x1b, lane)];
export const i32x4ToFloats = (a: Code): Code => [a, simd(0xfa)];
export const f32x4Add = binary(0xe4);
export const f32x4Multiply = binary(0xe6);
export const f32x4Splat = (a: Code): Code => [a, simd(0x13)];
/** Of numbers that are not NaN. */
export const f32x4Max = (a: Code, b: Code): Code => [b, a, simd(0xeb)];
export const f32x4Lane = (a: Code, lane: number): Code => [a, simd(0x1f, lane)];

/** Bytes that come from memory together: a line. */
const lineBytes = 64;

/**
 * Fetches the lines from a local's address up to another, so that they are near when they are worked on: a loop that does nothing else waits
 * for many lines at once. The local ends behind them.
 */
export const fetchLines = (from: number, end: Code): Code =>
  loopWhile(isBelow(get(from), end), [[i32Load(get(from)), 0x1a], advance(from, lineBytes)]);

/** A function without a result. Its locals are numbered after its parameters. */
export interface Routine {
  readonly parameters: readonly Type[];
  readonly locals: readonly Type[];
  readonly body: Code;
}

type Routines = Readonly<Record<string, Routine>>;

/** Pages that a memory has at most. */
const mostPages = 65_536;

/** Assembles routines that share an imported memory; if it is `shared`, with other threads, too. */
export function assemble(routines: Routines, memory: 'own' | 'shared' = 'own'): WebAssembly.Module {
  const all = Object.entries(routines);
  return new WebAssembly.Module(
    Uint8Array.from(
      flatten([
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        section(1, list(all.map(([, { parameters }]) => [0x60, list(parameters.map((type) => [type])), 0]))),
        section(2, [
          [1, name('memory'), name(''), 0x02],
          memory === 'own' ? [0x00, 0] : [0x03, 0, unsigned(mostPages)],
        ]),
        section(3, list(all.map((_, number) => unsigned(number)))),
        section(7, list(all.map(([title], number) => [name(title), 0x00, unsigned(number)]))),
        section(
          10,
          list(
            all.map(([, { locals, body }]) => vector([list(locals.map((type) => [1, type])), body, 0x0b])),
          ),
        ),
      ]),
    ),
  );
}

export const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;
