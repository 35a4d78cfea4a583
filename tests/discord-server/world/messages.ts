import { type APIEmbed, type APIMessageTopLevelComponent, GatewayIntentBits, MessageFlags } from 'discord.js';
import type { Dispatch } from '../gateway/sessions.ts';
import { asNumber, asRecord, asRecords, asText, isRecord, type Json } from '../json.ts';
import { collectComponents } from '../limits/components.ts';
import { collectEmbedTexts } from '../limits/message.ts';
import type { Upload } from '../rest/request-body.ts';
import { mentionableText, parseMentions, resolvePing } from './mentions.ts';
import type { Attachment, Channel, Interaction, SeenMessage, User } from './model.ts';
import { renderChannel, renderMember, renderMessage } from './payloads.ts';
import { botPermissions } from './permissions.ts';
import type { State } from './state.ts';

/** What the parts of the server share. */
export type Core = { state: State; dispatch: Dispatch };

export type Post = {
  channel: Channel;
  author: User;
  body: Json;
  files?: readonly Upload[];
  ephemeral?: boolean;
  loading?: boolean;
  interaction?: Interaction;
  replyTo?: string;
  /** Replying with the ping switched off. */
  silentReply?: boolean;
};

/** Flags that a sender may set and that stay with the message. */
const LASTING_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export function postMessage(core: Core, post: Post): SeenMessage {
  const { state } = core;
  const { channel, author, body, interaction, replyTo } = post;
  const ephemeral = post.ephemeral === true;
  const message: SeenMessage = {
    id: state.createId(),
    channelId: channel.id,
    ...(channel.guildId !== undefined && { guildId: channel.guildId }),
    author,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: (ephemeral ? MessageFlags.Ephemeral : 0) | (post.loading ? MessageFlags.Loading : 0),
    ephemeral,
    ...(ephemeral && interaction && { visibleTo: interaction.user.id }),
    loading: post.loading === true,
    deleted: false,
    createdAt: state.clock.now(),
    ...(replyTo !== undefined && { replyTo }),
    ...(interaction && { interactionId: interaction.id }),
    mentionedUsers: [],
    mentionsEveryone: false,
    writes: [],
    get text() {
      return readText(message);
    },
  };
  state.messages.set(message.id, message);
  write(state, message, 'create', body, post.files ?? [], post.silentReply === true);
  announce(core, 'MESSAGE_CREATE', message);
  return message;
}

/** Changes what the body names and leaves the rest. The first edit of a "thinking" message is its answer, not an edit. */
export function editMessage(core: Core, message: SeenMessage, body: Json, files: readonly Upload[]): void {
  if (!message.loading) message.editedAt = core.state.clock.now();
  message.loading = false;
  message.flags &= ~MessageFlags.Loading;
  write(core.state, message, 'edit', body, files, false);
  announce(core, 'MESSAGE_UPDATE', message);
}

export function removeMessage({ state, dispatch }: Core, message: SeenMessage): void {
  message.deleted = true;
  const { id, channelId: channel_id, guildId } = message;
  if (!isAnnounced(state, message)) return;
  dispatch(
    'MESSAGE_DELETE',
    { id, channel_id, ...(guildId !== undefined && { guild_id: guildId }) },
    target(message),
  );
}

function write(
  state: State,
  message: SeenMessage,
  kind: 'create' | 'edit',
  body: Json,
  files: readonly Upload[],
  silentReply: boolean,
): void {
  if ('content' in body) message.content = asText(body.content).trim();
  if ('embeds' in body) message.embeds = asRecords(body.embeds) as unknown as APIEmbed[];
  if ('components' in body) message.components = numberComponents(body.components);
  if ('flags' in body)
    message.flags = (message.flags & ~MessageFlags.SuppressEmbeds) | keptFlags(message, body);
  if ('attachments' in body || files.length > 0)
    message.attachments = keepAttachments(state, message, body, files);
  if (message.flags & MessageFlags.SuppressEmbeds && message.embeds.length > 0) {
    state.violate('suppressed-embeds', 'SUPPRESS_EMBEDS hides the embeds of the message itself');
    message.embeds = [];
  }

  const text = mentionableText(message.content, message.components);
  const mentions = parseMentions(text);
  const repliedTo = message.replyTo === undefined ? undefined : state.messages.get(message.replyTo);
  const repliedToUser = silentReply || kind === 'edit' ? undefined : repliedTo?.author.id;
  const ping = resolvePing(message.id, text, body.allowed_mentions, repliedToUser);
  message.mentionsEveryone = ping?.everyone === true;
  message.mentionedUsers = mentions.users.filter((id) => state.users.has(id));
  if (repliedToUser !== undefined && ping?.repliedUser) message.mentionedUsers.push(repliedToUser);

  const at = state.clock.now();
  message.writes.push({ at, kind, body, allowedMentions: body.allowed_mentions, ...(ping && { ping }) });
  if (ping && message.author.id === state.bot.id) state.pings.push(ping);
}

function keptFlags(message: SeenMessage, body: Json): number {
  return (asNumber(body.flags) & LASTING_FLAGS) | (message.flags & MessageFlags.IsComponentsV2);
}

/** Discord gives every component an id, counting from one in reading order, unless it has one. */
function numberComponents(components: unknown): APIMessageTopLevelComponent[] {
  const copy = structuredClone(asRecords(components));
  const all = collectComponents(copy).map(({ component }) => component);
  const taken = new Set(all.map(({ id }) => id));
  let next = 1;
  for (const component of all) {
    if (typeof component.id === 'number') continue;
    while (taken.has(next)) next += 1;
    component.id = next;
    next += 1;
  }
  return copy as unknown as APIMessageTopLevelComponent[];
}

/** Attachments named by their id stay; an id that is the number of an upload describes that upload. */
function keepAttachments(
  state: State,
  message: SeenMessage,
  body: Json,
  files: readonly Upload[],
): Attachment[] {
  const named = asRecords(body.attachments);
  const kept =
    'attachments' in body ? named.map((entry) => String(entry.id)) : message.attachments.map(({ id }) => id);
  const added = files.map((file): Attachment => {
    const description = asText(named.find((entry) => String(entry.id) === String(file.index))?.description);
    return {
      id: state.createId(),
      name: file.name,
      size: file.data.length,
      contentType: file.contentType,
      ...(description !== '' && { description }),
      data: file.data,
    };
  });
  return [...message.attachments.filter((attachment) => kept.includes(attachment.id)), ...added];
}

/** Ephemeral messages, and those in places the bot does not see, are not announced to it. */
function isAnnounced(state: State, message: SeenMessage): boolean {
  const channel = state.channels.get(message.channelId);
  return !message.ephemeral && channel !== undefined && botPermissions(state, channel) !== 0n;
}

function announce({ state, dispatch }: Core, event: string, message: SeenMessage): void {
  const channel = state.channels.get(message.channelId);
  if (!channel || !isAnnounced(state, message)) return;
  const guild = message.guildId === undefined ? undefined : state.guilds.get(message.guildId);
  const member = guild && {
    guild_id: guild.id,
    member: { ...renderMember(guild, message.author), user: undefined },
  };
  const { type: channel_type } = renderChannel(state, channel);
  dispatch(event, { ...renderMessage(state, message), ...member, channel_type }, target(message));
}

function target(message: SeenMessage): { guildId?: string; intent: number } {
  return message.guildId === undefined
    ? { intent: GatewayIntentBits.DirectMessages }
    : { guildId: message.guildId, intent: GatewayIntentBits.GuildMessages };
}

function readText(message: SeenMessage): string {
  const embeds = message.embeds.flatMap((embed) => collectEmbedTexts(embed as unknown as Json));
  const components = collectComponents(message.components).flatMap(({ component }) =>
    readComponent(component),
  );
  return [message.content, ...embeds, ...components].filter((line) => line !== '').join('\n');
}

function readComponent(component: Json): string[] {
  const options = asRecords(component.options).flatMap((option) => [
    asText(option.label),
    asText(option.description),
  ]);
  const emoji = isRecord(component.emoji) ? asText(asRecord(component.emoji).name) : '';
  return [
    asText(component.content),
    [emoji, asText(component.label)].join(' ').trim(),
    asText(component.placeholder),
    ...options,
  ];
}
