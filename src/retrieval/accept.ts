import type { SearchOptions } from '../types.ts';
import type { PassageTable } from './passages.ts';
import { isInWindow } from './window.ts';

/** Which rows the options leave, or undefined if they leave all. */
export function acceptRows(
  table: PassageTable,
  { since, until, outlet }: SearchOptions,
): ((row: number) => boolean) | undefined {
  if (since === undefined && until === undefined && outlet === undefined) return undefined;
  const window = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
  const wanted = outlet?.toLowerCase() ?? '';
  const accepted = table.articles.map(
    ({ date, source = '' }) => isInWindow(date, window) && source.toLowerCase().includes(wanted),
  );
  return (row) => accepted[table.article[row]!] ?? false;
}
