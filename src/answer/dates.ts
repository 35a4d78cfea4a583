import type { PartialDate } from '../types.ts';

const months = [
  'januar|jänner|january|jan\\.?',
  'februar|feber|february|feb\\.?',
  'märz|maerz|march|mar\\.?',
  'april|apr\\.?',
  'mai|may',
  'juni|june|jun\\.?',
  'juli|july|jul\\.?',
  'august|aug\\.?',
  'september|sept?\\.?',
  'oktober|october|okt\\.?|oct\\.?',
  'november|nov\\.?',
  'dezember|december|dez\\.?|dec\\.?',
];
const monthPatterns = months.map((names) => new RegExp(`^(?:${names})$`, 'iu'));

/** A month's name, German or English, as the source of a regular expression. */
export const monthName = `(?:${months.join('|')})`;
/** A year, likewise. */
export const yearNumber = '(?:19|20)\\d{2}';
/** A day, month or year in the ways that German and English write them, the most precise first. */
export const pointInTime = `(?:${[
  `${yearNumber}-\\d{2}(?:-\\d{2})?`,
  `\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?${yearNumber}`,
  `\\d{1,2}(?:\\.|st|nd|rd|th)?\\s+(?:of\\s+)?${monthName}(?:,?\\s+${yearNumber})?`,
  `${monthName}\\s+\\d{1,2}(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+${yearNumber})?`,
  `${monthName}(?:\\s+${yearNumber})?`,
  `(?:jahre?\\s+|year\\s+)?${yearNumber}`,
].join('|')})`;

/** 1..12, or undefined if the word names no month. */
export function monthOf(word: string): number | undefined {
  const index = monthPatterns.findIndex((pattern) => pattern.test(word));
  return index < 0 ? undefined : index + 1;
}

/**
 * The date that a match of `pointInTime` stands for. Without a year: the latest such day or month that is not after
 * `today`. Undefined for a day or month that does not exist.
 */
export function parsePoint(words: string, today: Date): PartialDate | undefined {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(words);
  if (iso) return checked(Number(iso[1]), Number(iso[2]), iso[3] ? Number(iso[3]) : undefined);
  const numeric = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(words);
  if (numeric) return checked(Number(numeric[3]), Number(numeric[2]), Number(numeric[1]));

  const month = words
    .split(/[\s,]+/)
    .map(monthOf)
    .find((found) => found !== undefined);
  const year = /\d{4}/.exec(words)?.[0];
  if (month === undefined) return year;
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(words)?.[0];
  if (year !== undefined) return checked(Number(year), month, day ? Number(day) : undefined);
  const thisYear = checked(today.getFullYear(), month, day ? Number(day) : undefined);
  const isAhead = thisYear !== undefined && thisYear > isoDay(today).slice(0, thisYear.length);
  return isAhead ? checked(today.getFullYear() - 1, month, day ? Number(day) : undefined) : thisYear;
}

function checked(year: number, month: number, day: number | undefined): PartialDate | undefined {
  const date = new Date(year, month - 1, day ?? 1);
  if (date.getMonth() !== month - 1 || date.getDate() !== (day ?? 1)) return undefined;
  return day === undefined ? isoDay(date).slice(0, 7) : isoDay(date);
}

/** `2022-01-21` of a time, by the machine's clock. */
export function isoDay(date: Date): PartialDate {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
}

export function addDays(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
}

/** First day that a date covers. */
export function firstDay(date: PartialDate): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day);
}

/** Last day that a date covers. */
export function lastDay(date: PartialDate): Date {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (day !== undefined) return firstDay(date);
  return month === undefined ? new Date(year, 11, 31) : new Date(year, month, 0);
}
