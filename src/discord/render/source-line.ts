import type { ArticleInfo } from '../../types.ts';
import { renderDate } from '../dates.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown, link } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';

/** Longer ones are no titles, but somebody's text. */
const MAX_TITLE = 200;
const MAX_OUTLET = 80;

/** Title, outlet and date of an article, as markdown. */
export function renderSource(
  article: Pick<ArticleInfo, 'title' | 'source' | 'date' | 'url'>,
  locale: Locale,
): string {
  const { untitled, undated } = messages[locale].source;
  return [
    link(cutText(article.title.trim(), MAX_TITLE) || untitled, article.url),
    ...(article.source === undefined
      ? []
      : [escapeMarkdown(cutText(article.source.replaceAll(/\s+/g, ' '), MAX_OUTLET))]),
    article.date === undefined ? undated : renderDate(article.date, locale),
  ].join(' · ');
}

/** Date and title of an article where no markdown is shown: suggestions and menus. */
export function labelArticle(article: Pick<ArticleInfo, 'title' | 'date'>, locale: Locale): string {
  const { untitled, undated } = messages[locale].source;
  return `${article.date ?? undated} · ${article.title.trim() || untitled}`;
}
