import {
  Client,
  DiscordAPIError,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  OAuth2Scopes,
  Options,
  Partials,
  PermissionFlagsBits,
} from 'discord.js';
import { codeOf, Fault, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Fundstelle } from '../types.ts';
import { createAdmission, type Rules } from './admission.ts';
import { describeError } from './api-errors.ts';
import { createConversations } from './conversations.ts';
import { dispatch } from './dispatch.ts';
import { createListener } from './listen.ts';
import { type PublishedChanges, publishCommands } from './publish.ts';
import type { FeedbackStore, Reindex, Services } from './services.ts';

export interface BotOptions {
  readonly token: string;
  /** Where Discord's API is; undefined for Discord itself. */
  readonly apiUrl?: string | undefined;
  /** Found out by logging in when undefined. */
  readonly applicationId?: string | undefined;
  /** Publish the commands in this server only. */
  readonly guildId?: string | undefined;
  /** Publish the commands when they have changed. */
  readonly register: boolean;
  readonly rules: Rules;
  readonly history: { readonly maxTurns: number; readonly maxAgeMs: number };
  readonly engine: Fundstelle;
  /** Undefined when switched off. */
  readonly feedback: FeedbackStore | undefined;
  readonly reindex: Reindex;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface Bot {
  readonly client: Client;
  /** Resolves to the reason when Discord has ended the connection for good. */
  readonly lost: Promise<string>;
  /** Takes no more questions, waits for the answers in flight, and leaves. */
  readonly stop: (patienceMs?: number) => Promise<void>;
}

/** How long answers in flight may still take when the bot is stopped. */
const PATIENCE_MS = 10_000;

/** What the bot asks for when somebody adds it to a server. */
export const INSTALL = {
  scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands],
  permissions: [
    PermissionFlagsBits.ViewChannel,
    PermissionFlagsBits.SendMessages,
    PermissionFlagsBits.SendMessagesInThreads,
    PermissionFlagsBits.ReadMessageHistory,
  ],
} as const;

/** Only what is used: commands need no intent, mentions and direct messages deliver their own content. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/**
 * Logs in and answers until it is stopped.
 * @throws when Discord refuses the token or the commands.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { log } = options;
  const client = createClient(options.apiUrl);
  const services = createServices(options);
  const listen = createListener(services);
  const inFlight = new Set<Promise<void>>();

  const track = (work: Promise<void>) => {
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work));
  };
  client.on(Events.InteractionCreate, (interaction) => track(dispatch(interaction, services)));
  client.on(Events.MessageCreate, (message) => track(listen(message)));
  client.on(Events.Error, (error) => log.error({ error: describeError(error) }, 'client error'));
  client.on(Events.Warn, (text) => log.warn(text));
  // Discord.js reconnects by itself after everything else.
  const lost = new Promise<string>((resolve) =>
    client.once(Events.ShardDisconnect, ({ code }, shard) => {
      log.error({ shard, code }, 'gateway closed for good');
      resolve(
        `Discord closed the connection for good (code ${code}, ${GatewayCloseCodes[code] ?? 'unknown'})`,
      );
    }),
  );
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'gateway lost, reconnecting'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'gateway resumed'));
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'gateway ready'));

  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await logIn(client, options);
  const { application, user } = await ready;
  log.info({ user: user.tag, guilds: client.guilds.cache.size }, 'logged in');
  if (client.guilds.cache.size === 0)
    log.info({ link: client.generateInvite(INSTALL) }, 'in no server yet: open this link to add the bot');
  if (options.register) {
    const applicationId = options.applicationId ?? application.id;
    logChanges(await publishCommands(client.rest, { applicationId, guildId: options.guildId }), log);
  }

  return {
    client,
    lost,
    async stop(patienceMs = PATIENCE_MS) {
      services.admission.close();
      const patience = new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
      await Promise.race([Promise.allSettled(inFlight), patience]);
      if (inFlight.size > 0) log.warn({ answers: inFlight.size }, 'stopped before every answer was given');
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}

async function logIn(client: Client, { token, apiUrl }: BotOptions): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    await client.destroy();
    throw new Fault(explainRefusal(error, apiUrl), { cause: error });
  }
}

/** Why Discord does not let the bot in, and what to do about it. */
export function explainRefusal(error: unknown, apiUrl: string | undefined): string {
  if (codeOf(error) === 'TokenInvalid' || (error instanceof DiscordAPIError && error.status === 401))
    return 'DISCORD_TOKEN: Discord does not know this token. Make a new one in the developer portal (Bot, Reset Token) and put it into .env.';
  if (error instanceof DiscordAPIError) return `Discord refuses: ${error.message}`;
  return `Discord cannot be reached${apiUrl === undefined ? '' : ` at ${apiUrl} (DISCORD_API_URL)`}: ${messageOf(error)}. Try again when the connection works.`;
}

/** A client that keeps in memory what it needs, however long it runs. */
function createClient(apiUrl: string | undefined): Client {
  return new Client({
    intents: INTENTS,
    // Direct messages come from channels the client has never seen.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
      PresenceManager: 0,
      ReactionManager: 0,
      VoiceStateManager: 0,
    }),
    rest: {
      ...(apiUrl !== undefined && { api: apiUrl }),
      // Every reply has its own rate limit queue; they are of no use after the answer.
      handlerSweepInterval: 60_000,
    },
  });
}

function createServices(options: BotOptions): Services {
  const { engine, feedback, reindex, log } = options;
  const now = options.now ?? Date.now;
  let reindexing = false;
  return {
    engine,
    feedback,
    reindex,
    log,
    now,
    admission: createAdmission(options.rules, now),
    conversations: createConversations({ ...options.history, now }),
    claimReindex() {
      if (reindexing) return undefined;
      reindexing = true;
      return () => {
        reindexing = false;
      };
    },
  };
}

function logChanges({ added, changed, removed }: PublishedChanges, log: Log): void {
  if (added.length + changed.length + removed.length > 0)
    log.info({ added, changed, removed }, 'commands published');
}
