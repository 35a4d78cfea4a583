import type { PartialDate } from '../types.ts';
import type { Locale } from './messages/index.ts';

const monthFormat = (locale: Locale) =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Made once: each of them loads the rules of its language. */
const MONTHS: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  en: monthFormat('en'),
  de: monthFormat('de'),
};

/** A date for people: a Discord timestamp when the day is known, month or year as text when it is not. */
export function renderDate(date: PartialDate, locale: Locale): string {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || month === undefined) return date;
  // Noon UTC is the same day for almost everyone who reads it in their own time zone.
  if (day !== undefined) return `<t:${Date.UTC(year, month - 1, day, 12) / 1000}:D>`;
  return MONTHS[locale].format(new Date(Date.UTC(year, month - 1, 15)));
}

/** A moment for people, in their own time zone. */
export const renderMoment = (iso: string): string => {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `<t:${Math.floor(time / 1000)}:f>`;
};

/**
 * What somebody typed as a date: `2022`, `2022-01`, `2022-01-21`, `01.2022` or `21.1.2022`.
 * @returns undefined when it is none of these or no day of the calendar.
 */
export function parseDate(typed: string): PartialDate | undefined {
  const text = typed.trim();
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  const german = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : german ? german.slice(1).reverse() : [];
  if (year === undefined) return undefined;
  const parts = [year, month, day].filter((part) => part !== undefined).map(Number);
  const date = new Date(Date.UTC(parts[0]!, (parts[1] ?? 1) - 1, parts[2] ?? 1));
  if (date.getUTCMonth() + 1 !== (parts[1] ?? 1) || date.getUTCDate() !== (parts[2] ?? 1)) return undefined;
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}
