import { PermissionFlagsBits as Permission } from 'discord.js';
import type { Channel, Guild, User } from './model.ts';
import type { State } from './state.ts';

export const BOT_PERMISSIONS =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.SendMessagesInThreads |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.CreatePublicThreads;

export const PEOPLE_PERMISSIONS =
  BOT_PERMISSIONS | Permission.UseApplicationCommands | Permission.AddReactions;

/** In a conversation without a guild, everything a participant may do. */
const CONVERSATION_PERMISSIONS = BOT_PERMISSIONS | Permission.AddReactions | Permission.MentionEveryone;

const EVERYTHING = Object.values(Permission).reduce((all, one) => all | one, 0n);

export function memberPermissions(guild: Guild, user: User): bigint {
  if (guild.ownerId === user.id) return EVERYTHING;
  const held = guild.memberRoles.get(user.id);
  const permissions = guild.roles
    .filter((role) => role.id === guild.id || held?.has(role.id))
    .reduce((all, role) => all | role.permissions, 0n);
  return permissions & Permission.Administrator ? EVERYTHING : permissions;
}

/** What the bot may do in a channel; nothing at all where it is not a member. Threads follow their parent. */
export function botPermissions(state: State, channel: Channel): bigint {
  if (channel.kind === 'dm') return CONVERSATION_PERMISSIONS;
  const guild = channel.guildId === undefined ? undefined : state.guilds.get(channel.guildId);
  if (!guild?.botIsMember) return 0n;
  const permissions = memberPermissions(guild, state.bot);
  if (permissions === EVERYTHING) return permissions;
  const parent = channel.parentId === undefined ? undefined : state.channels.get(channel.parentId);
  const allowed = permissions & ~channel.denied & ~(parent?.denied ?? 0n);
  return allowed & Permission.ViewChannel ? allowed : 0n;
}

/** Permissions a person shows in an interaction; in a guild those of the roles. */
export function userPermissions(state: State, channel: Channel, user: User): bigint {
  const guild = channel.guildId === undefined ? undefined : state.guilds.get(channel.guildId);
  return guild ? memberPermissions(guild, user) : CONVERSATION_PERMISSIONS;
}
