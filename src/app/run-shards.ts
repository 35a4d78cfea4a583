import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import type { Config } from '../config.ts';
import { Fault, messageOf } from '../errors.ts';
import { createLog } from '../log.ts';

/** A process has to open the whole index before it can log in. */
const READY_MS = 180_000;

/** Spreads the bot over processes, starts those that die again, and passes the signal to end on to all. */
export async function runShards(config: Config, token: string, shards: number): Promise<void> {
  const log = createLog({ level: config.LOG_LEVEL });
  const file = new URL(`../shard${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const manager = new ShardingManager(fileURLToPath(file), {
    token,
    totalShards: shards,
    // Options for Node hold in every process.
    execArgv: process.execArgv,
  });
  manager.on('shardCreate', (shard) => {
    log.info({ shard: shard.id, of: shards }, 'process started');
    shard.on('death', () => log.warn({ shard: shard.id }, 'process ended'));
  });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.race([manager.spawn({ timeout: READY_MS }), stopped]);
    await stopped;
  } catch (error) {
    throw new Fault(
      `A process of the bot could not be started; its own words stand above. ${messageOf(error)}`,
      { cause: error },
    );
  } finally {
    await stopAll();
  }

  async function stopAll() {
    manager.respawn = false;
    const ends = manager.shards.map(
      (shard) =>
        new Promise<void>((resolve) => {
          if (shard.process === null) return resolve();
          shard.once('death', () => resolve());
          shard.process.kill('SIGTERM');
        }),
    );
    await Promise.all(ends);
  }
}
