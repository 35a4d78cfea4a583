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
