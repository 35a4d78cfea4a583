import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInWindow } from '../../src/retrieval/window.ts';

test.each([
  ['2022-01-21', {}, true],
  [undefined, {}, true],
  [undefined, { since: '2020' }, false],
  [undefined, { until: '2020' }, false],
  ['2022-01', { since: '2022-01-31' }, true],
  ['2022-01', { since: '2022-02' }, false],
  ['2022', { since: '2022-12-31' }, true],
  ['2022', { until: '2022-01-01' }, true],
  ['2022-02-28', { until: '2022-02' }, true],
  ['2022-03-01', { until: '2022-02' }, false],
  ['2022-01-21', { since: '2022-01-21', until: '2022-01-21' }, true],
])('%s in %j: %s', (date, window, inside) => {
  expect(isInWindow(date, window)).toBe(inside);
});

test('a coarse date is in a window when one of its days is', () => {
  const day = fc
    .record({
      year: fc.integer({ min: 2019, max: 2022 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    .map((date) => [date.year, date.month, date.day].map((part) => String(part).padStart(2, '0')).join('-'));
  fc.assert(
    fc.property(day, day, day, fc.constantFrom(4, 7), (date, since, until, length) => {
      if (isInWindow(date, { since, until })) {
        expect(isInWindow(date.slice(0, length), { since, until })).toBe(true);
      }
    }),
  );
});
