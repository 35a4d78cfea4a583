/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** A reproducible stream (mulberry32, Tommy Ettinger 2017); every list of numbers starts its own. */
export function createRandom(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const seed of seeds) state = Math.imul(state ^ seed, 0x85ebca6b) ^ (state >>> 13);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number in 0..count-1. */
export const drawBelow = (count: number, random: Random): number => Math.floor(random() * count);

/** One entry of a list that is not empty. */
export const drawFrom = <T>(list: readonly T[], random: Random): T => list[drawBelow(list.length, random)]!;

/** The list in random order (Fisher and Yates). */
export function shuffle<T>(list: readonly T[], random: Random): T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = drawBelow(last + 1, random);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/** Draws ranks 0..count-1, rank r with a chance in proportion to 1 / (r + 2.7)^exponent (Zipf and Mandelbrot). */
export function createZipf(count: number, exponent = 1.05): (random: Random) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += (rank + 2.7) ** -exponent;
    sums[rank] = sum;
  }
  return (random) => {
    const drawn = random() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! <= drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
