import type { Article, Passage, Span } from '../../types.ts';
import type { Draft } from '../compose.ts';
import { button, buttonRow, linkButton } from '../controls.ts';
import { addressParts, buildCustomId, digestPrefix, type PassageAddress } from '../custom-id.ts';
import { escapeMarkdown, quoteBlock, readWebAddress, subtext } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';
import { renderOrigin, renderTitle } from './source-line.ts';

/** Longer passages are shown around their quote: one message has to hold them, even with every character escaped. */
const MAX_SHOWN = 1500;

/** An article opened at one of its passages, the quote in bold, the neighbours a button away. */
export function renderOpened(
  article: Article,
  passages: readonly Passage[],
  address: PassageAddress,
  locale: Locale,
): Draft {
  const texts = messages[locale].source;
  const changed = address.digest !== digestPrefix(article);
  const index = Math.min(address.ordinal, passages.length - 1);
  const passage = passages[index];
  const quote = changed ? undefined : address.quote;
  const to = (ordinal: number) => buildCustomId('passage', ...addressParts({ ...address, ordinal }));
  const neighbours = [
    button({ id: to(Math.max(index - 1, 0)), label: texts.previous, disabled: index <= 0 }),
    button({ id: to(index + 1), label: texts.next, disabled: index >= passages.length - 1 }),
  ];
  const url = readWebAddress(article.url);
  const original = url === undefined ? [] : [linkButton(texts.open, url)];
  return {
    tone: changed ? 'trouble' : 'answer',
    sections: [
      ...(changed ? [[`⚠️ ${texts.changed}`]] : []),
      [
        `### ${renderTitle(article, locale)}`,
        subtext(`${renderOrigin(article, locale)} · ${describe(article, passages.length, locale)}`),
      ],
      ...(passage === undefined
        ? []
        : [
            [
              subtext(texts.passage(index + 1, passages.length)),
              quoteBlock(renderBody(article.body, passage.span, quote)),
            ],
          ]),
    ],
    rows: passages.length === 0 ? [] : [buttonRow(...neighbours, ...original)],
  };
}

function describe(article: Article, passages: number, locale: Locale): string {
  const words = article.body.split(/\s+/).filter(Boolean).length;
  return messages[locale].source.length(words, passages);
}

/** A stretch of an article with the part of the quote that falls into it in bold. */
function renderBody(body: string, [from, to]: Span, quote: Span | undefined): string {
  const start = Math.max(quote?.[0] ?? from, from);
  const end = Math.min(quote?.[1] ?? from, to);
  const middle = end > start ? start : from;
  const shownFrom = to - from <= MAX_SHOWN ? from : Math.max(from, middle - MAX_SHOWN / 4);
  const shownTo = Math.min(to, Math.max(shownFrom + MAX_SHOWN, end > start ? end : 0));
  const text =
    end > start
      ? [
          escapeMarkdown(body.slice(shownFrom, start)),
          embolden(body.slice(start, end)),
          escapeMarkdown(body.slice(end, shownTo)),
        ].join('')
      : escapeMarkdown(body.slice(shownFrom, shownTo));
  return `${shownFrom > from ? '… ' : ''}${text.trim()}${shownTo < to ? ' …' : ''}`;
}

/** Bold ends with the line, and does not take spaces at its edges. */
const embolden = (text: string) =>
  text
    .split('\n')
    .map((row) =>
      row.replace(/^(\s*)(.*?)(\s*)$/, (_, before, core, after) =>
        core ? `${before}**${escapeMarkdown(core)}**${after}` : row,
      ),
    )
    .join('\n');
