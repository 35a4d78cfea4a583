import { randomUUID } from 'node:crypto';
import { ComponentType, InteractionContextType as Context } from 'discord.js';
import { asNumber, asRecords, asText, type Json } from '../json.ts';
import { collectComponents } from '../limits/components.ts';
import type { Core } from '../world/messages.ts';
import type { Channel, Guild, Interaction, SeenMessage, SeenModal, User } from '../world/model.ts';
import {
  INTERACTION_TYPES,
  renderChannel,
  renderMember,
  renderMessage,
  renderUser,
} from '../world/payloads.ts';
import { botPermissions, userPermissions } from '../world/permissions.ts';
import type { State } from '../world/state.ts';
import { fillModal } from './modals.ts';

/** Who acts, where, and how the application is installed there. */
export type By = {
  user?: User;
  guild?: Guild;
  channel?: Channel;
  locale?: string;
  install?: 'guild' | 'user' | 'both';
  /** Permissions of the member, instead of those of the roles. */
  permissions?: bigint;
  /** Skips what Discord's client would prevent: wrong context, missing permission. */
  force?: boolean;
};

export type Actor = Omit<By, 'guild'> & { user: User; channel: Channel };

type Push = {
  kind: Interaction['kind'];
  what: string;
  data: Json;
  source?: SeenMessage;
};

/** INTERACTION_CREATE; the three seconds run from here, whether or not the bot is connected. */
export function pushInteraction({ state, dispatch }: Core, actor: Actor, push: Push): Interaction {
  const { user, channel } = actor;
  const id = state.createId();
  const guild = channel.guildId === undefined ? undefined : state.guilds.get(channel.guildId);
  const owners = nameOwners(actor, guild);
  const interaction: Interaction = {
    id,
    token: `loopback.${id}.${randomUUID()}`,
    kind: push.kind,
    what: push.what,
    user,
    channel,
    createdAt: state.clock.now(),
    owners,
    ...(push.source && { sourceMessageId: push.source.id }),
    answered: false,
    followUpIds: [],
  };
  state.interactions.set(id, interaction);
  dispatch(
    'INTERACTION_CREATE',
    {
      id,
      application_id: state.applicationId,
      type: INTERACTION_TYPES[push.kind],
      token: interaction.token,
      version: 1,
      data: push.data,
      ...describePlace(state, actor, guild),
      ...(push.source && { message: renderMessage(state, push.source, true) }),
      locale: actor.locale ?? user.locale,
      app_permissions: String(botPermissions(state, channel)),
      authorizing_integration_owners: owners,
      entitlements: [],
      attachment_size_limit: 10_485_760,
    },
    guild?.botIsMember ? { guildId: guild.id } : {},
  );
  return interaction;
}

function describePlace(state: State, actor: Actor, guild: Guild | undefined): Json {
  const { user, channel } = actor;
  const permissions = String(actor.permissions ?? userPermissions(state, channel, user));
  const place = {
    channel_id: channel.id,
    channel: { ...renderChannel(state, channel), permissions },
    context: contextOf(channel),
  };
  if (!guild) return { ...place, user: renderUser(user) };
  return {
    ...place,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: { ...renderMember(guild, user), permissions },
  };
}

export function contextOf(channel: Channel): number {
  if (channel.kind === 'dm') return Context.BotDM;
  return channel.kind === 'private' ? Context.PrivateChannel : Context.Guild;
}

/** Installed on the guild (its id, '0' in the bot's direct messages), by the user, or both. */
function nameOwners(actor: Actor, guild: Guild | undefined): Record<string, string> {
  const usual = actor.channel.kind === 'private' || guild?.botIsMember === false ? 'user' : 'guild';
  const install = actor.install ?? usual;
  return {
    ...(install !== 'user' && { 0: guild?.id ?? '0' }),
    ...(install !== 'guild' && { 1: actor.user.id }),
  };
}

/** Throws when the person could not do it: nothing there, disabled, a link, or not visible to them. */
export function pushClick(core: Core, actor: Actor, message: SeenMessage, name: string): Interaction {
  const buttons = findUsable(message, actor.user, [ComponentType.Button]);
  const button =
    buttons.find((component) => component.custom_id === name) ?? buttons.find(({ label }) => label === name);
  if (!button)
    throw new Error(`no button ${name} to press; there is: ${buttons.map(describe).join(', ') || 'none'}`);
  if (button.disabled === true) throw new Error(`the button ${name} is disabled`);
  if (asText(button.custom_id) === '')
    throw new Error(`the button ${name} is a link, which the bot does not notice`);
  const data = { component_type: ComponentType.Button, custom_id: button.custom_id, id: button.id };
  return pushInteraction(core, actor, {
    kind: 'component',
    what: `button ${describe(button)}`,
    data,
    source: message,
  });
}

/** Options by value or label; `customId` says which menu when there are several. */
export function pushSelect(
  core: Core,
  actor: Actor & { customId?: string },
  message: SeenMessage,
  names: readonly string[],
): Interaction {
  const menus = findUsable(message, actor.user, [ComponentType.StringSelect]).filter(
    (menu) => actor.customId === undefined || menu.custom_id === actor.customId,
  );
  const menu = menus[0];
  if (!menu || menus.length > 1)
    throw new Error(`${menus.length} select menus to choose from, customId: ${actor.customId}`);
  if (menu.disabled === true) throw new Error(`the menu ${describe(menu)} is disabled`);
  const options = asRecords(menu.options);
  const values = names.map((name) => {
    const option = options.find(({ value }) => value === name) ?? options.find(({ label }) => label === name);
    if (option) return option.value;
    throw new Error(`no option ${name}; there is: ${options.map(({ label }) => label).join(', ')}`);
  });
  const minimum = typeof menu.min_values === 'number' ? menu.min_values : 1;
  const maximum = typeof menu.max_values === 'number' ? menu.max_values : 1;
  if (values.length < minimum || values.length > maximum) {
    throw new Error(`the menu takes ${minimum} to ${maximum} options, got ${values.length}`);
  }
  const data = { component_type: ComponentType.StringSelect, custom_id: menu.custom_id, id: menu.id, values };
  return pushInteraction(core, actor, {
    kind: 'component',
    what: `menu ${describe(menu)}`,
    data,
    source: message,
  });
}

export function pushModal(
  core: Core,
  actor: Actor,
  modal: SeenModal,
  values: Record<string, string | string[]>,
  source: SeenMessage | undefined,
): Interaction {
  const data = { custom_id: modal.customId, components: fillModal(modal, values) };
  return pushInteraction(core, actor, {
    kind: 'modal',
    what: `modal "${modal.title}"`,
    data,
    ...(source && { source }),
  });
}

function findUsable(message: SeenMessage, user: User, types: readonly number[]): Json[] {
  if (message.deleted) throw new Error('the message is deleted');
  if (message.visibleTo !== undefined && message.visibleTo !== user.id)
    throw new Error(`${user.name} does not see this message`);
  return collectComponents(message.components)
    .map(({ component }) => component)
    .filter(({ type }) => types.includes(asNumber(type)));
}

function describe(component: Json): string {
  return `"${asText(component.label) || asText(component.placeholder)}" (${asText(component.custom_id)})`;
}
