import { type APIApplication, type APIApplicationCommand, type REST, Routes } from 'discord.js';
import { commandData } from './commands/index.ts';

/** Names of commands by what happened to them. */
export interface PublishedChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Publishes the commands in one server or everywhere. Asks Discord what it has and writes nothing when that is the same:
 * publishing is counted, and a needless change makes clients reload.
 */
export async function publishCommands(
  rest: REST,
  target: { readonly applicationId: string; readonly guildId: string | undefined },
): Promise<PublishedChanges> {
  const { applicationId, guildId } = target;
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const published = (await rest.get(route, {
    query: new URLSearchParams({ with_localizations: 'true' }),
  })) as readonly APIApplicationCommand[];
  const wanted = guildId === undefined ? commandData : commandData.map(forOneServer);
  const changes = compareCommands(published, wanted);
  if (changes.added.length + changes.changed.length + changes.removed.length > 0)
    await rest.put(route, { body: wanted });
  return changes;
}

/** The application a token belongs to. */
export async function findApplicationId(rest: REST): Promise<string> {
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  return application.id;
}

/** Commands of a server have no contexts: they are where they are. */
function forOneServer({
  contexts: _contexts,
  integration_types: _types,
  ...data
}: (typeof commandData)[number]) {
  return data;
}

/** Compares what is published with what is wanted; fields that Discord adds by itself do not count. */
export function compareCommands(published: readonly object[], wanted: readonly object[]): PublishedChanges {
  const before = new Map(published.map((command) => [keyOf(command), canonical(command)]));
  const after = new Map(wanted.map((command) => [keyOf(command), canonical(command)]));
  const names = (keys: Iterable<string>, keep: (key: string) => boolean) =>
    [...keys].filter(keep).map((key) => key.slice(key.indexOf(':') + 1));
  return {
    added: names(after.keys(), (key) => !before.has(key)),
    changed: names(after.keys(), (key) => before.has(key) && before.get(key) !== after.get(key)),
    removed: names(before.keys(), (key) => !after.has(key)),
    unchanged: names(after.keys(), (key) => before.get(key) === after.get(key)),
  };
}

const keyOf = (command: object): string => {
  const { type, name } = command as { type?: number; name: string };
  return `${type ?? 1}:${name}`;
};

/** Fields that Discord fills in and nobody sets. */
const FOREIGN = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'name_localized',
  'description_localized',
  'handler',
]);

/** What Discord answers for fields that were not sent. */
const DEFAULTS: Readonly<Record<string, string>> = {
  type: '1',
  description: '""',
  required: 'false',
  autocomplete: 'false',
  nsfw: 'false',
  options: '[]',
  contexts: 'null',
  integration_types: '[0]',
};

/** A command as text that is the same whenever the command means the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([key, field]) => !FOREIGN.has(key) && field !== null && field !== undefined)
    .map(([key, field]) => {
      const unordered = key === 'contexts' || key === 'integration_types';
      return [key, canonical(unordered ? [...(field as number[])].sort() : field)] as const;
    })
    .filter(([key, text]) => text !== DEFAULTS[key] && text !== '{}')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, text]) => `${key}:${text}`).join()}}`;
}
