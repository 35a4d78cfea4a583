import type { DateWindow, PartialDate } from '../types.ts';
import {
  addDays,
  firstDay,
  isoDay,
  lastDay,
  monthName,
  parsePoint,
  pointInTime,
  yearNumber,
} from './dates.ts';

/** A time phrase of a question and the dates it stands for. */
export interface TimePhrase {
  /** As it stands in the question. */
  readonly words: string;
  readonly window: DateWindow;
  /** False for a bare year, which may as well be the year of an event that later articles tell of. */
  readonly firm: boolean;
}

type Resolve = (words: readonly string[], today: Date) => DateWindow | undefined;

const numerals: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'zwei|two',
    'drei|three',
    'vier|four',
    'fünf|five',
    'sechs|six',
    'sieben|seven',
    'acht|eight',
    'neun|nine',
    'zehn|ten',
  ] //
    .flatMap((words, index) => words.split('|').map((word) => [word, index + 2])),
);
const count = `(\\d{1,3}|${Object.keys(numerals).join('|')})`;
const units = '(tage?n?|wochen?|monate?n?|jahre?n?|days?|weeks?|months?|years?)';
const period = '(woche|monat|jahr|week|month|year)';
const point = `(${pointInTime})`;

/** What each kind of phrase stands for; the first that matches counts. */
const kinds: ReadonlyArray<readonly [phrase: string, resolve: Resolve]> = [
  ['(?:vorgestern|(?:the )?day before yesterday)', (_, today) => within(addDays(today, -2))],
  ['(?:gestern|yesterday)', (_, today) => within(addDays(today, -1))],
  [
    `(?:(?:in|during|over)\\s+)?(?:(?:den|der|the)\\s+)?(?:letzten|vergangenen|last|past)\\s+${count}\\s+${units}`,
    ([number = '', unit = ''], today) => ({
      since: isoDay(goBack(today, numerals[number] ?? Number(number), unit)),
      until: isoDay(today),
    }),
  ],
  [
    `(?:(?:in\\s+der|im|in)\\s+)?(?:letzte[mnrs]?|vergangene[mnrs]?|vorige[mnrs]?|last|past|previous)\\s+${period}`,
    ([unit = ''], today) => calendarPeriod(today, unit, -1),
  ],
  [`(?:in\\s+)?(?:diese[mnrs]?|this)\\s+${period}`, ([unit = ''], today) => calendarPeriod(today, unit, 0)],
  [
    `(?:von|zwischen|between|from)\\s+${point}\\s+(?:bis|und|and|to|until|till)\\s+${point}`,
    ([from = '', to = ''], today) => defined(parsePoint(from, today), parsePoint(to, today)),
  ],
  [
    `(?:seit|ab|since|starting)\\s+(?:(?:dem|in|im|anfang|mitte|ende|early|mid|late)\\s+)?${point}`,
    ([from = ''], today) => defined(parsePoint(from, today), undefined),
  ],
  [
    `(?:bis(?:\\s+zum)?|until|till|up\\s+to)\\s+${point}`,
    ([to = ''], today) => (isYear(to) ? undefined : defined(undefined, parsePoint(to, today))),
  ],
  [
    `(?:vor(?:\\s+dem)?|before)\\s+${point}`,
    ([to = ''], today) => {
      const date = isYear(to) ? undefined : parsePoint(to, today);
      return date === undefined ? undefined : { until: isoDay(addDays(firstDay(date), -1)) };
    },
  ],
  [
    `(?:nach(?:\\s+dem)?|after)\\s+${point}`,
    ([from = ''], today) => {
      const date = isYear(from) ? undefined : parsePoint(from, today);
      return date === undefined ? undefined : { since: isoDay(addDays(lastDay(date), 1)) };
    },
  ],
  [
    `(?:im|in|am|on|vom|during|während)\\s+(?:the\\s+)?${point}`,
    ([when = ''], today) => at(parsePoint(when, today)),
  ],
  // Without a preposition only what cannot be a number of things or a name: a day or month with its year.
  [
    `(${yearNumber}-\\d{2}(?:-\\d{2})?|\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?${yearNumber}|(?:\\d{1,2}(?:\\.|st|nd|rd|th)?\\s+)?${monthName}\\s+(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s+)?${yearNumber})`,
    ([when = ''], today) => at(parsePoint(when, today)),
  ],
];

const patterns = kinds.map(
  ([phrase, resolve]) =>
    [new RegExp(`(?<![a-zà-öø-ÿ\\d])${phrase}(?![a-zà-öø-ÿ\\d])`, 'iu'), resolve] as const,
);

/**
 * The dates of articles that a question's own words ask for ("im Januar 2022", "last week", "seit März", "gestern"),
 * in German or English, counted from `now`. Weeks begin on Monday; "last month" is the calendar month. A bare year
 * behind "until", "before" or "after" says when something happened rather than when it was written, and is no window.
 */
export function readTimePhrase(question: string, now: Date): TimePhrase | undefined {
  for (const [pattern, resolve] of patterns) {
    const match = pattern.exec(question);
    if (!match) continue;
    const window = resolve(
      match.slice(1).map((word) => word.toLowerCase()),
      now,
    );
    if (window) return { words: match[0], window, firm: !isBareYear(window, match[0]) };
  }
  return undefined;
}

const now =
  /(?<![a-zà-öø-ÿ])(?:now|currently|at the moment|right now|nowadays|these days|today|latest|aktuell[a-zà-öø-ÿ]*|derzeit[a-zà-öø-ÿ]*|jetzt|momentan[a-zà-öø-ÿ]*|gegenwärtig[a-zà-öø-ÿ]*|heute|zurzeit|zur zeit)(?![a-zà-öø-ÿ])/iu;

/** Whether a question asks how things stand now. */
export const asksAboutNow = (question: string): boolean => now.test(question);

const isYear = (words: string) => /^(?:jahre?\s+|year\s+)?\d{4}$/.test(words);
const isBareYear = ({ since, until }: DateWindow, words: string) =>
  (since ?? until)?.length === 4 && /\d{4}/.test(words);

/** News tells of a day on that day and on the next. */
const within = (day: Date): DateWindow => ({ since: isoDay(day), until: isoDay(addDays(day, 1)) });

function at(date: PartialDate | undefined): DateWindow | undefined {
  if (date === undefined) return undefined;
  return date.length === 10 ? within(firstDay(date)) : { since: date, until: date };
}

function defined(since: PartialDate | undefined, until: PartialDate | undefined): DateWindow | undefined {
  if (since === undefined && until === undefined) return undefined;
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

const isUnit = (unit: string, initials: string) => initials.includes(unit.charAt(0));

function goBack(today: Date, number: number, unit: string): Date {
  if (isUnit(unit, 'td')) return addDays(today, -number);
  if (isUnit(unit, 'w')) return addDays(today, -7 * number);
  const months = isUnit(unit, 'm') ? number : 12 * number;
  return new Date(today.getFullYear(), today.getMonth() - months, today.getDate());
}

/** The calendar week, month or year that is `offset` away from the present one. */
function calendarPeriod(today: Date, unit: string, offset: number): DateWindow {
  if (isUnit(unit, 'w')) {
    const monday = addDays(today, -((today.getDay() + 6) % 7) + 7 * offset);
    return { since: isoDay(monday), until: isoDay(addDays(monday, 6)) };
  }
  const date = isUnit(unit, 'm')
    ? isoDay(new Date(today.getFullYear(), today.getMonth() + offset, 1)).slice(0, 7)
    : String(today.getFullYear() + offset);
  return { since: date, until: date };
}
