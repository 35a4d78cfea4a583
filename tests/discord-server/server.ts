import type { AddressInfo } from 'node:net';
import type { DiscordServer, DiscordServerOptions, UserSpec } from './api.ts';
import { createGateway } from './gateway/gateway.ts';
import { countCharacters } from './limits/lengths.ts';
import { openOpenapi } from './limits/openapi.ts';
import { pushAutocomplete, pushMessageCommand, pushSlash, pushUserCommand } from './people/commands.ts';
import { createMessageHandle, openHandle } from './people/handles.ts';
import { type Actor, type By, pushClick, pushSelect } from './people/interactions.ts';
import { createCommandRoutes } from './rest/commands.ts';
import { createFailures } from './rest/failures.ts';
import { createHttp } from './rest/http.ts';
import { createInteractionRoutes } from './rest/interactions.ts';
import { createLookupRoutes } from './rest/lookups.ts';
import { createMessageRoutes } from './rest/messages.ts';
import { createClock } from './world/clock.ts';
import { type Core, postMessage, removeMessage } from './world/messages.ts';
import type { Channel, Role, SeenMessage, User } from './world/model.ts';
import { renderRole } from './world/payloads.ts';
import {
  announceChannel,
  join,
  openChannel,
  openDm,
  openGuild,
  openPrivate,
  openThread,
} from './world/places.ts';
import { createState } from './world/state.ts';

export type { DiscordServer, DiscordServerOptions, UserSpec } from './api.ts';
export type { GatewayControl, Identify } from './gateway/gateway.ts';
export type { InteractionHandle, MessageHandle } from './people/handles.ts';
export type { By } from './people/interactions.ts';
export type { Failure, RateLimit } from './rest/failures.ts';
export { type Clock, createClock } from './world/clock.ts';
export type * from './world/model.ts';
export type { GuildSpec } from './world/places.ts';

/** With a subscription; 2,000 without. */
const LONGEST_MESSAGE = 4000;

/** Listens on 127.0.0.1, on a free port. */
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
    checkBody: openOpenapi(options.openapi),
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
    get channel() {
      return resolveActor({}).channel;
    },

    addUser: createUser,
    addGuild: (spec = {}) => openGuild(core, spec),
    addRole(guild, { name, permissions = 0n }) {
      const role: Role = { id: state.createId(), name, permissions };
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
      return openHandle(core, actor, pushSlash(core, actor, name, values));
    },
    autocomplete(name, focused, values = {}, by = {}) {
      const actor = resolveActor(by);
      return openHandle(core, actor, pushAutocomplete(core, actor, name, focused, values));
    },
    messageCommand(name, target, by = {}) {
      const actor = resolveReader(target, by);
      return openHandle(core, actor, pushMessageCommand(core, actor, name, target));
    },
    userCommand(name, target, by = {}) {
      const actor = resolveActor(by);
      return openHandle(core, actor, pushUserCommand(core, actor, name, target));
    },
    click(message, name, by = {}) {
      const actor = resolveReader(message, by);
      return openHandle(core, actor, pushClick(core, actor, message, name));
    },
    select(message, values, by = {}) {
      const actor = resolveReader(message, by);
      const names = typeof values === 'string' ? [values] : values;
      return openHandle(core, actor, pushSelect(core, actor, message, names));
    },
    say(content, { replyTo, ping = true, ...by } = {}) {
      const length = countCharacters(content);
      if (length > LONGEST_MESSAGE)
        throw new Error(`people can send ${LONGEST_MESSAGE} characters, got ${length}`);
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
      return [...state.interactions.values()].map((interaction) =>
        openHandle(core, interaction, interaction),
      );
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
