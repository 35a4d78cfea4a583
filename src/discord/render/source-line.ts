import type { ArticleInfo } from '../../types.ts';
import { renderDate } from '../dates.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown, link } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';

/** Longer ones are no titles, but somebody's text. */
const MAX_TITLE = 200;
const MAX_OUTLET = 80;

type Described = Pick<ArticleInfo, 'title' | 'source' | 'date' | 'url'>;

/** Title, outlet and date of an article, as markdown. */
export const renderSource = (article: Described, locale: Locale): string =>
  `${renderTitle(article, locale)} · ${renderOrigin(article, locale)}`;

export const renderTitle = ({ title, url }: Described, locale: Locale): string =>
  link(cutText(title.trim(), MAX_TITLE) || messages[locale].source.untitled, url);

/** Outlet and date. */
export function renderOrigin({ source, date }: Described, locale: Locale): string {
  const day = date === undefined ? messages[locale].source.undated : renderDate(date, locale);
  if (source === undefined) return day;
  return `${escapeMarkdown(cutText(source.replaceAll(/\s+/g, ' '), MAX_OUTLET))} · ${day}`;
}

/** Date and title of an article where no markdown is shown: suggestions and menus. */
export function labelArticle(article: Pick<ArticleInfo, 'title' | 'date'>, locale: Locale): string {
  const { untitled, undated } = messages[locale].source;
  return `${article.date ?? undated} · ${article.title.trim() || untitled}`;
}
