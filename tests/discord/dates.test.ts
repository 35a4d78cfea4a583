import { describe, expect, it } from 'vitest';
import { parseDate, renderDate } from '../../src/discord/dates.ts';

describe('dates', () => {
  it.each([
    ['2022', '2022'],
    [' 2022-1 ', '2022-01'],
    ['2022-01-21', '2022-01-21'],
    ['21.1.2022', '2022-01-21'],
    ['01.2022', '2022-01'],
    ['2024-02-29', '2024-02-29'],
    ['2022-02-29', undefined],
    ['2022-13', undefined],
    ['0.2022', undefined],
    ['21.1.22', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%j is %j', (typed, date) => expect(parseDate(typed)).toBe(date));

  it.each([
    ['2022-01-21', 'de', '<t:1642766400:D>'],
    ['2022-01', 'en', 'January 2022'],
    ['2022-01', 'de', 'Januar 2022'],
    ['2022', 'de', '2022'],
  ] as const)('%s in %s reads %s', (date, locale, text) => expect(renderDate(date, locale)).toBe(text));
});
