import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createGateway, type GatewayControl } from './gateway.ts';
import type { Json } from './json.ts';
import { openOpenapi } from './limits/openapi.ts';
import {
  type OptionValues,
  pushAutocomplete,
  pushMessageCommand,
  pushSlash,
  pushUserCommand,
} from './people/commands.ts';
import {
  createHandle,
  createMessageHandle,
  type InteractionHandle,
  type MessageHandle,
} from './people/handles.ts';
import { type Actor, type By, pushClick, pushSelect } from './people/interactions.ts';
import { createCommandRoutes } from './rest/commands.ts';
import { createFailures, type Failure, type RateLimit } from './rest/failures.ts';
import { createHttp } from './rest/http.ts';
import { createInteractionRoutes } from './rest/interactions.ts';
import { createLookupRoutes } from './rest/lookups.ts';
import { createMessageRoutes } from './rest/messages.ts';
import { type Clock, createClock } from './world/clock.ts';
import { type Core, postMessage, removeMessage } from './world/messages.ts';
import type {
  Channel,
  Guild,
  Interaction,
  LoggedRequest,
  Ping,
  Role,
  SeenMessage,
  User,
  Violation,
} from './world/model.ts';
import { renderRole } from './world/payloads.ts';
import {
  announceChannel,
  type GuildSpec,
  join,
  openChannel,
  openDm,
  openGuild,
  openPrivate,
  openThread,
} from './world/places.ts';
import { createState, type State } from './world/state.ts';

export type { GatewayControl, Identify } from './gateway.ts';
export type { InteractionHandle, MessageHandle } from './people/handles.ts';
export type { By } from './people/interactions.ts';
export type { Failure, RateLimit } from './rest/failures.ts';
export type { Clock } from './world/clock.ts';
export { createClock } from './world/clock.ts';
export type * from './world/model.ts';
export type { GuildSpec } from './world/places.ts';

export type DiscordServerOptions = {
  token?: string;
  /** Default [{}]: one guild with one text channel. */
  guilds?: GuildSpec[];
  clock?: Clock;
  /** Discord's OpenAPI description; false skips the layer. Default: the copy beside the checkout, when there is one. */
  openapi?: string | false;
  /** How many requests, messages and interactions are remembered; default all. */
  keep?: number;
  /** Milliseconds. */
  heartbeatInterval?: number;
};

export type UserSpec = { name?: string; locale?: string; bot?: boolean; acceptsDms?: boolean };

/** A Discord of one bot on this machine: people act through it, and it keeps what the bot did. */
export type DiscordServer = {
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  /** For discord.js's `rest.api`. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly guilds: readonly Guild[];
  /** The first guild. */
  readonly guild: Guild;
  /** The person who acts unless another is named. */
  readonly user: User;
  readonly gateway: GatewayControl;

  addUser(spec?: UserSpec): User;
  addGuild(spec?: GuildSpec): Guild;
  addRole(guild: Guild, spec: { name: string; permissions?: bigint }): Role;
  giveRole(guild: Guild, user: User, role: Role): void;
  addChannel(guild: Guild, name: string): Channel;
  dm(user: User): Channel;
  privateChannel(users: User[]): Channel;
  startThread(channel: Channel, name: string): Channel;
  deny(channel: Channel, permissions: bigint): void;
  allow(channel: Channel, permissions: bigint): void;

  slash(name: string, options?: OptionValues, by?: By): InteractionHandle;
  autocomplete(
    name: string,
    focused: { option: string; value: string },
    options?: OptionValues,
    by?: By,
  ): InteractionHandle;
  messageCommand(name: string, target: SeenMessage, by?: By): InteractionHandle;
  userCommand(name: string, target: User, by?: By): InteractionHandle;
  click(message: SeenMessage, customIdOrLabel: string, by?: By): InteractionHandle;
  select(
    message: SeenMessage,
    values: string | readonly string[],
    by?: By & { customId?: string },
  ): InteractionHandle;
  say(content: string, options?: By & { replyTo?: SeenMessage; ping?: boolean }): MessageHandle;
  deleteMessage(message: SeenMessage): void;

  readonly messages: readonly SeenMessage[];
  readonly botMessages: readonly SeenMessage[];
  readonly interactions: readonly InteractionHandle[];
  readonly requests: readonly LoggedRequest[];
  /** What a correct bot never causes. */
  readonly violations: readonly Violation[];
  /** Every write of the bot that would notify somebody. */
  readonly pings: readonly Ping[];
  readonly typing: readonly { at: number; channelId: string }[];
  /** As published: of a guild, or the global ones. */
  commands(guildId?: string): readonly Json[];
  until: State['until'];

  fail(failure: Failure): void;
  rateLimit(rule: RateLimit): void;
  close(): Promise<void>;
};

const DESCRIPTION = fileURLToPath(new URL('../../../shared/discord/openapi.json', import.meta.url));

export async function startDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const { token = 'loopback-token', heartbeatInterval = 41_250, keep = Number.POSITIVE_INFINITY } = options;
  const state = createState({ clock: options.clock ?? createClock(), keep });
  let port = 0;
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const gateway = createGateway(state, { token, heartbeatInterval, url: gatewayUrl });
  const core: Core = { state, dispatch: gateway.dispatch };
  const failures = createFailures();
  const http = createHttp(state, {
    token,
    failures,
    checkBody: openOpenapi(options.openapi ?? DESCRIPTION),
    routes: [
      ...createLookupRoutes(state, gatewayUrl),
      ...createCommandRoutes(state),
      ...createInteractionRoutes(core),
      ...createMessageRoutes(core),
    ],
  });
  gateway.attach(http);

  const user = createUser({ name: 'Ada' });
  for (const spec of options.guilds ?? [{}]) openGuild(core, spec);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  port = (http.address() as AddressInfo).port;

  function createUser({
    name = 'Somebody',
    locale = 'en-US',
    bot = false,
    acceptsDms = true,
  }: UserSpec = {}): User {
    const created: User = { id: state.createId(), name, locale, bot, acceptsDms };
    state.users.set(created.id, created);
    for (const guild of state.guilds.values()) join(guild, created);
    return created;
  }

  function resolveActor({ guild, ...by }: By): Actor {
    const home = guild ?? state.guilds.values().next().value;
    const channel = by.channel ?? home?.channels[0];
    if (!channel) throw new Error('no channel to act in: name one, or start the server with a guild');
    return { ...by, user: by.user ?? user, channel };
  }

  /** Whoever uses a message is where it is; an ephemeral one is used by the only person who sees it. */
  function resolveReader(message: SeenMessage, by: By): Actor {
    const reader =
      by.user ?? (message.visibleTo === undefined ? undefined : state.users.get(message.visibleTo));
    const channel = state.channels.get(message.channelId);
    return resolveActor({ ...by, ...(reader && { user: reader }), ...(channel && { channel }) });
  }

  const actors = new WeakMap<Interaction, InteractionHandle>();

  function handleOf(actor: Actor, interaction: Interaction): InteractionHandle {
    const known = actors.get(interaction) ?? createHandle(core, actor, interaction);
    actors.set(interaction, known);
    return known;
  }

  function changeDenied(channel: Channel, denied: bigint): void {
    channel.denied = denied;
    announceChannel(core, 'CHANNEL_UPDATE', channel);
  }

  return {
    token,
    applicationId: state.applicationId,
    botId: state.bot.id,
    apiUrl: `http://127.0.0.1:${port}/api`,
    clock: state.clock,
    user,
    gateway: gateway.control,
    get guilds() {
      return [...state.guilds.values()];
    },
    get guild() {
      const [first] = state.guilds.values();
      if (!first) throw new Error('the server was started without a guild');
      return first;
    },

    addUser: createUser,
    addGuild: (spec = {}) => openGuild(core, spec),
    addRole(guild, { name, permissions = 0n }) {
      const role = { id: state.createId(), name, permissions };
      guild.roles.push(role);
      const data = { guild_id: guild.id, role: renderRole(role, guild.roles.length) };
      gateway.dispatch('GUILD_ROLE_CREATE', data, { guildId: guild.id, intent: 1 });
      return role;
    },
    giveRole(guild, member, role) {
      guild.memberRoles.get(member.id)?.add(role.id);
    },
    addChannel: (guild, name) => openChannel(core, guild, name),
    dm: (person) => openDm(state, person),
    privateChannel: (people) => openPrivate(state, people),
    startThread: (channel, name) => openThread(core, channel, name, user),
    deny: (channel, permissions) => changeDenied(channel, channel.denied | permissions),
    allow: (channel, permissions) => changeDenied(channel, channel.denied & ~permissions),

    slash(name, values = {}, by = {}) {
      const actor = resolveActor(by);
      return handleOf(actor, pushSlash(core, actor, name, values));
    },
    autocomplete(name, focused, values = {}, by = {}) {
      const actor = resolveActor(by);
      return handleOf(actor, pushAutocomplete(core, actor, name, focused, values));
    },
    messageCommand(name, target, by = {}) {
      const actor = resolveReader(target, by);
      return handleOf(actor, pushMessageCommand(core, actor, name, target));
    },
    userCommand(name, target, by = {}) {
      const actor = resolveActor(by);
      return handleOf(actor, pushUserCommand(core, actor, name, target));
    },
    click(message, name, by = {}) {
      const actor = resolveReader(message, by);
      return handleOf(actor, pushClick(core, actor, message, name));
    },
    select(message, values, by = {}) {
      const actor = resolveReader(message, by);
      const names = typeof values === 'string' ? [values] : values;
      return handleOf(actor, pushSelect(core, actor, message, names));
    },
    say(content, { replyTo, ping = true, ...by } = {}) {
      const actor = replyTo ? resolveReader(replyTo, by) : resolveActor(by);
      const message = postMessage(core, {
        channel: actor.channel,
        author: actor.user,
        body: { content },
        ...(replyTo && { replyTo: replyTo.id, silentReply: !ping }),
      });
      return createMessageHandle(core, message);
    },
    deleteMessage: (message) => removeMessage(core, message),

    get messages() {
      return [...state.messages.values()];
    },
    get botMessages() {
      return [...state.messages.values()].filter((message) => message.author.id === state.bot.id);
    },
    get interactions() {
      return [...state.interactions.values()].map((interaction) => handleOf(interaction, interaction));
    },
    requests: state.requests.entries,
    violations: state.violations.entries,
    pings: state.pings.entries,
    typing: state.typing.entries,
    commands: (guildId = '') => state.commands.get(guildId) ?? [],
    until: state.until,

    fail: failures.add,
    rateLimit: failures.addRateLimit,
    close() {
      gateway.close();
      return new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}
