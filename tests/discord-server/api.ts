import type { GatewayControl } from './gateway/gateway.ts';
import type { Json } from './json.ts';
import type { OptionValues } from './people/commands.ts';
import type { InteractionHandle, MessageHandle } from './people/handles.ts';
import type { By } from './people/interactions.ts';
import type { Failure, RateLimit } from './rest/failures.ts';
import type { Clock } from './world/clock.ts';
import type {
  Channel,
  Guild,
  LoggedRequest,
  Ping,
  Role,
  SeenMessage,
  User,
  Violation,
} from './world/model.ts';
import type { GuildSpec } from './world/places.ts';
import type { State } from './world/state.ts';

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
  /** Its first channel, where people act unless another is named. */
  readonly channel: Channel;
  /** The person who acts unless another is named. */
  readonly user: User;
  readonly gateway: GatewayControl;

  /** A member of every guild. */
  addUser(spec?: UserSpec): User;
  addGuild(spec?: GuildSpec): Guild;
  addRole(guild: Guild, spec: { name: string; permissions?: bigint }): Role;
  giveRole(guild: Guild, user: User, role: Role): void;
  addChannel(guild: Guild, name: string): Channel;
  /** The direct messages of a person with the bot. */
  dm(user: User): Channel;
  /** A conversation between people, in which the bot is only as an installed application. */
  privateChannel(users: User[]): Channel;
  startThread(channel: Channel, name: string): Channel;
  /** Takes permissions from the bot in one channel, and gives them back. */
  deny(channel: Channel, permissions: bigint): void;
  allow(channel: Channel, permissions: bigint): void;

  /**
   * `name` with subcommands after spaces. Once commands are published, throws what Discord's client would not let the
   * person do: another command, other options, the wrong context, a missing permission (`by.force` skips the last two).
   */
  slash(name: string, options?: OptionValues, by?: By): InteractionHandle;
  /** One keystroke in an option that has autocomplete. */
  autocomplete(
    name: string,
    focused: { option: string; value: string },
    options?: OptionValues,
    by?: By,
  ): InteractionHandle;
  messageCommand(name: string, target: SeenMessage, by?: By): InteractionHandle;
  userCommand(name: string, target: User, by?: By): InteractionHandle;
  /** Uses a component as whoever sees the message; throws when there is none, or it cannot be used. */
  click(message: SeenMessage, customIdOrLabel: string, by?: By): InteractionHandle;
  select(
    message: SeenMessage,
    values: string | readonly string[],
    by?: By & { customId?: string },
  ): InteractionHandle;
  /** Mentions are read from the content; a reply notifies its author unless `ping` is false. */
  say(content: string, options?: By & { replyTo?: SeenMessage; ping?: boolean }): MessageHandle;
  /** By a moderator. */
  deleteMessage(message: SeenMessage): void;

  /** Of everybody, oldest first. */
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
  /** Resolves with the first truthy result; asked again after every request and every gateway event of the client. */
  until: State['until'];

  /** Trouble for the next matching requests. */
  fail(failure: Failure): void;
  /** A bucket as Discord has them, with its headers. */
  rateLimit(rule: RateLimit): void;
  close(): Promise<void>;
};
