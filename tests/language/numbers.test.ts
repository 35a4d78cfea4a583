import { describe, expect, it } from 'vitest';
import { parseNumeral } from '../../src/language/numbers.ts';

describe('parseNumeral', () => {
  it.each([
    ['1997', 'de', '#1997'],
    ['100.000', 'de', '#100000'],
    ['100,000', 'en', '#100000'],
    ['1.234.567,50', 'de', '#1234567.5'],
    ['1,234,567.50', 'en', '#1234567.5'],
    ['3,5', 'de', '#3.5'],
    ['3.5', 'en', '#3.5'],
    ['100.000', 'und', '#100000'],
    ['100,000', 'fr', '#100000'],
    ['007', 'en', '#7'],
    ['0.25', 'en', '#0.25'],
    ['21.01.2022', 'de', '#21.1.2022'],
    ['1990er', 'de', '#1990'],
    ['1970s', 'en', '#1970'],
    ['20th', 'en', '#20'],
  ])('reads %s (%s) as %s', (word, language, term) => {
    expect(parseNumeral(word, language)).toBe(term);
  });

  it.each(['5G', 'MH17', 'F16', 'drei', ''])('leaves %j alone', (word) => {
    expect(parseNumeral(word, 'de')).toBeUndefined();
  });
});
