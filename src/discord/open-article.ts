import type { Fundstelle } from '../types.ts';
import { type Draft, line } from './compose.ts';
import { digestPrefix, type PassageAddress } from './custom-id.ts';
import { type Locale, messages } from './messages/index.ts';
import { renderOpened } from './render/passage.ts';

/** An article opened at its first passage. */
export function openArticle(engine: Fundstelle, articleId: string, locale: Locale): Draft {
  const article = engine.readArticle(articleId);
  if (article === undefined) return line(messages[locale].source.gone);
  return openPassage(engine, { articleId, ordinal: 0, digest: digestPrefix(article) }, locale);
}

/** An article opened where a citation points; says so when it has changed or gone since. */
export function openPassage(engine: Fundstelle, address: PassageAddress, locale: Locale): Draft {
  const article = engine.readArticle(address.articleId);
  if (article === undefined) return line(messages[locale].source.gone);
  return renderOpened(article, engine.readPassages(article.id), address, locale);
}
