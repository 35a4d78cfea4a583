import type { ArticleInfo, Fundstelle } from '../../types.ts';
import { withSeat } from '../answer-question.ts';
import { line } from '../compose.ts';
import { selectRow } from '../controls.ts';
import { buildCustomId } from '../custom-id.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown } from '../markdown.ts';
import { messages } from '../messages/index.ts';
import { openArticle } from '../open-article.ts';
import { labelArticle, renderSource } from '../render/source-line.ts';
import { showReply, suggest } from '../respond.ts';
import { EVERYWHERE, type SlashCommand, slash, textOption } from './command.ts';

const SUGGESTED = 10;

export const source: SlashCommand = {
  data: {
    ...slash(({ source }) => source),
    ...EVERYWHERE,
    options: [textOption(({ source }) => source.article, { required: true, autocomplete: true })],
  },
  async complete(interaction, { engine }, locale) {
    const matches = findByTitle(engine.articles(), interaction.options.getFocused());
    await suggest(
      interaction,
      matches.map((article) => ({ name: labelArticle(article, locale), value: article.id })),
    );
  },
  async execute(interaction, services, locale) {
    const typed = interaction.options.getString('article', true).trim();
    const texts = messages[locale].source;
    await withSeat(interaction, services, locale, 'private', async (seat) => {
      await seat.turn();
      const { engine } = services;
      const exact = findExactly(engine, typed);
      if (exact !== undefined) {
        await showReply(interaction, openArticle(engine, exact, locale));
        return;
      }
      const found = await searchArticles(engine, typed);
      const shown = escapeMarkdown(cutText(typed, 100));
      if (found.length === 0) {
        await showReply(interaction, line(texts.notFound(shown)));
        return;
      }
      if (found.length === 1) {
        const opened = openArticle(engine, found[0]!.id, locale);
        await showReply(interaction, {
          ...opened,
          sections: [[texts.onlySimilar(shown)], ...opened.sections],
        });
        return;
      }
      await showReply(interaction, {
        sections: [[texts.similar(shown)], found.map((article) => `- ${renderSource(article, locale)}`)],
        rows: selectRow(
          buildCustomId('open'),
          texts.pick,
          found.map((article) => ({ label: labelArticle(article, locale), value: article.id })),
        ),
      });
    });
  },
};

/** Articles whose title has every word that was typed, case ignored; in the order given. */
function findByTitle(articles: readonly ArticleInfo[], typed: string): readonly ArticleInfo[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return articles.filter((article) => {
    const label = `${article.date ?? ''} ${article.title}`.toLowerCase();
    return words.every((word) => label.includes(word));
  });
}

/** The article a suggestion stands for, or the only one with this title. */
function findExactly(engine: Fundstelle, typed: string): string | undefined {
  if (engine.readArticle(typed) !== undefined) return typed;
  const lower = typed.toLowerCase();
  const titled = engine.articles().filter((article) => article.title.toLowerCase() === lower);
  return titled.length === 1 ? titled[0]!.id : undefined;
}

/** Articles for words that are no title: those with the words in their title, then those that speak of them. */
async function searchArticles(engine: Fundstelle, typed: string): Promise<readonly ArticleInfo[]> {
  const { passages } = await engine.search(typed, { limit: SUGGESTED });
  const all = [...findByTitle(engine.articles(), typed), ...passages.map(({ article }) => article)];
  return [...new Map(all.map((article) => [article.id, article])).values()].slice(0, SUGGESTED);
}
