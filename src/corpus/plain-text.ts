import { parseDate } from './dates.ts';
import type { Draft } from './draft.ts';

/**
 * Plain text. A first line that begins `date 2022-01` (or `Date: 21.01.2022`, `Datum: 21. Januar 2022`) gives the date, which
 * is no part of the body.
 */
export function parsePlainText(text: string): Draft {
  const prefix =
    /^\s*(?:date|datum)\s*:?\s+(\d[\d.-]{3,9}(?:T\S+)?|\d{1,2}\.? \p{L}{3,9}\.? \d{4}|\p{L}{3,9}\.? \d{1,2},? \d{4})(?=\s|$)\s*/iu.exec(
      text,
    );
  const date = prefix?.[1] === undefined ? undefined : parseDate(prefix[1]);
  return date === undefined || !prefix ? { body: text } : { body: text.slice(prefix[0].length), date };
}
