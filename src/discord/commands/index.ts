import { ask } from './ask.ts';
import { checkMessage } from './check-message.ts';
import type { MessageCommand, SlashCommand } from './command.ts';
import { forget } from './forget.ts';
import { gaps } from './gaps.ts';
import { reindex } from './reindex.ts';
import { search } from './search.ts';
import { source } from './source.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';

export type { MessageCommand, SlashCommand } from './command.ts';

export const slashCommands: readonly SlashCommand[] = [
  ask,
  source,
  sources,
  search,
  status,
  gaps,
  reindex,
  forget,
];

export const messageCommands: readonly MessageCommand[] = [checkMessage];

/** Every command, as Discord is told about it: what is published is what is dispatched. */
export const commandData = [...slashCommands, ...messageCommands].map(({ data }) => data);
