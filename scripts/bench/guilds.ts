#!/usr/bin/env tsx
// Memory of the bot by the number of Discord servers it is in: the bot itself, against the loopback Discord of
// the tests, whose servers have as many channels and roles as told. `npx tsx scripts/bench/guilds.ts --help`
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { startDiscordServer } from '../../tests/discord-server/server.ts';
import { renderTable } from './render.ts';

const { guilds, channels, roles } = new Command('guilds')
  .option('--guilds <list>', 'numbers of servers', (list) => list.split(',').map(Number), [1, 1000, 2500])
  .option('--channels <count>', 'channels of each', Number, 40)
  .option('--roles <count>', 'roles of each', Number, 20)
  .parse()
  .opts<{ guilds: number[]; channels: number; roles: number }>();

const rows: string[][] = [];
for (const count of guilds) {
  const { heapMb, rssMb } = await measure(count);
  rows.push([String(count), heapMb.toFixed(0), rssMb.toFixed(0)]);
}
process.stdout.write(
  `${channels} channels and ${roles} roles a server\n${renderTable(['servers', 'heap MB', 'resident MB'], rows)}\n`,
);
process.exit();

async function measure(count: number): Promise<{ heapMb: number; rssMb: number }> {
  const names = Array.from({ length: channels }, (_, n) => `channel-${n}`);
  const server = await startDiscordServer({
    guilds: Array.from({ length: count }, (_, n) => ({ name: `Server ${n}`, channels: names })),
    keep: 100,
  });
  for (const guild of server.guilds) {
    for (let n = 0; n < roles; n++) server.addRole(guild, { name: `role ${n}` });
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-guilds-'));
  const port = await findPort();
  const bot = spawn(process.execPath, [path.join(import.meta.dirname, '../../dist/bot.js')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISCORD_TOKEN: server.token,
      DISCORD_APPLICATION_ID: server.applicationId,
      DISCORD_API_URL: server.apiUrl,
      INDEX_DIR: path.join(folder, 'index'),
      FEEDBACK: 'false',
      METRICS_PORT: String(port),
    },
  });
  try {
    for (let known = 0; known < count; await setTimeout(500)) {
      if (bot.exitCode !== null) throw new Error(`dist/bot.js ended with ${bot.exitCode}`);
      known = await fetch(`http://127.0.0.1:${port}/healthz`)
        .then((response) => response.json())
        .then((health) => (health as { guilds: number }).guilds)
        .catch(() => 0);
    }
    // What only the start needed is collected.
    await setTimeout(10_000);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const megabytes = (name: string) =>
      Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]) / 2 ** 20;
    return {
      heapMb: megabytes('nodejs_heap_size_used_bytes'),
      rssMb: megabytes('process_resident_memory_bytes'),
    };
  } finally {
    bot.kill();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A port that was free a moment ago. */
function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
