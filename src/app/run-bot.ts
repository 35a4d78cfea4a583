import type { Config } from '../config.ts';
import { type Bot, startBot } from '../discord/bot.ts';
import type { Reindex } from '../discord/services.ts';
import { Fault } from '../errors.ts';
import { openFeedback } from '../feedback/store.ts';
import { createLog } from '../log.ts';
import { serveOperations } from '../operations/http.ts';
import { measure } from '../operations/metrics.ts';
import type { Fundstelle } from '../types.ts';
import { countFiles } from './embed-corpus.ts';
import { openFundstelle } from './open-fundstelle.ts';
import { lacksIndex } from './open-index-store.ts';
import { reindex } from './reindex.ts';

/** Runs the bot in this process until it is told to end; resolves when everything is put away. */
export async function runBot(config: Config, token: string): Promise<void> {
  const log = createLog({ level: config.LOG_LEVEL, questions: config.LOG_QUESTIONS });
  const { fundstelle: engine, registry } = measure(
    await openFundstelle(config, {
      watch: true,
      onWarning: (message) => log.warn(message),
      onEvent: (event) => log.info(event),
    }),
  );
  const feedback = config.FEEDBACK
    ? await openFeedback({ file: config.FEEDBACK_FILE, maxRows: config.FEEDBACK_MAX_ROWS })
    : undefined;
  const bot = await startBot({
    token,
    apiUrl: config.DISCORD_API_URL,
    applicationId: config.DISCORD_APPLICATION_ID,
    guildId: config.DISCORD_GUILD_ID,
    register: config.DISCORD_REGISTER,
    rules: {
      channels: config.DISCORD_CHANNELS,
      roles: config.DISCORD_ROLES,
      cooldownMs: config.DISCORD_COOLDOWN * 1000,
      concurrency: config.DISCORD_CONCURRENCY,
    },
    history: { maxTurns: config.HISTORY_TURNS, maxAgeMs: config.HISTORY_MINUTES * 60_000 },
    engine,
    feedback,
    reindex: createReindex(config, engine),
    log,
  });
  // Each of several processes has a port of its own, one after another.
  const port = config.METRICS_PORT && config.METRICS_PORT + (bot.client.shard?.ids[0] ?? 0);
  const operations =
    port === undefined
      ? undefined
      : await serveOperations(port, {
          health: () => describeHealth(bot, engine),
          metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
        });

  const fault = await Promise.race([untilSignal(), bot.lost]);
  log.info('stopping: answers in flight are finished first');
  await bot.stop();
  operations?.close();
  await feedback?.close();
  await engine.close();
  if (fault !== undefined) throw new Fault(`${fault}. Start the bot again; if that fails, check the token.`);
}

/** Whoever starts the bot first shall not have to know that there is an index. */
export async function buildMissingIndex(config: Config): Promise<void> {
  const log = createLog({ level: config.LOG_LEVEL });
  if (!lacksIndex(config)) return;
  log.info({ corpus: config.CORPUS_DIR }, 'no index yet: reading the articles first');
  const { articles, passages, ms } = await reindex(config);
  log.info({ articles, passages, ms }, 'index built');
}

const createReindex =
  (config: Config, engine: Fundstelle): Reindex =>
  async (onProgress) => {
    const files = countFiles(config.CORPUS_DIR);
    const summary = await reindex(config, {
      onProgress: (progress) => {
        if (progress.step === 'reading') onProgress(progress.articles, Math.max(files, progress.articles));
      },
    });
    await engine.refresh();
    return summary;
  };

function describeHealth({ client }: Bot, engine: Fundstelle) {
  const { generation, articles } = engine.status();
  return {
    ok: client.isReady(),
    details: { gateway: client.isReady(), guilds: client.guilds.cache.size, generation, articles },
  };
}

/** The second signal ends the process at once, as it would without us. */
const untilSignal = () =>
  new Promise<undefined>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(undefined));
  });
