import type { BaseInteraction, Message } from 'discord.js';
import type { Visitor } from './admission.ts';

/** Who uses a command, a button or a form, and where. */
export function visitorOf(interaction: BaseInteraction): Visitor {
  const roles = interaction.member?.roles;
  return {
    userId: interaction.user.id,
    guildId: interaction.guildId ?? undefined,
    channelId: interaction.channelId ?? '',
    parentId: parentOf(interaction.channel),
    roleIds: roles === undefined ? [] : Array.isArray(roles) ? roles : [...roles.cache.keys()],
  };
}

/** Who wrote a message, and where. */
export const authorOf = (message: Message): Visitor => ({
  userId: message.author.id,
  guildId: message.guildId ?? undefined,
  channelId: message.channelId,
  parentId: parentOf(message.channel),
  roleIds: [...(message.member?.roles.cache.keys() ?? [])],
});

/**
 * What a conversation may be kept under besides its messages: a thread or direct messages. In a channel everybody
 * talks at once.
 */
export function placeOf(channel: BaseInteraction['channel'] | Message['channel']): string | undefined {
  if (channel === null) return undefined;
  return channel.isThread() || channel.isDMBased() ? channel.id : undefined;
}

const parentOf = (channel: BaseInteraction['channel'] | Message['channel']): string | undefined =>
  channel !== null && 'parentId' in channel ? (channel.parentId ?? undefined) : undefined;
