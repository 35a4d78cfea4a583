import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, createZipf, drawBelow, shuffle } from '../../../scripts/bench/random.ts';

const draws = (count: number, ...seeds: number[]) => {
  const random = createRandom(...seeds);
  return Array.from({ length: count }, random);
};

describe('createRandom', () => {
  it('gives the same numbers for the same seeds and others for others', () => {
    expect(draws(5, 1, 2)).toEqual(draws(5, 1, 2));
    expect(draws(5, 1, 2)).not.toEqual(draws(5, 2, 1));
  });

  it('spreads evenly, also over the first numbers of neighbouring seeds', () => {
    for (const numbers of [
      draws(10_000, 7),
      Array.from({ length: 10_000 }, (_, seed) => draws(1, 1, seed)[0]!),
    ]) {
      const tenths = new Array<number>(10).fill(0);
      for (const number of numbers) tenths[Math.floor(10 * number)]!++;
      for (const share of tenths) expect(share / numbers.length).toBeCloseTo(0.1, 1);
    }
  });
});

describe('createZipf', () => {
  it('draws rank r in proportion to 1 / (r + 2.7)^exponent', () => {
    const random = createRandom(3);
    const draw = createZipf(1000, 1);
    const counts = new Array<number>(1000).fill(0);
    for (let i = 0; i < 200_000; i++) counts[draw(random)]!++;
    expect(counts[0]! / counts[9]!).toBeCloseTo(11.7 / 2.7, 0);
    expect(counts[0]! / counts[99]!).toBeGreaterThan(25);
  });

  it('stays within its ranks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer(), (count, seed) => {
        const rank = createZipf(count)(createRandom(seed));
        return Number.isInteger(rank) && rank >= 0 && rank < count;
      }),
    );
    expect(createZipf(3)(() => 1 - 2 ** -53)).toBe(2);
  });
});

it('shuffle keeps every entry and leaves the list alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
      const before = [...list];
      const shuffled = shuffle(list, createRandom(seed));
      expect(list).toEqual(before);
      expect(shuffled.sort()).toEqual(before.sort());
    }),
  );
});

it('drawBelow never reaches its bound', () => {
  expect(drawBelow(5, () => 1 - 2 ** -53)).toBe(4);
  expect(drawBelow(5, () => 0)).toBe(0);
});
