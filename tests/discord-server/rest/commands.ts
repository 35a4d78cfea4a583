import { asNumber, asRecord, asRecords, type Json } from '../json.ts';
import { checkCommand, checkCommands } from '../limits/commands.ts';
import type { State } from '../world/state.ts';
import { refuse, refuseInvalid } from './api-error.ts';
import type { ApiRequest, Reply, Route } from './http.ts';

const LOCALIZATIONS = ['name_localizations', 'description_localizations'];

/** Publishing of commands: global ones, and the same routes for one guild. */
export function createCommandRoutes(state: State): Route[] {
  const global = '/applications/:application/commands';
  return [global, '/applications/:application/guilds/:guild/commands'].flatMap((base) => [
    route('GET', base, (request) => ({
      status: 200,
      body: published(request).map((command) => present(command, request)),
    })),
    route('PUT', base, replaceAll),
    route('POST', base, create),
    route('GET', `${base}/:command`, (request) => ({ status: 200, body: find(request) })),
    route('PATCH', `${base}/:command`, change),
    route('DELETE', `${base}/:command`, (request) => {
      const removed = find(request);
      save(
        request,
        published(request).filter((command) => command !== removed),
      );
      return { status: 204 };
    }),
  ]);

  function replaceAll(request: ApiRequest): Reply {
    const bodies = asRecords(request.body);
    refuseInvalid(checkCommands(bodies));
    const before = published(request);
    const commands = bodies.map((body) =>
      complete(
        request,
        body,
        before.find((command) => isSame(command, body)),
      ),
    );
    save(request, commands);
    return { status: 200, body: commands };
  }

  /** A command of the same type and name is overwritten. */
  function create(request: ApiRequest): Reply {
    const body = asRecord(request.body);
    const before = published(request);
    const known = before.find((command) => isSame(command, body));
    const command = complete(request, body, known);
    const commands = [...before.filter((other) => other !== known), command];
    refuseInvalid(checkCommand(body));
    refuseInvalid(checkCommands(commands));
    save(request, commands);
    return { status: known ? 200 : 201, body: command };
  }

  function change(request: ApiRequest): Reply {
    const known = find(request);
    const command = { ...known, ...asRecord(request.body), version: state.createId() };
    refuseInvalid(checkCommand(command));
    save(
      request,
      published(request).map((other) => (other === known ? command : other)),
    );
    return { status: 200, body: command };
  }

  function complete(request: ApiRequest, body: Json, known: Json | undefined): Json {
    const guildId = request.param('guild');
    return {
      id: known?.id ?? state.createId(),
      application_id: state.applicationId,
      version: state.createId(),
      default_member_permissions: null,
      type: 1,
      name_localizations: null,
      description: '',
      description_localizations: null,
      nsfw: false,
      // Discord fills these in for global commands: everywhere the application can be.
      ...(guildId === ''
        ? { dm_permission: true, contexts: null, integration_types: [0, 1] }
        : { guild_id: guildId }),
      ...normaliseCommand(body),
    };
  }

  function find(request: ApiRequest): Json {
    const command = published(request).find(({ id }) => id === request.param('command'));
    if (!command) throw refuse('unknownCommand');
    return command;
  }

  function published(request: ApiRequest): Json[] {
    checkPlace(request);
    return state.commands.get(request.param('guild')) ?? [];
  }

  function save(request: ApiRequest, commands: Json[]): void {
    state.commands.set(request.param('guild'), commands);
  }

  function checkPlace(request: ApiRequest): void {
    if (request.param('application') !== state.applicationId) throw refuse('notFound');
    const guildId = request.param('guild');
    if (guildId !== '' && !state.guilds.get(guildId)?.botIsMember) throw refuse('missingAccess');
  }
}

function isSame(command: Json, body: Json): boolean {
  return command.name === body.name && (asNumber(command.type) || 1) === (asNumber(body.type) || 1);
}

/** What Discord stores of a body: nothing that is null or empty, permissions as strings, and in options nothing that is off. */
function normaliseCommand(body: Json): Json {
  const command = dropEmpty(body);
  const permissions = command.default_member_permissions;
  if (permissions !== undefined) command.default_member_permissions = String(permissions);
  if ('options' in command) command.options = asRecords(command.options).map(normaliseOption);
  return command;
}

function normaliseOption(option: Json): Json {
  const kept = Object.entries(dropEmpty(option)).filter(([, value]) => value !== false);
  const nested = kept.map(([key, value]) => [
    key,
    key === 'options' || key === 'choices' ? asRecords(value).map(normaliseOption) : value,
  ]);
  return Object.fromEntries(nested);
}

function dropEmpty(record: Json): Json {
  const isEmpty = (value: unknown) =>
    value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)));
}

/** Lists leave out translations unless they are asked for. */
function present(command: Json, request: ApiRequest): Json {
  if (request.query.get('with_localizations') === 'true') return command;
  return omitLocalizations(command);
}

function omitLocalizations(part: Json): Json {
  const kept = Object.entries(part).filter(([key]) => !LOCALIZATIONS.includes(key));
  const nested = kept.map(([key, value]) => [key, Array.isArray(value) ? value.map(omitNested) : value]);
  return Object.fromEntries(nested);
}

function omitNested(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? omitLocalizations(asRecord(value)) : value;
}

function route(method: string, pattern: string, handle: Route['handle']): Route {
  return { method, pattern, authorized: true, handle };
}
