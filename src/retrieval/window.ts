import type { DateWindow, PartialDate } from '../types.ts';

const firstDay = (date: PartialDate): string => `${date}-01-01`.slice(0, 10);
/** Days are compared as text, so that a 31 does for every month. */
const lastDay = (date: PartialDate): string =>
  date.length === 4 ? `${date}-12-31` : `${date}-31`.slice(0, 10);

/**
 * Whether any day that a date may mean lies in the window, both ends included. An unknown date lies in no window
 * but the one without ends.
 */
export function isInWindow(date: PartialDate | undefined, { since, until }: DateWindow): boolean {
  if (since === undefined && until === undefined) return true;
  if (date === undefined) return false;
  return (
    (since === undefined || lastDay(date) >= firstDay(since)) &&
    (until === undefined || firstDay(date) <= lastDay(until))
  );
}
