import { line } from '../compose.ts';
import { listArticles } from '../list-articles.ts';
import { escapeMarkdown } from '../markdown.ts';
import { acknowledge, sayPrivately, showReply } from '../respond.ts';
import { EVERYWHERE, type SlashCommand, slash, textOption } from './command.ts';
import { readWindow } from './window.ts';

/** As much of a name as the custom id of a button has room for. */
const MAX_OUTLET = 50;

export const sources: SlashCommand = {
  data: {
    ...slash(({ sources }) => sources),
    ...EVERYWHERE,
    options: [
      textOption(({ sources }) => sources.outlet, { max_length: MAX_OUTLET }),
      textOption(({ sources }) => sources.since),
      textOption(({ sources }) => sources.until),
    ],
  },
  async execute(interaction, { engine }, locale) {
    const given = readWindow(interaction, locale);
    if ('fault' in given) {
      await sayPrivately(interaction, line(escapeMarkdown(given.fault)));
      return;
    }
    await acknowledge(interaction, 'private');
    const outlet = interaction.options.getString('outlet')?.trim().slice(0, MAX_OUTLET);
    await showReply(
      interaction,
      listArticles(engine, { ...given.window, ...(outlet && { outlet }) }, 0, locale),
    );
  },
};
