import { ApplicationCommandOptionType } from 'discord.js';
import { answerInteraction } from '../answer-question.ts';
import { line } from '../compose.ts';
import { escapeMarkdown } from '../markdown.ts';
import { sayPrivately } from '../respond.ts';
import { EVERYWHERE, localize, type SlashCommand, slash, textOption } from './command.ts';
import { readWindow } from './window.ts';

export const ask: SlashCommand = {
  data: {
    ...slash(({ ask }) => ask),
    ...EVERYWHERE,
    options: [
      textOption(({ ask }) => ask.question, { required: true }),
      textOption(({ ask }) => ask.since),
      textOption(({ ask }) => ask.until),
      { type: ApplicationCommandOptionType.Boolean, ...localize(({ ask }) => ask.private) },
    ],
  },
  async execute(interaction, services, locale) {
    const given = readWindow(interaction, locale);
    if ('fault' in given) {
      await sayPrivately(interaction, line(escapeMarkdown(given.fault)));
      return;
    }
    await answerInteraction(interaction, services, {
      question: interaction.options.getString('question', true),
      window: given.window,
      locale,
      visibility: interaction.options.getBoolean('private') === true ? 'private' : 'public',
    });
  },
};
