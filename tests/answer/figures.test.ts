import { describe, expect, it } from 'vitest';
import { findUnprovedFigures, readFigures } from '../../src/answer/figures.ts';

describe('figures that mean the same', () => {
  it.each([
    ['100,000 soldiers', '100.000 Soldaten'],
    ['100000 soldiers', '100.000 Soldaten'],
    ['100 000 soldiers', '100.000 Soldaten'],
    ['3.5 metres', '3,5 Meter'],
    ['1,234,567.89', '1.234.567,89'],
    ['3 million', '3 Millionen'],
    ['three million', '3 Mio.'],
    ['1.5 billion euros', '1,5 Milliarden Euro'],
    ['5%', '5 Prozent'],
    ['5 percent', '5 %'],
    ['-5 degrees', '−5 Grad'],
    ['minus 5 degrees', '−5 Grad'],
    ['two hours', 'zwei Stunden'],
    ['2 hours', 'zwei Stunden'],
    ['the two ministers', 'die beiden Minister'],
    ['1.5 hours', 'anderthalb Stunden'],
    ['25 people', 'fünfundzwanzig Menschen'],
    ['twenty-five people', '25 Menschen'],
    ['two hundred', '200'],
    ['14:30', '14.30 Uhr'],
    ['on Friday', 'am Freitag'],
    ['in January', 'im Januar'],
    ['in May 2022', 'im Mai 2022'],
    ['on 21 January 2022', 'am 21.01.2022'],
    ['on January 21, 2022', '2022-01-21'],
    ['from 1939 to 1945', '1939–1945'],
  ])('%s: %s', (claim, source) => {
    expect(findUnprovedFigures(claim, [{ text: source, language: 'de' }], [])).toEqual([]);
  });
});

describe('figures that do not', () => {
  it.each([
    ['10,000 soldiers', '100.000 Soldaten'],
    ['3 billion', '3 Millionen'],
    ['3 million', '3'],
    ['5%', '5 Euro'],
    ['5 euros', '5 %'],
    ['5 degrees', '−5 Grad'],
    ['-5 degrees', '5 Grad'],
    ['three hours', 'zwei Stunden'],
    ['on Thursday', 'am Freitag'],
    ['in February', 'im Januar'],
    ['in 2021', 'im Januar 2022'],
    ['3.5 metres', '35 Meter'],
    ['1.5 metres', '1.500 Meter'],
    ['3500 metres', '3,500 Meter'],
  ])('%s: %s', (claim, source) => {
    expect(findUnprovedFigures(claim, [{ text: source, language: 'de' }], [])).not.toEqual([]);
  });
});

it('takes the date of an article for proof', () => {
  expect(findUnprovedFigures('In January 2022 it rained.', [{ text: 'Es regnete.' }], ['2022-01'])).toEqual(
    [],
  );
  expect(findUnprovedFigures('In February 2022 it rained.', [{ text: 'Es regnete.' }], ['2022-01'])).toEqual([
    'month 2',
  ]);
});

it.each(['They may march on.', 'She said so.', 'one of them', 'Mai Thi sagte es.', 'a second attempt'])(
  'no figures in %s',
  (text) => {
    expect(readFigures(text)).toEqual([]);
  },
);
