import {
  ApplicationCommandType as CommandType,
  ApplicationCommandOptionType as OptionType,
} from 'discord.js';
import { asArray, asRecord, asRecords, asText, type Json } from '../json.ts';
import { countCharacters } from '../limits/lengths.ts';
import type { Core } from '../world/messages.ts';
import type { Channel, Interaction, Role, SeenMessage, User } from '../world/model.ts';
import { renderChannel, renderMember, renderMessage, renderRole, renderUser } from '../world/payloads.ts';
import { userPermissions } from '../world/permissions.ts';
import type { State } from '../world/state.ts';
import { type Actor, contextOf, pushInteraction } from './interactions.ts';

export type OptionValue = string | number | boolean | User | Channel | Role;
export type OptionValues = Record<string, OptionValue>;

/** `name` is the command, with its group and subcommand after spaces. */
export function pushSlash(core: Core, actor: Actor, name: string, values: OptionValues): Interaction {
  const data = buildSlash(core.state, actor, name, values, undefined);
  return pushInteraction(core, actor, { kind: 'command', what: `/${name}`, data });
}

/** One keystroke: `focused` is what stands in the option so far. */
export function pushAutocomplete(
  core: Core,
  actor: Actor,
  name: string,
  focused: { option: string; value: string },
  values: OptionValues,
): Interaction {
  const data = buildSlash(
    core.state,
    actor,
    name,
    { ...values, [focused.option]: focused.value },
    focused.option,
  );
  return pushInteraction(core, actor, { kind: 'autocomplete', what: `/${name} ${focused.option}`, data });
}

export function pushMessageCommand(core: Core, actor: Actor, name: string, target: SeenMessage): Interaction {
  const { state } = core;
  const command = findCommand(state, actor, CommandType.Message, name);
  const resolved = { messages: { [target.id]: renderMessage(state, target, true) } };
  const data = { id: command.id, name, type: CommandType.Message, target_id: target.id, resolved };
  return pushInteraction(core, actor, { kind: 'command', what: name, data });
}

export function pushUserCommand(core: Core, actor: Actor, name: string, target: User): Interaction {
  const command = findCommand(core.state, actor, CommandType.User, name);
  const resolved = resolveValues(core.state, actor, [target]);
  const data = { id: command.id, name, type: CommandType.User, target_id: target.id, resolved };
  return pushInteraction(core, actor, { kind: 'command', what: name, data });
}

/** As published. While nothing is published, anything goes, so that handlers can be tried without registering. */
function findCommand(state: State, actor: Actor, type: number, name: string): Json {
  const published = [
    ...(state.commands.get(actor.channel.guildId ?? '-') ?? []),
    ...(state.commands.get('') ?? []),
  ];
  if (published.length === 0) return { id: state.createId(), untyped: true };
  const command = published.find((candidate) => candidate.name === name && candidate.type === type);
  if (!command) {
    const names = published.filter((candidate) => candidate.type === type).map((candidate) => candidate.name);
    throw new Error(`no command "${name}" of type ${type} is published; there is: ${names.join(', ')}`);
  }
  if (!actor.force) checkAvailable(state, actor, command);
  return command;
}

/** What Discord's client would not offer. */
function checkAvailable(state: State, actor: Actor, command: Json): void {
  const { channel, user } = actor;
  const context = contextOf(channel);
  if (Array.isArray(command.contexts) && !command.contexts.includes(context)) {
    throw new Error(
      `"${command.name}" is not offered in context ${context}, only in ${command.contexts.join(', ')}`,
    );
  }
  if (actor.install === 'user' && !asArray(command.integration_types ?? [0]).includes(1)) {
    throw new Error(
      `"${command.name}" is not offered to people who installed the application for themselves`,
    );
  }
  const needed = BigInt(asText(command.default_member_permissions) || '0');
  const held = actor.permissions ?? userPermissions(state, channel, user);
  if (channel.guildId !== undefined && (held & needed) !== needed) {
    throw new Error(`"${command.name}" is not offered to ${user.name}, who lacks permissions`);
  }
}

function buildSlash(
  state: State,
  actor: Actor,
  path: string,
  values: OptionValues,
  focused: string | undefined,
): Json {
  const [name = '', ...subs] = path.split(' ');
  const command = findCommand(state, actor, CommandType.ChatInput, name);
  let definition = command;
  for (const sub of command.untyped ? [] : subs) {
    const next = asRecords(definition.options).find((option) => option.name === sub);
    if (!next) throw new Error(`/${name} has no subcommand ${sub}`);
    definition = next;
  }
  const definitions = command.untyped ? undefined : asRecords(definition.options);
  if (definitions && focused === undefined) checkComplete(path, definitions, values);
  let options = Object.entries(values).map(([key, value]) =>
    buildOption(path, definitions, key, value, key === focused),
  );
  for (const [depth, sub] of [...subs.entries()].reverse()) {
    const group = depth < subs.length - 1;
    options = [{ name: sub, type: group ? OptionType.SubcommandGroup : OptionType.Subcommand, options }];
  }
  const resolved = resolveValues(state, actor, Object.values(values));
  return { id: command.id, name, type: CommandType.ChatInput, options, ...(resolved && { resolved }) };
}

function checkComplete(path: string, definitions: readonly Json[], values: OptionValues): void {
  const missing = definitions.filter(
    (option) => option.required === true && !(asText(option.name) in values),
  );
  if (missing.length > 0)
    throw new Error(`/${path} needs ${missing.map((option) => option.name).join(', ')}`);
}

function buildOption(
  path: string,
  definitions: readonly Json[] | undefined,
  name: string,
  value: OptionValue,
  focused: boolean,
): Json {
  const definition = definitions?.find((option) => option.name === name);
  if (definitions && !definition) throw new Error(`/${path} has no option ${name}`);
  const type = guessType(value);
  if (definition && !fits(type, definition.type))
    throw new Error(`/${path} ${name} takes type ${definition.type}, got ${type}`);
  if (definition && !focused) checkValue(`/${path} ${name}`, definition, value);
  if (definition && focused && definition.autocomplete !== true)
    throw new Error(`/${path} ${name} has no autocomplete`);
  const plain = typeof value === 'object' ? value.id : value;
  return { name, type: definition?.type ?? type, value: plain, ...(focused && { focused: true }) };
}

function guessType(value: OptionValue): number {
  if (typeof value === 'string') return OptionType.String;
  if (typeof value === 'boolean') return OptionType.Boolean;
  if (typeof value === 'number') return Number.isInteger(value) ? OptionType.Integer : OptionType.Number;
  if ('kind' in value) return OptionType.Channel;
  return 'locale' in value ? OptionType.User : OptionType.Role;
}

function fits(type: number, declared: unknown): boolean {
  return type === declared || (type === OptionType.Integer && declared === OptionType.Number);
}

function checkValue(where: string, definition: Json, value: OptionValue): void {
  const choices = asRecords(definition.choices);
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    throw new Error(
      `${where} has no choice ${value}; there is: ${choices.map((choice) => choice.value).join(', ')}`,
    );
  }
  if (typeof value !== 'string') return;
  const length = countCharacters(value);
  const maximum = typeof definition.max_length === 'number' ? definition.max_length : 6000;
  const minimum = typeof definition.min_length === 'number' ? definition.min_length : 0;
  if (length > maximum || length < minimum) {
    throw new Error(`${where} takes ${minimum} to ${maximum} characters, got ${length}`);
  }
}

function resolveValues(state: State, actor: Actor, values: readonly OptionValue[]): Json | undefined {
  const guild = state.guilds.get(actor.channel.guildId ?? '');
  const resolved: Record<'users' | 'members' | 'channels' | 'roles', Json> = {
    users: {},
    members: {},
    channels: {},
    roles: {},
  };
  for (const value of values) {
    if (typeof value !== 'object') continue;
    if ('kind' in value) resolved.channels[value.id] = { ...renderChannel(state, value), permissions: '0' };
    else if ('locale' in value) {
      resolved.users[value.id] = renderUser(value);
      // The user is in its own list, as Discord sends it.
      if (guild)
        resolved.members[value.id] = {
          ...asRecord(renderMember(guild, value)),
          user: undefined,
          permissions: '0',
        };
    } else resolved.roles[value.id] = renderRole(value, 1);
  }
  const filled = Object.entries(resolved).filter(([, entries]) => Object.keys(entries).length > 0);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}
