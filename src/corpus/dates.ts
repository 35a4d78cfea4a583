import type { PartialDate } from '../types.ts';

const months: Readonly<Record<string, number>> = {
  jan: 1,
  jän: 1,
  feb: 2,
  mär: 3,
  mar: 3,
  mrz: 3,
  apr: 4,
  mai: 5,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  okt: 10,
  oct: 10,
  nov: 11,
  dez: 12,
  dec: 12,
};

/**
 * Reads a date as publishers write it: `2022`, `2022-01`, `2022-01-21` with or without a time, `21.01.2022`,
 * `21. Januar 2022`, `January 21, 2022`, `Fri, 21 Jan 2022 10:00:00 GMT`. The day is the one written, in its own time zone.
 * Undefined when the text is none of these or names a day that does not exist.
 */
export function parseDate(text: string): PartialDate | undefined {
  const given = text.trim();
  const iso = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T\s].*)?)?)?$/.exec(given);
  if (iso) return buildDate(iso[1], iso[2], iso[3]);
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[,\s].*)?$/.exec(given);
  if (german) return buildDate(german[3], german[2], german[1]);
  const dayFirst = /^(?:\p{L}+,\s*)?(\d{1,2})\.?\s+(\p{L}{3,9})\.?\s+(\d{4})(?:[,\s].*)?$/u.exec(given);
  if (dayFirst) return buildDate(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^(?:\p{L}+,\s*)?(\p{L}{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})(?:[,\s].*)?$/u.exec(given);
  if (monthFirst) return buildDate(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  return undefined;
}

const monthNumber = (name = ''): string => String(months[name.toLowerCase().slice(0, 3)] ?? 0);

function buildDate(year = '', month?: string, day?: string): PartialDate | undefined {
  if (Number(year) < 1000) return undefined;
  if (month === undefined) return year;
  const written = [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])].join(
    '-',
  );
  const time = new Date(day === undefined ? `${written}-01` : written);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(written) ? written : undefined;
}
