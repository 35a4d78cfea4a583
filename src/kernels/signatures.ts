import { roundUp } from './assembler.ts';
import { blockRows, columns, tableBytes } from './signature-routines.ts';

/** Planes of a signature. */
export type Planes = 1 | 2;

/** The sum of what a turn picks, two numbers a byte, fits into a byte. */
const highestNumber = 63;
/**
 * The step between the levels that loses least of a normally distributed value, in standard deviations, and the part of the variance
 * that is left (Max, 1960).
 */
const quantisers = {
  1: { levelStep: 2 * Math.sqrt(2 / Math.PI), kept: 2 / Math.PI },
  2: { levelStep: 0.9957, kept: 0.8812 },
} as const;
/** Rows looked at to learn how the components are distributed. */
const sampled = 4096;

/** What signatures of so many components take. */
export interface SignatureSize {
  /** Components, with zeros that fill the last turn. */
  readonly width: number;
  /** Bytes of one plane of a block, and of its tables. */
  readonly blockBytes: number;
  readonly tablesBytes: number;
}

export function sizeSignatures(dimensions: number): SignatureSize {
  const width = roundUp(dimensions, columns.turn);
  return {
    width,
    blockBytes: (blockRows * width) / columns.byte,
    tablesBytes: (tableBytes * width) / columns.table,
  };
}

/** How the components of rows are distributed. */
export interface Distribution {
  readonly means: Float64Array;
  /** Standard deviations; 1 where all are the same. */
  readonly deviations: Float64Array;
}

/** Learns the distribution from a sample of the rows. */
export function learnDistribution(
  count: number,
  dimensions: number,
  rowAt: (row: number) => ArrayLike<number>,
): Distribution {
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
  const deviations = squares.map((square, column) => {
    means[column]! /= seen || 1;
    return Math.sqrt(Math.max(0, square / (seen || 1) - means[column]! ** 2)) || 1;
  });
  return { means, deviations };
}

/** What a component is multiplied with, and what is added, so that its level is what stands before the fraction. */
export function levelsOf({ means, deviations }: Distribution): {
  scales: Float64Array;
  offsets: Float64Array;
} {
  const scales = deviations.map((deviation) => 1 / (quantisers[2].levelStep * deviation));
  return { scales, offsets: scales.map((scale, column) => 2 - means[column]! * scale) };
}

/**
 * Fills the tables of a vector, those of the first plane and then those of the second. Returns the mark to expect of a row that has a given inner
 * product with it.
 */
export function fillTables(
  tables: Uint8Array,
  vector: ArrayLike<number>,
  { means, deviations }: Distribution,
  planes: Planes,
): (product: number) => number {
  const { levelStep, kept } = quantisers[planes];
  const tableCount = tables.length / tableBytes;
  const tablesOfPlane = tableCount / planes;
  /** What a step of the last plane adds, and half of what all steps of a table do. */
  const weights = new Float64Array(columns.table * tablesOfPlane);
  const reaches = new Float64Array(tablesOfPlane);
  let centre = 0;
  for (let column = 0; column < means.length; column++) {
    const weight = vector[column]! * levelStep * deviations[column]!;
    centre += vector[column]! * means[column]!;
    weights[column] = weight;
    reaches[Math.floor(column / columns.table)]! += Math.abs(weight) / 2;
  }
  let least = 0;
  let widest = 0;
  for (const reach of reaches) {
    least -= (2 ** planes - 1) * reach;
    widest = Math.max(widest, 2 ** planes * reach);
  }
  // Marks have 16 bits.
  const scale = Math.min(highestNumber, Math.floor(0xffff / tableCount)) / (widest || 1);
  const numbers = new Float64Array(tableBytes);
  for (let table = 0; table < tableCount; table++) {
    const unit = table < tablesOfPlane ? scale * 2 ** (planes - 1) : scale;
    const first = columns.table * (table % tablesOfPlane);
    // Half a step up, so that cutting the fraction off rounds.
    let zero = unit * reaches[table % tablesOfPlane]! + 0.5;
    for (let place = 0; place < columns.table; place++) zero -= (unit / 2) * weights[first + place]!;
    numbers[0] = zero;
    for (let place = 0, filled = 1; place < columns.table; place++, filled *= 2) {
      const weight = unit * weights[first + place]!;
      for (let entry = 0; entry < filled; entry++) numbers[filled + entry] = numbers[entry]! + weight;
    }
    for (let entry = 0; entry < tableBytes; entry++) tables[tableBytes * table + entry] = numbers[entry]!;
  }
  return (product) => (kept * (product - centre) - least) * scale;
}

/** Standard deviation of the inner products of unit vectors that the mark is expected of. */
export const deviationOf = (dimensions: number, planes: Planes): number => {
  const { kept } = quantisers[planes];
  return Math.sqrt((1 - kept) / kept / dimensions);
};
