import { ChannelType, InteractionType, MessageType } from 'discord.js';
import type { Json } from '../json.ts';
import type { Attachment, Channel, Guild, Interaction, Role, SeenMessage, User } from './model.ts';
import { botPermissions } from './permissions.ts';
import type { State } from './state.ts';

/** What Discord writes over the wire for the records of this server. */

export const INTERACTION_TYPES: Record<Interaction['kind'], number> = {
  command: InteractionType.ApplicationCommand,
  autocomplete: InteractionType.ApplicationCommandAutocomplete,
  component: InteractionType.MessageComponent,
  modal: InteractionType.ModalSubmit,
};

const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

export function renderUser(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    global_name: user.bot ? null : user.name,
    discriminator: '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}

export function renderMember(guild: Guild, user: User): Json {
  return {
    user: renderUser(user),
    nick: null,
    avatar: null,
    roles: [...(guild.memberRoles.get(user.id) ?? [])],
    joined_at: JOINED_AT,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

export function renderRole(role: Role, position: number): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

export function renderChannel(state: State, channel: Channel): Json {
  const common = { id: channel.id, last_message_id: null, flags: 0 };
  if (channel.kind === 'dm' || channel.kind === 'private') {
    const group = channel.recipients.length > 2;
    return {
      ...common,
      type: group ? ChannelType.GroupDM : ChannelType.DM,
      recipients: channel.recipients.map(renderUser),
      ...(group && { name: channel.name, icon: null, owner_id: channel.recipients[0]?.id }),
    };
  }
  const inGuild = {
    ...common,
    name: channel.name,
    guild_id: channel.guildId,
    parent_id: channel.parentId ?? null,
  };
  if (channel.kind === 'thread') return { ...inGuild, ...renderThread(state, channel) };
  const botRoleId = state.guilds.get(channel.guildId ?? '')?.botRoleId;
  return {
    ...inGuild,
    type: ChannelType.GuildText,
    position: 0,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites:
      channel.denied === 0n ? [] : [{ id: botRoleId, type: 0, allow: '0', deny: String(channel.denied) }],
  };
}

function renderThread(state: State, channel: Channel): Json {
  return {
    type: ChannelType.PublicThread,
    owner_id: channel.recipients[0]?.id ?? state.bot.id,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: 1440,
      archive_timestamp: JOINED_AT,
      locked: false,
      create_timestamp: JOINED_AT,
    },
    member: { id: channel.id, user_id: state.bot.id, join_timestamp: JOINED_AT, flags: 0 },
  };
}

/** GUILD_CREATE. Without the members intent Discord lists only the bot. */
export function renderGuild(state: State, guild: Guild): Json {
  const visible = guild.channels.filter(
    (channel) => channel.kind === 'text' || botPermissions(state, channel) !== 0n,
  );
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    icon: null,
    splash: null,
    discovery_splash: null,
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    description: null,
    banner: null,
    vanity_url_code: null,
    application_id: null,
    features: [],
    emojis: [],
    stickers: [],
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: guild.memberRoles.size,
    roles: guild.roles.map(renderRole),
    members: [renderMember(guild, state.bot)],
    channels: visible
      .filter((channel) => channel.kind === 'text')
      .map((channel) => renderChannel(state, channel)),
    threads: visible
      .filter((channel) => channel.kind === 'thread')
      .map((channel) => renderChannel(state, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/**
 * A message for the bot's eyes, with the message it replies to (one level). Without the Message Content intent Discord
 * blanks what people wrote, except in direct messages, where the bot is mentioned, and where a person hands the message
 * over by a message command (`handedOver`).
 */
export function renderMessage(state: State, message: SeenMessage, handedOver = false): Json {
  const rendered = renderAlone(state, message, handedOver);
  if (message.replyTo === undefined) return rendered;
  const repliedTo = state.messages.get(message.replyTo);
  return {
    ...rendered,
    message_reference: {
      type: 0,
      message_id: message.replyTo,
      channel_id: message.channelId,
      ...guildOf(message),
    },
    referenced_message: repliedTo && !repliedTo.deleted ? renderAlone(state, repliedTo, false) : null,
  };
}

function renderAlone(state: State, message: SeenMessage, handedOver: boolean): Json {
  const channel = state.channels.get(message.channelId);
  const readable =
    handedOver ||
    channel?.kind === 'dm' ||
    message.author.id === state.bot.id ||
    message.mentionedUsers.includes(state.bot.id);
  const thread = message.threadId === undefined ? undefined : state.channels.get(message.threadId);
  return {
    id: message.id,
    channel_id: message.channelId,
    author: renderUser(message.author),
    content: readable ? message.content : '',
    embeds: readable ? message.embeds : [],
    components: readable ? message.components : [],
    attachments: readable ? message.attachments.map(renderAttachment) : [],
    flags: message.flags,
    type: renderMessageType(message),
    timestamp: renderTime(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : renderTime(message.editedAt),
    mentions: message.mentionedUsers.flatMap((id) => {
      const user = state.users.get(id);
      return user ? [renderUser(user)] : [];
    }),
    mention_roles: [],
    mention_everyone: message.mentionsEveryone,
    pinned: false,
    tts: false,
    ...(message.author.id === state.bot.id && { application_id: state.applicationId }),
    ...renderOrigin(state, message),
    ...(thread && { thread: renderChannel(state, thread) }),
  };
}

/** Of the answer to an interaction. */
function renderOrigin(state: State, message: SeenMessage): Json {
  const interaction = state.interactions.get(message.interactionId ?? '');
  if (!interaction) return {};
  const { id, kind, user, owners } = interaction;
  return {
    webhook_id: state.applicationId,
    interaction_metadata: {
      id,
      type: INTERACTION_TYPES[kind],
      user: renderUser(user),
      authorizing_integration_owners: owners,
    },
  };
}

function renderMessageType(message: SeenMessage): number {
  if (message.interactionId !== undefined) return MessageType.ChatInputCommand;
  return message.replyTo === undefined ? MessageType.Default : MessageType.Reply;
}

function guildOf(message: SeenMessage): Json {
  return message.guildId === undefined ? {} : { guild_id: message.guildId };
}

function renderAttachment(attachment: Attachment): Json {
  const url = `http://127.0.0.1/attachments/${attachment.id}/${attachment.name}`;
  return {
    id: attachment.id,
    filename: attachment.name,
    size: attachment.size,
    content_type: attachment.contentType,
    description: attachment.description,
    url,
    proxy_url: url,
  };
}
