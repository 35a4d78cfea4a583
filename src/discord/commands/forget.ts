import { line } from '../compose.ts';
import { messages } from '../messages/index.ts';
import { acknowledge, showReply } from '../respond.ts';
import { EVERYWHERE, type SlashCommand, slash } from './command.ts';

export const forget: SlashCommand = {
  data: { ...slash(({ forget }) => forget), ...EVERYWHERE },
  async execute(interaction, { feedback }, locale) {
    await acknowledge(interaction, 'private');
    const entries = (await feedback?.forget(interaction.user.id)) ?? 0;
    await showReply(interaction, line(messages[locale].forget.done(entries)));
  },
};
