import type { ChatInputCommandInteraction } from 'discord.js';
import type { DateWindow } from '../../types.ts';
import { parseDate } from '../dates.ts';
import { stripInvisible } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';

/** The options `since` and `until` of a command, or what is wrong with them. */
export function readWindow(
  interaction: ChatInputCommandInteraction,
  locale: Locale,
): { readonly window: DateWindow } | { readonly fault: string } {
  const { manners, commands } = messages[locale];
  const window: { since?: string; until?: string } = {};
  for (const option of ['since', 'until'] as const) {
    const typed = interaction.options.getString(option);
    if (typed === null) continue;
    const date = parseDate(typed);
    if (date === undefined)
      return { fault: manners.badDate(commands.ask[option].name, stripInvisible(typed).slice(0, 50)) };
    window[option] = date;
  }
  // Dates compare like text; a coarse last date contains the finer first one.
  if (window.since !== undefined && window.until !== undefined) {
    const { since, until } = window;
    if (since.slice(0, until.length) > until) return { fault: manners.badWindow };
  }
  return { window };
}
