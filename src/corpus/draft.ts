import { detectLanguage } from '../language/detect.ts';
import type { Article, Language, PartialDate, Span } from '../types.ts';
import { findCredit } from './credit.ts';
import { parseDate } from './dates.ts';
import { findHeadings } from './headings.ts';
import { articleId, digestArticle } from './identity.ts';
import { chooseTitle } from './title.ts';

/** What a format gives of an article. Everything but the text may be missing. */
export interface Draft {
  readonly body: string;
  readonly title?: string | undefined;
  readonly date?: PartialDate | undefined;
  readonly source?: string | undefined;
  readonly url?: string | undefined;
  readonly language?: Language | undefined;
  /** Headings that the format marks; others are found by their looks. */
  readonly headings?: readonly Span[] | undefined;
  /** What was wrong but did not stop the reading: what follows the file's name, as in `:3: no date`. */
  readonly warnings?: readonly string[] | undefined;
}

/** Completes a draft. The body loses the agency's credit at its end and white space there, and nothing else. */
export function buildArticle(path: string, draft: Draft): Article {
  const credit = findCredit(draft.body);
  const body = draft.body.slice(0, credit.end);
  const headings = findHeadings(body, draft.headings ?? []);
  const language = draft.language ?? detectLanguage(body);
  const date = draft.date ?? dateInName(path);
  const source = draft.source ?? credit.source;
  const seen = {
    title: draft.title ?? chooseTitle(body, headings, language),
    ...(date !== undefined && { date }),
    ...(source !== undefined && { source }),
    language,
    ...(draft.url !== undefined && { url: draft.url }),
    body,
  };
  return { id: articleId(path), path, ...seen, headings, digest: digestArticle(seen) };
}

/** The day that a file's name begins with, as in `2022-01-21-genf.pdf`. */
function dateInName(path: string): PartialDate | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(path.slice(path.lastIndexOf('/') + 1))?.[0];
  return day === undefined ? undefined : parseDate(day);
}
