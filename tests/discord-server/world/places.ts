import { GatewayIntentBits } from 'discord.js';
import type { Core } from './messages.ts';
import type { Channel, Guild, SeenMessage, User } from './model.ts';
import { renderChannel, renderGuild } from './payloads.ts';
import { BOT_PERMISSIONS, botPermissions, PEOPLE_PERMISSIONS } from './permissions.ts';
import type { State } from './state.ts';

export type GuildSpec = {
  name?: string;
  locale?: string;
  /** Names of text channels; default one, general. */
  channels?: string[];
  botPermissions?: bigint;
  /** False: the bot is only installed by people who are in the guild. */
  botIsMember?: boolean;
};

export function openGuild(core: Core, spec: GuildSpec): Guild {
  const { state } = core;
  const id = state.createId();
  const botRoleId = state.createId();
  const peopleRoleId = state.createId();
  const guild: Guild = {
    id,
    name: spec.name ?? 'Loopback',
    locale: spec.locale ?? 'en-US',
    ownerId: state.createId(),
    botIsMember: spec.botIsMember ?? true,
    botRoleId,
    peopleRoleId,
    // Nothing for everyone: the bot has exactly the permissions it was given.
    roles: [
      { id, name: '@everyone', permissions: 0n },
      { id: botRoleId, name: state.bot.name, permissions: spec.botPermissions ?? BOT_PERMISSIONS },
      { id: peopleRoleId, name: 'people', permissions: PEOPLE_PERMISSIONS },
    ],
    channels: [],
    memberRoles: new Map([[state.bot.id, new Set([botRoleId])]]),
  };
  state.guilds.set(id, guild);
  for (const name of spec.channels ?? ['general']) createTextChannel(state, guild, name);
  for (const user of state.users.values()) join(guild, user);
  if (guild.botIsMember) core.dispatch('GUILD_CREATE', renderGuild(state, guild), toGuild(guild));
  return guild;
}

/** Everybody is in every guild. */
export function join(guild: Guild, user: User): void {
  if (!guild.memberRoles.has(user.id)) guild.memberRoles.set(user.id, new Set([guild.peopleRoleId]));
}

export function openChannel(core: Core, guild: Guild, name: string): Channel {
  const channel = createTextChannel(core.state, guild, name);
  announceChannel(core, 'CHANNEL_CREATE', channel);
  return channel;
}

function createTextChannel(state: State, guild: Guild, name: string): Channel {
  const channel: Channel = {
    id: state.createId(),
    kind: 'text',
    name,
    guildId: guild.id,
    recipients: [],
    denied: 0n,
  };
  state.channels.set(channel.id, channel);
  guild.channels.push(channel);
  return channel;
}

/** The conversation of a user with the bot; always the same one. Discord does not announce it. */
export function openDm(state: State, user: User): Channel {
  for (const channel of state.channels.values()) {
    if (channel.kind === 'dm' && channel.recipients[0] === user) return channel;
  }
  const channel: Channel = {
    id: state.createId(),
    kind: 'dm',
    name: user.name,
    recipients: [user],
    denied: 0n,
  };
  state.channels.set(channel.id, channel);
  return channel;
}

/** A conversation between people, in which the bot is not. */
export function openPrivate(state: State, recipients: User[]): Channel {
  const name = recipients.map((user) => user.name).join(', ');
  const channel: Channel = { id: state.createId(), kind: 'private', name, recipients, denied: 0n };
  state.channels.set(channel.id, channel);
  return channel;
}

/** A thread that starts from a message has its id. */
export function openThread(
  core: Core,
  parent: Channel,
  name: string,
  owner: User,
  message?: SeenMessage,
): Channel {
  const { state } = core;
  const id = message?.id ?? state.createId();
  const guildId = parent.guildId ?? '';
  const thread: Channel = {
    id,
    kind: 'thread',
    name,
    guildId,
    parentId: parent.id,
    recipients: [owner],
    denied: 0n,
  };
  state.channels.set(id, thread);
  state.guilds.get(guildId)?.channels.push(thread);
  if (message) message.threadId = id;
  announceChannel(core, 'THREAD_CREATE', thread);
  return thread;
}

export function announceChannel({ state, dispatch }: Core, event: string, channel: Channel): void {
  const guild = state.guilds.get(channel.guildId ?? '');
  if (!guild || (botPermissions(state, channel) === 0n && event !== 'CHANNEL_UPDATE')) return;
  const created = event === 'THREAD_CREATE' ? { newly_created: true } : {};
  dispatch(event, { ...renderChannel(state, channel), ...created }, toGuild(guild));
}

function toGuild(guild: Guild): { guildId: string; intent: number } {
  return { guildId: guild.id, intent: GatewayIntentBits.Guilds };
}
