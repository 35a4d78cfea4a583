import { MessageFlags, PermissionFlagsBits as Permission } from 'discord.js';
import { asArray, asNumber, asRecord, asText, type Json } from '../json.ts';
import { checkMessage, isEmptyMessage, type MessageBody } from '../limits/message.ts';
import { type Core, editMessage, postMessage, removeMessage } from '../world/messages.ts';
import type { Channel, SeenMessage } from '../world/model.ts';
import { renderChannel, renderMessage } from '../world/payloads.ts';
import { botPermissions } from '../world/permissions.ts';
import { openDm, openThread } from '../world/places.ts';
import { refuse, refuseInvalid } from './api-error.ts';
import type { ApiRequest, Reply, Route } from './http.ts';

export function createMessageRoutes(core: Core): Route[] {
  const { state } = core;
  return [
    route('POST', '/channels/:channel/messages', post),
    route('GET', '/channels/:channel/messages', list),
    route('GET', '/channels/:channel/messages/:message', (request) => {
      const message = findMessage(request, Permission.ReadMessageHistory);
      return { status: 200, body: renderMessage(state, message) };
    }),
    route('PATCH', '/channels/:channel/messages/:message', edit),
    route('DELETE', '/channels/:channel/messages/:message', remove),
    route('POST', '/channels/:channel/typing', (request) => {
      const channel = findChannel(request, 0n);
      needSend(channel);
      state.typing.push({ at: request.at, channelId: channel.id });
      return { status: 204 };
    }),
    route('POST', '/channels/:channel/messages/:message/threads', (request) => {
      const message = findMessage(request, Permission.CreatePublicThreads);
      if (message.threadId !== undefined) throw refuse('threadExists');
      const parent = findChannel(request, Permission.CreatePublicThreads);
      // Discord gives the thread the id of the message it starts from.
      return createThread(parent, asRecord(request.body), message);
    }),
    route('POST', '/channels/:channel/threads', (request) =>
      createThread(findChannel(request, Permission.CreatePublicThreads), asRecord(request.body)),
    ),
    route('PUT', '/channels/:channel/thread-members/@me', (request) => {
      findChannel(request, 0n);
      return { status: 204 };
    }),
    route('GET', '/channels/:channel', (request) => {
      return { status: 200, body: renderChannel(state, findChannel(request, 0n)) };
    }),
    route('POST', '/users/@me/channels', (request) => {
      const user = state.users.get(asText(asRecord(request.body).recipient_id));
      if (!user) throw refuse('unknownUser');
      return { status: 200, body: renderChannel(state, openDm(state, user)) };
    }),
  ];

  function post(request: ApiRequest): Reply {
    const channel = findChannel(request, 0n);
    const body = asRecord(request.body);
    needSend(channel);
    if (channel.kind === 'dm' && channel.recipients.some((user) => !user.acceptsDms))
      throw refuse('closedDirectMessages');
    needForParts(channel, body, request.files.length);
    const reference = asRecord(body.message_reference);
    const repliedTo = 'message_id' in reference ? findReplied(channel, reference) : undefined;
    refuseInvalid(checkMessage(partsOf(body), body.allowed_mentions));
    if (isEmptyMessage(partsOf(body), request.files.length)) throw refuse('emptyMessage');
    if (asNumber(body.flags) & MessageFlags.Ephemeral) {
      state.violate(
        'ephemeral',
        'only answers to interactions can be ephemeral; people saw this message',
        request,
      );
    }
    const sent =
      findSent(channel, body) ??
      postMessage(core, {
        channel,
        author: state.bot,
        body,
        files: request.files,
        ...(repliedTo && { replyTo: repliedTo.id }),
      });
    return { status: 200, body: renderMessage(state, sent) };
  }

  /** With `enforce_nonce` a repeated request gets the message of the first one. */
  function findSent(channel: Channel, body: Json): SeenMessage | undefined {
    if (body.enforce_nonce !== true) return undefined;
    return [...state.messages.values()].find(
      (message) =>
        message.channelId === channel.id &&
        message.author.id === state.bot.id &&
        asRecord(message.writes[0]?.body).nonce === body.nonce,
    );
  }

  function findReplied(channel: Channel, reference: Json): SeenMessage | undefined {
    if (!(botPermissions(state, channel) & Permission.ReadMessageHistory))
      throw refuse('replyWithoutHistory');
    const message = state.messages.get(asText(reference.message_id));
    if (message && !message.deleted && !message.ephemeral && message.channelId === channel.id) return message;
    if (reference.fail_if_not_exists === false) return undefined;
    refuseInvalid([
      { path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
    return undefined;
  }

  function list(request: ApiRequest): Reply {
    const channel = findChannel(request, 0n);
    if (!(botPermissions(state, channel) & Permission.ReadMessageHistory)) return { status: 200, body: [] };
    const limit = Number(request.query.get('limit') ?? 50);
    const before = BigInt(request.query.get('before') ?? '18446744073709551615');
    const after = BigInt(request.query.get('after') ?? 0);
    const messages = [...state.messages.values()]
      .filter((message) => message.channelId === channel.id && !message.deleted && !message.ephemeral)
      .filter(({ id }) => BigInt(id) < before && BigInt(id) > after)
      .reverse();
    return { status: 200, body: messages.slice(0, limit).map((message) => renderMessage(state, message)) };
  }

  function edit(request: ApiRequest): Reply {
    const message = findMessage(request, 0n);
    const channel = findChannel(request, 0n);
    if (message.author.id !== state.bot.id) throw refuse('foreignMessage');
    const body = asRecord(request.body);
    needForParts(channel, body, request.files.length);
    applyEdit(core, request, message, body);
    return { status: 200, body: renderMessage(state, message) };
  }

  function remove(request: ApiRequest): Reply {
    const message = findMessage(request, 0n);
    const foreign = message.author.id !== state.bot.id;
    if (foreign && !(botPermissions(state, findChannel(request, 0n)) & Permission.ManageMessages)) {
      throw refuse('missingPermissions');
    }
    removeMessage(core, message);
    return { status: 204 };
  }

  function createThread(parent: Channel, body: Json, message?: SeenMessage): Reply {
    const thread = openThread(core, parent, asText(body.name), state.bot, message);
    return { status: 201, body: renderChannel(state, thread) };
  }

  function findChannel(request: ApiRequest, needed: bigint): Channel {
    const channel = state.channels.get(request.param('channel'));
    if (!channel) throw refuse('unknownChannel');
    const permissions = botPermissions(state, channel);
    if (permissions === 0n) throw refuse('missingAccess');
    if ((permissions & needed) !== needed) throw refuse('missingPermissions');
    return channel;
  }

  /** Ephemeral messages do not exist for the routes of channels. */
  function findMessage(request: ApiRequest, needed: bigint): SeenMessage {
    const channel = findChannel(request, needed);
    const message = state.messages.get(request.param('message'));
    if (!message || message.deleted || message.ephemeral || message.channelId !== channel.id)
      throw refuse('unknownMessage');
    return message;
  }

  function needSend(channel: Channel): void {
    const needed = channel.kind === 'thread' ? Permission.SendMessagesInThreads : Permission.SendMessages;
    if (!(botPermissions(state, channel) & needed)) throw refuse('missingPermissions');
  }

  function needForParts(channel: Channel, body: Json, files: number): void {
    const permissions = botPermissions(state, channel);
    const lacksEmbeds = asArray(body.embeds).length > 0 && !(permissions & Permission.EmbedLinks);
    const lacksFiles = files > 0 && !(permissions & Permission.AttachFiles);
    if (lacksEmbeds || lacksFiles) throw refuse('missingPermissions');
  }
}

/** Checks the message as the edit would leave it, then changes it. */
export function applyEdit(core: Core, request: ApiRequest, message: SeenMessage, body: Json): void {
  const flags = asNumber(body.flags);
  const parts = { ...partsOf(message), ...partsOf(body), flags: message.flags | flags };
  refuseInvalid(checkMessage(parts, body.allowed_mentions));
  const attachments = 'attachments' in body ? asArray(body.attachments).length : message.attachments.length;
  if (isEmptyMessage(parts, request.files.length + attachments)) throw refuse('emptyMessage');
  if (flags & MessageFlags.Ephemeral && !message.ephemeral) {
    core.state.violate(
      'ephemeral',
      'an edit cannot make a message ephemeral; people saw this message',
      request,
    );
  }
  editMessage(core, message, body, request.files);
}

/** Only the parts that are present, so that they can be laid over others. */
export function partsOf(source: { [Part in keyof MessageBody]?: unknown }): MessageBody {
  return {
    ...('content' in source && { content: source.content }),
    ...('embeds' in source && { embeds: source.embeds }),
    ...('components' in source && { components: source.components }),
    flags: asNumber(source.flags),
  };
}

function route(method: string, pattern: string, handle: Route['handle']): Route {
  return { method, pattern, authorized: true, handle };
}
