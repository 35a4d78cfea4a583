import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import { type Label, type Locale, type Messages, messages } from '../messages/index.ts';
import type { Services } from '../services.ts';

/** A slash command: what Discord is told about it, and what it does. */
export interface SlashCommand {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly execute: (
    interaction: ChatInputCommandInteraction,
    services: Services,
    locale: Locale,
  ) => Promise<void>;
  /** Suggestions for its option with autocompletion. */
  readonly complete?: (
    interaction: AutocompleteInteraction,
    services: Services,
    locale: Locale,
  ) => Promise<void>;
}

/** A command in the menu of a message. */
export interface MessageCommand {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  readonly execute: (
    interaction: MessageContextMenuCommandInteraction,
    services: Services,
    locale: Locale,
  ) => Promise<void>;
}

/** Wherever people are: servers, direct messages with the bot, and theirs with each other. */
export const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/** Only where the bot is a member of a server. */
export const SERVERS_ONLY = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

/** Name and description in every language; English is what Discord shows to everybody else. */
export function localize(pick: (commands: Messages['commands']) => Label) {
  const { name, description } = pick(messages.en.commands);
  const german = pick(messages.de.commands);
  return {
    name,
    name_localizations: { de: german.name },
    description,
    description_localizations: { de: german.description },
  };
}

export const slash = (pick: (commands: Messages['commands']) => Label) => ({
  type: ApplicationCommandType.ChatInput as const,
  ...localize(pick),
});

export const textOption = (
  pick: (commands: Messages['commands']) => Label,
  rules: { readonly required?: true; readonly autocomplete?: true; readonly max_length?: number } = {},
) => ({ type: ApplicationCommandOptionType.String as const, ...localize(pick), ...rules });
