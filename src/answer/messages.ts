import type { AbstainReason, DateWindow, PartialDate } from '../types.ts';

export type Locale = 'de' | 'en';

/** Everything Fundstelle itself says about an answer, in one language. */
export interface Messages {
  /** Quotation marks to put around an article's words. */
  readonly quoted: (text: string) => string;
  readonly refusal: Readonly<Record<AbstainReason, string>>;
  readonly suggestion: Readonly<Record<AbstainReason, string>>;
  /** `words`: what in the question asked for the window; undefined when an option did. */
  readonly window: (window: DateWindow, words: string | undefined) => string;
  readonly oldEvidence: (newest: PartialDate) => string;
  readonly sourcesDisagree: (values: readonly string[]) => string;
  readonly development: (values: readonly string[]) => string;
  readonly modelFailed: string;
  readonly cutShort: string;
}

const renderDate = (date: PartialDate, locale: Locale): string => {
  const [year = 0, month, day] = date.split('-').map(Number);
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
  }).format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
};

export const messages: Readonly<Record<Locale, Messages>> = {
  en: {
    quoted: (text) => `“${text}”`,
    refusal: {
      'nothing-relevant': 'The articles say nothing about this.',
      'not-stated': 'The articles are about this subject, but no sentence answers the question.',
      'nothing-in-window': 'There is no article about this from that time or outlet.',
      'empty-question': 'There is no question to search for.',
    },
    suggestion: {
      'nothing-relevant': 'Try the names or words that an article about it would use.',
      'not-stated': 'Try asking for one thing at a time: who, what, when, where or how many.',
      'nothing-in-window': 'Try again without the date or outlet.',
      'empty-question': 'Ask a question in a sentence, for example: what did Russia demand?',
    },
    window: (window, words) =>
      `Only articles ${describeWindow(window, 'en')}${words ? ` (because of “${words}” in the question)` : ''}.`,
    oldEvidence: (newest) =>
      `The newest article used is from ${renderDate(newest, 'en')}: things may have changed since.`,
    sourcesDisagree: (values) => `The sources disagree: ${values.join('; ')}.`,
    development: (values) => `The figures changed over time: ${values.join('; ')}.`,
    modelFailed:
      'The chat model gave no answer that could be proved, so these are the articles’ own sentences.',
    cutShort: 'The chat model did not finish; what is shown has been checked.',
  },
  de: {
    quoted: (text) => `„${text}“`,
    refusal: {
      'nothing-relevant': 'Dazu steht nichts in den Artikeln.',
      'not-stated': 'Das Thema kommt in den Artikeln vor, aber kein Satz beantwortet die Frage.',
      'nothing-in-window': 'Aus dieser Zeit oder von diesem Medium gibt es dazu keinen Artikel.',
      'empty-question': 'Es gibt keine Frage, nach der gesucht werden kann.',
    },
    suggestion: {
      'nothing-relevant': 'Versuche es mit Namen oder Wörtern, die in einem Artikel darüber stünden.',
      'not-stated': 'Frage nach einer Sache auf einmal: wer, was, wann, wo oder wie viele.',
      'nothing-in-window': 'Versuche es ohne Datum oder Medium.',
      'empty-question': 'Stelle eine Frage als Satz, zum Beispiel: Was forderte Russland?',
    },
    window: (window, words) =>
      `Nur Artikel ${describeWindow(window, 'de')}${words ? ` (wegen „${words}“ in der Frage)` : ''}.`,
    oldEvidence: (newest) =>
      `Der neueste verwendete Artikel ist von ${renderDate(newest, 'de')}: Seitdem kann sich etwas geändert haben.`,
    sourcesDisagree: (values) => `Die Quellen widersprechen sich: ${values.join('; ')}.`,
    development: (values) => `Die Angaben haben sich mit der Zeit geändert: ${values.join('; ')}.`,
    modelFailed:
      'Das Sprachmodell gab keine Antwort, die sich belegen ließ; dies sind die Sätze der Artikel selbst.',
    cutShort: 'Das Sprachmodell wurde nicht fertig; was gezeigt wird, ist geprüft.',
  },
};

function describeWindow({ since, until }: DateWindow, locale: Locale): string {
  const words =
    locale === 'de'
      ? { at: 'von', since: 'seit', until: 'bis' }
      : { at: 'from', since: 'since', until: 'until' };
  if (since !== undefined && since === until) return `${words.at} ${renderDate(since, locale)}`;
  return [
    since !== undefined && `${words.since} ${renderDate(since, locale)}`,
    until !== undefined && `${words.until} ${renderDate(until, locale)}`,
  ]
    .filter(Boolean)
    .join(' ');
}
