import type { ArticleFilter, Fundstelle } from '../types.ts';
import { type Draft, line } from './compose.ts';
import { button, buttonRow, selectRow } from './controls.ts';
import { buildCustomId } from './custom-id.ts';
import { escapeMarkdown, subtext } from './markdown.ts';
import { type Locale, messages } from './messages/index.ts';
import { renderWindow } from './render/answer.ts';
import { labelArticle, renderSource } from './render/source-line.ts';

const PAGE_SIZE = 10;

/** One page of the corpus, newest first, with buttons to the others; pages count from 0. */
export function listArticles(engine: Fundstelle, filter: ArticleFilter, page: number, locale: Locale): Draft {
  const texts = messages[locale];
  const articles = engine.articles(filter);
  if (articles.length === 0) return line(texts.sources.none);
  const pages = Math.ceil(articles.length / PAGE_SIZE);
  const index = Math.min(page, pages - 1);
  const shown = articles.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
  const to = (target: number) =>
    buildCustomId('list', target, filter.since ?? '', filter.until ?? '', filter.outlet ?? '');
  return {
    sections: [
      [
        `**${texts.sources.heading(articles.length)}**`,
        ...(filter.outlet === undefined ? [] : [subtext(escapeMarkdown(filter.outlet))]),
        ...renderWindow(filter, locale),
      ],
      shown.map((article) => `- ${renderSource(article, locale)}`),
      [subtext(texts.sources.page(index + 1, pages))],
    ],
    rows: [
      ...selectRow(
        buildCustomId('open'),
        texts.source.pick,
        shown.map((article) => ({ label: labelArticle(article, locale), value: article.id })),
      ),
      buttonRow(
        button({
          id: index === 0 ? buildCustomId('none', 'previous') : to(index - 1),
          label: texts.source.previous,
          disabled: index === 0,
        }),
        button({
          id: index === pages - 1 ? buildCustomId('none', 'next') : to(index + 1),
          label: texts.source.next,
          disabled: index === pages - 1,
        }),
      ),
    ],
  };
}
