import { renderDate, renderMoment } from '../dates.ts';
import { escapeMarkdown } from '../markdown.ts';
import { messages } from '../messages/index.ts';
import { acknowledge, showReply } from '../respond.ts';
import { EVERYWHERE, type SlashCommand, slash } from './command.ts';

export const status: SlashCommand = {
  data: { ...slash(({ status }) => status), ...EVERYWHERE },
  async execute(interaction, { engine }, locale) {
    await acknowledge(interaction, 'private');
    const texts = messages[locale].status;
    const now = engine.status();
    const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
    const languages = Object.entries(now.languages)
      .sort(([, a], [, b]) => b - a)
      .map(([code, articles]) => `${names.of(code) ?? code} ${articles}`);
    await showReply(interaction, {
      sections: [
        [`**${texts.heading}**`],
        [
          texts.articles(now.articles, now.passages),
          ...(languages.length === 0 ? [] : [texts.languages(languages.join(', '))]),
          ...(now.oldest === undefined || now.newest === undefined
            ? []
            : [texts.dates(renderDate(now.oldest, locale), renderDate(now.newest, locale))]),
          texts.leftOut(now.duplicates, now.skipped.length),
        ],
        [
          texts.built(renderMoment(now.builtAt), now.generation),
          texts.embeddings(escapeMarkdown(now.embeddings)),
          now.chatModel === undefined ? texts.quotesOnly : texts.chatModel(escapeMarkdown(now.chatModel)),
        ],
      ],
    });
  },
};
