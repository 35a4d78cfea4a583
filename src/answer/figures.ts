import type { Language, PartialDate } from '../types.ts';
import { monthOf } from './dates.ts';

/** Numbers written as words, in German and English. One is left out: it is an article more often than a number. */
const numerals: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['zwei two beide beiden beider both', 2],
    ['drei three', 3],
    ['vier four', 4],
    ['fünf five', 5],
    ['sechs six', 6],
    ['sieben seven', 7],
    ['acht eight', 8],
    ['neun nine', 9],
    ['zehn ten', 10],
    ['elf eleven', 11],
    ['zwölf twelve', 12],
    ['dreizehn thirteen', 13],
    ['vierzehn fourteen', 14],
    ['fünfzehn fifteen', 15],
    ['sechzehn sixteen', 16],
    ['siebzehn seventeen', 17],
    ['achtzehn eighteen', 18],
    ['neunzehn nineteen', 19],
    ['zwanzig twenty', 20],
    ['dreißig thirty', 30],
    ['vierzig forty', 40],
    ['fünfzig fifty', 50],
    ['sechzig sixty', 60],
    ['siebzig seventy', 70],
    ['achtzig eighty', 80],
    ['neunzig ninety', 90],
    ['anderthalb eineinhalb', 1.5],
    ['hundert hundred', 100],
    ['tausend thousand', 1000],
    ['million millionen millions', 1e6],
    ['milliarde milliarden', 1e9],
    ['trillion', 1e12],
  ].flatMap(([words, value]) =>
    String(words)
      .split(' ')
      .map((word) => [word, Number(value)]),
  ),
);
/** Multiply the number before them. `billion` is decided by the language: 1e9 in English, 1e12 in German. */
const scales: Readonly<Record<string, number>> = {
  hundert: 100,
  hundred: 100,
  tausend: 1000,
  thousand: 1000,
  tsd: 1000,
  million: 1e6,
  millionen: 1e6,
  mio: 1e6,
  mn: 1e6,
  milliarde: 1e9,
  milliarden: 1e9,
  mrd: 1e9,
  bn: 1e9,
  billion: 1e9,
  billionen: 1e12,
  trillion: 1e12,
};
const weekdays = [
  'montag|monday',
  'dienstag|tuesday',
  'mittwoch|wednesday',
  'donnerstag|thursday',
  'freitag|friday',
  'samstag|sonnabend|saturday',
  'sonntag|sunday',
].map((names) => new RegExp(`^(?:${names})s?$`, 'i'));

const tens = 'zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig';
const germanCompound = new RegExp(`^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(${tens})$`, 'iu');

const token =
  /(?<date>\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})|(?<sign>[-−–](?=\d)|\bminus\s+)?(?<number>\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,:]\d+)?)(?<percent>\s?(?:%|‰|Prozent|percent|per cent))?|(?<word>\p{L}+)/giu;

/**
 * The figures of a text in a form that German and English share: numbers with sign, scale and percent (`-5`, `3000000`,
 * `5%`), months (`month 1`), weekdays (`weekday 5`). A number that German and English read differently gives both
 * readings, unless the language is known.
 */
export function readFigures(text: string, language?: Language): readonly (readonly string[])[] {
  const found: string[][] = [];
  let previous:
    | { readonly values: readonly number[]; readonly index: number; readonly end: number }
    | undefined;
  const add = (values: readonly number[], end: number, percent = false) => {
    found.push(values.map((value) => `${value}${percent ? '%' : ''}`));
    previous = { values, index: found.length - 1, end };
  };
  /** Puts a number and a word that goes on with it together: 3 million, twenty-five. */
  const goOn = (values: readonly number[], index: number, end: number) => {
    found[index] = values.map(String);
    previous = { values, index, end };
  };

  for (const match of text.matchAll(token)) {
    const { date, sign, number, percent, word = '' } = match.groups as Record<string, string | undefined>;
    const end = match.index + match[0].length;
    if (date !== undefined) {
      const [first = '', month, last = ''] = date.split(/[.-]/);
      const [day, year] = first.length === 4 ? [last, first] : [first, last];
      found.push([String(Number(day))], [`month ${Number(month)}`], [year]);
    } else if (number !== undefined) {
      const behindWord = /[\p{L}\d]/u.test(text.charAt(match.index - 1));
      const factor = sign !== undefined && !behindWord ? -1 : 1;
      add(
        readNumber(number, language).map((value) => factor * value),
        end,
        percent !== undefined,
      );
    } else {
      const lower = word.toLowerCase();
      const scale = scales[lower];
      const value = readNumeral(lower);
      const follows =
        previous && /^[\s-]*$/.test(text.slice(previous.end, match.index)) ? previous : undefined;
      if (follows && scale !== undefined)
        goOn(
          follows.values.map((number) => number * scale),
          follows.index,
          end,
        );
      else if (follows && value !== undefined && value < 10 && isRoundTen(follows.values[0]))
        goOn(
          follows.values.map((number) => number + value),
          follows.index,
          end,
        );
      else if (value !== undefined) add([value], end);
      const calendar = readCalendarWord(word, text, match.index, end);
      if (calendar) found.push([calendar]);
    }
  }
  return found;
}

const isRoundTen = (value = 0) => value >= 20 && value < 100 && value % 10 === 0;

function readNumeral(word: string): number | undefined {
  const compound = germanCompound.exec(word);
  if (!compound) return numerals[word];
  const [, ones = '', ten = ''] = compound;
  return (numerals[ones] ?? 1) + (numerals[ten] ?? 0);
}

/** Figures of a claim that neither the sources nor the dates of their articles have, as `readFigures` writes them. */
export function findUnprovedFigures(
  claim: string,
  sources: readonly { readonly text: string; readonly language?: Language }[],
  dates: readonly PartialDate[],
): readonly string[] {
  const there = new Set(sources.flatMap(({ text, language }) => readFigures(text, language).flat()));
  for (const date of dates) {
    const [year, month, day] = date.split('-').map(Number);
    there.add(String(year));
    if (month !== undefined) there.add(`month ${month}`);
    if (day !== undefined) there.add(String(day));
  }
  return readFigures(claim)
    .filter((readings) => !readings.some((reading) => there.has(reading)))
    .map(([reading = '']) => reading);
}

/** The values a numeral may have: 1.500 is 1500 in German and 1.5 in English, 1,500 the other way round. */
function readNumber(written: string, language: Language | undefined): readonly number[] {
  const digits = written.replace(/['\u00a0\u202f ]/g, '').replace(':', '.');
  const marks = digits.match(/[.,]/g) ?? [];
  if (marks.length === 0) return [Number(digits)];
  const asDecimal = Number(digits.replace(/[.,](?=.*[.,])/g, '').replace(',', '.'));
  const isGrouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) && new Set(marks).size === 1;
  if (!isGrouped) return [asDecimal];
  const asWhole = Number(digits.replace(/[.,]/g, ''));
  if (marks.length > 1) return [asWhole];
  if (language === 'de') return [marks[0] === '.' ? asWhole : asDecimal];
  if (language === 'en') return [marks[0] === ',' ? asWhole : asDecimal];
  return [asWhole, asDecimal];
}

function readCalendarWord(word: string, text: string, start: number, end: number): string | undefined {
  const weekday = weekdays.findIndex((names) => names.test(word));
  if (weekday >= 0) return `weekday ${weekday + 1}`;
  if (!/^\p{Lu}/u.test(word)) return undefined;
  const month = monthOf(word);
  if (month === undefined) return undefined;
  // Short names and "May" are months only beside a number.
  const isSure =
    word.length > 3 || /^\.?,?\s*\d/.test(text.slice(end)) || /\d\.?\s*$/.test(text.slice(0, start));
  return isSure ? `month ${month}` : undefined;
}
