import { MessageFlags } from 'discord.js';
import { afterEach, expect } from 'vitest';
import { type Bot, type BotOptions, startBot } from '../../../src/discord/bot.ts';
import { openFeedback } from '../../../src/feedback/store.ts';
import { createLog } from '../../../src/log.ts';
import type { EmbedSummary } from '../../../src/types.ts';
import { type DiscordServerOptions, startDiscordServer } from '../../discord-server/server.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';

type Server = Awaited<ReturnType<typeof startDiscordServer>>;

export interface Stage {
  readonly server: Server;
  readonly engine: FakeEngine;
  readonly bot: Bot;
  /** Everything the bot logged, as one text. */
  readonly log: () => string;
  /** Stops the bot and starts another one that remembers nothing. */
  readonly restart: () => Promise<void>;
  /** Fails when the bot did what a correct bot never does. */
  readonly expectManners: () => void;
}

export const SUMMARY: EmbedSummary = {
  generation: 4,
  written: true,
  articles: 2,
  passages: 4,
  embedded: 1,
  languages: { de: 2 },
  skipped: [],
  duplicates: [],
  warnings: [],
  ms: 1234,
};

/** The flags of a message, whether it was sent as such or as the answer to an interaction. */
function flagsOf(body: unknown): number {
  const { flags, data } = body as { flags?: number; data?: { flags?: number } };
  return flags ?? data?.flags ?? 0;
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The real client, logged in to a loopback Discord, over a fake engine. */
export async function openStage(
  options: Partial<BotOptions> & { readonly discord?: DiscordServerOptions } = {},
): Promise<Stage> {
  const { discord, ...overrides } = options;
  const server = await startDiscordServer(discord);
  closing.push(() => server.close());
  const engine = createFakeEngine();
  const lines: string[] = [];
  const feedback =
    'feedback' in overrides ? overrides.feedback : await openFeedback({ file: ':memory:', maxRows: 100 });
  closing.push(async () => feedback?.close());
  const start = async () => {
    const bot = await startBot({
      token: server.token,
      apiUrl: server.apiUrl,
      register: true,
      rules: { channels: [], roles: [], cooldownMs: 0, concurrency: 8 },
      history: { maxTurns: 6, maxAgeMs: 60_000 },
      engine,
      feedback,
      reindex: async () => SUMMARY,
      log: createLog({ level: 'debug' }, { write: (text) => void lines.push(text) }),
      now: () => server.clock.now(),
      ...overrides,
    });
    await server.gateway.ready();
    return bot;
  };
  let bot = await start();
  closing.push(() => bot.stop(0));
  return {
    server,
    engine,
    get bot() {
      return bot;
    },
    log: () => lines.join(''),
    async restart() {
      await bot.stop();
      bot = await start();
    },
    expectManners() {
      expect(server.violations).toEqual([]);
      expect(server.pings).toEqual([]);
      // Deferring takes no mentions; there is nothing to mention yet.
      for (const { writes } of server.botMessages)
        for (const { body, allowedMentions } of writes)
          if (JSON.stringify(body).includes('components')) {
            expect(allowedMentions).toMatchObject({ parse: [] });
            expect(flagsOf(body) & MessageFlags.SuppressEmbeds).toBeTruthy();
          }
      expect(lines.join('')).not.toContain(server.token);
    },
  };
}
