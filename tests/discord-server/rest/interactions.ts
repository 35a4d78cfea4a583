import { InteractionResponseType as Callback, MessageFlags } from 'discord.js';
import { asNumber, asRecord, asRecords, type Json } from '../json.ts';
import { checkChoices } from '../limits/commands.ts';
import { ACKNOWLEDGE_WITHIN_MS, TOKEN_LIVES_MS } from '../limits/deadlines.ts';
import { checkMessage, isEmptyMessage } from '../limits/message.ts';
import { checkModal } from '../limits/modal.ts';
import { readModal } from '../people/modals.ts';
import { type Core, editMessage, postMessage, removeMessage } from '../world/messages.ts';
import type { Acknowledgement, Choice, Interaction, SeenMessage } from '../world/model.ts';
import { INTERACTION_TYPES, renderMessage } from '../world/payloads.ts';
import { refuse, refuseInvalid } from './api-error.ts';
import type { ApiRequest, Reply, Route } from './http.ts';
import { applyEdit, partsOf } from './messages.ts';

const USER_INSTALL_FOLLOW_UPS = 5;

const ALLOWED_CALLBACKS: Record<Interaction['kind'], readonly number[]> = {
  command: [Callback.ChannelMessageWithSource, Callback.DeferredChannelMessageWithSource, Callback.Modal],
  autocomplete: [Callback.ApplicationCommandAutocompleteResult],
  component: [
    Callback.ChannelMessageWithSource,
    Callback.DeferredChannelMessageWithSource,
    Callback.DeferredMessageUpdate,
    Callback.UpdateMessage,
    Callback.Modal,
  ],
  modal: [Callback.ChannelMessageWithSource, Callback.DeferredChannelMessageWithSource],
};

/** The callback of an interaction and the webhook its token opens for a quarter of an hour. */
export function createInteractionRoutes(core: Core): Route[] {
  const { state } = core;
  return [
    route('POST', '/interactions/:interaction/:token/callback', acknowledge),
    route('POST', '/webhooks/:application/:token', followUp),
    route('GET', '/webhooks/:application/:token/messages/:message', (request) => {
      return { status: 200, body: renderMessage(state, findMessage(request, findByToken(request))) };
    }),
    route('PATCH', '/webhooks/:application/:token/messages/:message', (request) => {
      const interaction = findByToken(request);
      const message = findMessage(request, interaction);
      applyEdit(core, request, message, asRecord(request.body));
      if (message.id === interaction.originalId) interaction.answered = true;
      return { status: 200, body: renderMessage(state, message) };
    }),
    route('DELETE', '/webhooks/:application/:token/messages/:message', (request) => {
      removeMessage(core, findMessage(request, findByToken(request)));
      return { status: 204 };
    }),
  ];

  function acknowledge(request: ApiRequest): Reply {
    const interaction = state.interactions.get(request.param('interaction'));
    if (!interaction || interaction.token !== request.param('token')) throw refuse('unknownInteraction');
    if (interaction.acknowledgement) throw refuse('alreadyAcknowledged');
    if (request.at - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS) throw refuse('unknownInteraction');
    const body = asRecord(request.body);
    const type = asNumber(body.type);
    if (!findCallbacks(interaction).includes(type)) {
      const message = `Callback type ${type} does not answer a ${interaction.kind} interaction.`;
      refuseInvalid([{ path: ['type'], code: 'INTERACTION_CALLBACK_TYPE', message }]);
    }
    const acknowledgement = respond(interaction, type, asRecord(body.data), request);
    interaction.acknowledgement = acknowledgement;
    interaction.acknowledgedAt = request.at;
    if (request.query.get('with_response') !== 'true') return { status: 204 };
    return { status: 200, body: describeResponse(interaction, type) };
  }

  function findCallbacks(interaction: Interaction): readonly number[] {
    const allowed = ALLOWED_CALLBACKS[interaction.kind];
    // A modal that a component opened may update the message of that component.
    const onMessage = interaction.kind === 'modal' && interaction.sourceMessageId !== undefined;
    return onMessage ? [...allowed, Callback.DeferredMessageUpdate, Callback.UpdateMessage] : allowed;
  }

  function respond(interaction: Interaction, type: number, data: Json, request: ApiRequest): Acknowledgement {
    switch (type) {
      case Callback.ChannelMessageWithSource:
        checkNew(data, request);
        interaction.originalId = reply(interaction, data, request, false).id;
        interaction.answered = true;
        return 'message';
      case Callback.DeferredChannelMessageWithSource:
        noticeIgnoredParts(data, request);
        interaction.originalId = reply(interaction, { flags: data.flags }, request, true).id;
        return 'defer';
      case Callback.UpdateMessage: {
        const message = findSource(interaction);
        applyEdit(core, request, message, data);
        interaction.originalId = message.id;
        interaction.answered = true;
        return 'update';
      }
      case Callback.DeferredMessageUpdate:
        interaction.originalId = findSource(interaction).id;
        return 'defer-update';
      case Callback.Modal:
        refuseInvalid(checkModal(data));
        interaction.modal = readModal(data);
        return 'modal';
      default:
        refuseInvalid(checkChoices(data));
        interaction.choices = asRecords(data.choices) as Choice[];
        return 'choices';
    }
  }

  function reply(interaction: Interaction, body: Json, request: ApiRequest, loading: boolean): SeenMessage {
    interaction.ephemeral = (asNumber(body.flags) & MessageFlags.Ephemeral) !== 0;
    return postMessage(core, {
      channel: interaction.channel,
      author: state.bot,
      body,
      files: request.files,
      ephemeral: interaction.ephemeral,
      loading,
      interaction,
    });
  }

  function followUp(request: ApiRequest): Reply {
    const interaction = findByToken(request);
    const body = asRecord(request.body);
    if (interaction.acknowledgement === 'choices') throw refuse('unknownWebhook');
    const original = state.messages.get(interaction.originalId ?? '');
    if (original?.loading && !original.deleted) return answerDeferred(interaction, original, body, request);
    if (!('0' in interaction.owners) && interaction.followUpIds.length >= USER_INSTALL_FOLLOW_UPS) {
      throw refuse('tooManyFollowUps');
    }
    checkNew(body, request);
    const message = postMessage(core, {
      channel: interaction.channel,
      author: state.bot,
      body,
      files: request.files,
      ephemeral: (asNumber(body.flags) & MessageFlags.Ephemeral) !== 0,
      interaction,
    });
    interaction.followUpIds.push(message.id);
    return { status: 200, body: renderMessage(state, message) };
  }

  /** Discord takes the first follow-up of a deferred answer for its edit, and calls that deprecated. */
  function answerDeferred(
    interaction: Interaction,
    original: SeenMessage,
    body: Json,
    request: ApiRequest,
  ): Reply {
    checkNew(body, request);
    state.violate(
      'follow-up',
      'the first follow-up edits the deferred answer, its ephemeral flag is ignored',
      request,
    );
    editMessage(core, original, body, request.files);
    interaction.answered = true;
    return { status: 200, body: renderMessage(state, original) };
  }

  function checkNew(body: Json, request: ApiRequest): void {
    refuseInvalid(checkMessage(partsOf(body), body.allowed_mentions));
    if (isEmptyMessage(partsOf(body), request.files.length)) throw refuse('emptyMessage');
  }

  function noticeIgnoredParts(data: Json, request: ApiRequest): void {
    const ignored = Object.keys(data).filter((key) => key !== 'flags');
    const flags = asNumber(data.flags) & ~MessageFlags.Ephemeral;
    if (flags !== 0) ignored.push(`flags ${flags}`);
    if (ignored.length === 0) return;
    state.violate(
      'defer',
      `deferring only takes the ephemeral flag, ignored: ${ignored.join(', ')}`,
      request,
    );
  }

  function findSource(interaction: Interaction): SeenMessage {
    const message = state.messages.get(interaction.sourceMessageId ?? '');
    if (!message || message.deleted) throw refuse('unknownMessage');
    return message;
  }

  function findByToken(request: ApiRequest): Interaction {
    const token = request.param('token');
    const interaction = state.interactions.get(token.split('.')[1] ?? '');
    const ours = request.param('application') === state.applicationId && interaction?.token === token;
    if (!interaction?.acknowledgement || !ours) throw refuse('unknownWebhook');
    if (request.at - interaction.createdAt > TOKEN_LIVES_MS) throw refuse('expiredToken');
    return interaction;
  }

  function findMessage(request: ApiRequest, interaction: Interaction): SeenMessage {
    const name = request.param('message');
    const id = name === '@original' ? interaction.originalId : name;
    const known = id === interaction.originalId || interaction.followUpIds.includes(id ?? '');
    const message = known ? state.messages.get(id ?? '') : undefined;
    if (!message || message.deleted) throw refuse('unknownMessage');
    return message;
  }

  function describeResponse(interaction: Interaction, type: number): Json {
    const message = state.messages.get(interaction.originalId ?? '');
    return {
      interaction: {
        id: interaction.id,
        type: INTERACTION_TYPES[interaction.kind],
        ...(message && {
          response_message_id: message.id,
          response_message_loading: message.loading,
          response_message_ephemeral: message.ephemeral,
        }),
      },
      resource: { type, ...(message && { message: renderMessage(state, message) }) },
    };
  }
}

/** The token in the path is the key; Discord asks for no other. */
function route(method: string, pattern: string, handle: Route['handle']): Route {
  return { method, pattern, authorized: false, handle };
}
