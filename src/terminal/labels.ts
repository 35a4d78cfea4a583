import { detectLanguage } from '../language/detect.ts';
import type { AbstainReason, PartialDate } from '../types.ts';

export type Locale = 'de' | 'en';

interface Labels {
  readonly asOf: (date: string) => string;
  readonly checked: (proved: number, all: number) => string;
  readonly sources: string;
  readonly nearest: string;
  readonly closest: string;
  readonly uncheckedTranslation: string;
  readonly searching: string;
  readonly reading: (passages: number) => string;
  readonly checking: (quotes: number) => string;
}

/** What the terminal says around an answer. */
export const LABELS: Readonly<Record<Locale, Labels>> = {
  en: {
    asOf: (date) => `as of ${date}`,
    checked: (proved, all) => `${proved} of ${all} quotes checked, letter for letter`,
    sources: 'Sources',
    nearest: 'Nearest articles',
    closest: 'Closest passages, not an answer',
    uncheckedTranslation: 'translation, unchecked',
    searching: 'searching …',
    reading: (passages) => `reading ${passages} passages …`,
    checking: (quotes) => `checking ${quotes} quotes …`,
  },
  de: {
    asOf: (date) => `Stand ${date}`,
    checked: (proved, all) => `${proved} von ${all} Zitaten geprüft, Buchstabe für Buchstabe`,
    sources: 'Quellen',
    nearest: 'Nächstliegende Artikel',
    closest: 'Nächstliegende Stellen, keine Antwort',
    uncheckedTranslation: 'Übersetzung, ungeprüft',
    searching: 'sucht …',
    reading: (passages) => `liest ${passages} Textstellen …`,
    checking: (quotes) => `prüft ${quotes} Zitate …`,
  },
};

/** Language for what is said before the answer is there; the answer decides for itself. */
export const localeOf = (question: string): Locale => (detectLanguage(question) === 'de' ? 'de' : 'en');

/** Exit code of `ask` for a question without an answer. */
export const EXIT_ABSTAINED = 3;

/** Reasons for which the closest passages are worth showing. */
export const SHOWS_CLOSEST: ReadonlySet<AbstainReason> = new Set(['not-stated']);

/** `2022-01` as people write it: "January 2022", "Januar 2022"; as coarse as the date is. */
export function renderDate(date: PartialDate, locale: Locale): string {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || month === undefined) return date;
  const format: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' };
  if (day !== undefined) format.day = 'numeric';
  const language = locale === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(language, format).format(Date.UTC(year, month - 1, day ?? 1));
}
