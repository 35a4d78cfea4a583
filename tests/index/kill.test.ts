import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openIndex } from '../../src/index/open-index.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { optionsFor, withFolder, worldOfVersion } from './world.ts';

const child = path.join(import.meta.dirname, 'kill-child.ts');
const kills = Number(process.env.FUNDSTELLE_KILLS ?? 15);

/** Runs embeds from `first` on and kills the process after a while; the last version it reported as done. */
async function embedAndKill(folder: string, first: number, afterMs: number): Promise<number | undefined> {
  const embedding = spawn(process.execPath, ['--import', 'tsx', child, folder, String(first)]);
  let complaints = '';
  embedding.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  let done: number | undefined;
  for await (const line of createInterface(embedding.stdout)) {
    if (line === 'ready') setTimeout(() => embedding.kill('SIGKILL'), afterMs);
    else done = Number(line);
  }
  expect(complaints).toBe('');
  return done;
}

async function readBodies(folder: string): Promise<string[]> {
  const index = await openIndex(folder, { onWarning: (warning) => expect.fail(warning) });
  const bodies = index.articles.map(({ id }) => index.readArticle(id)!.body);
  for (const { id } of index.articles) expect(index.rowsOf(id)).toHaveLength(2);
  index.close();
  return bodies.sort();
}

const bodiesOf = (version: number): string[] => Object.values(worldOfVersion(version)).sort();

describe('an embed run that is killed', () => {
  it(`leaves the old index or the new one, ${kills} times`, { timeout: 60_000 + kills * 5_000 }, () =>
    withFolder(async (folder) => {
      let version = 1;
      await updateIndex(optionsFor(folder, worldOfVersion(version)));
      for (let kill = 0; kill < kills; kill++) {
        const afterMs = Math.random() * 120;
        const done = (await embedAndKill(folder, version + 1, afterMs)) ?? version;
        const bodies = await readBodies(folder);
        const found = [done, done + 1].find((candidate) => bodies.join() === bodiesOf(candidate).join());
        expect(found, `killed after ${afterMs} ms, ${done} was done`).toBeDefined();
        version = found!;
      }
      const summary = await updateIndex(optionsFor(folder, worldOfVersion(version + 1)));
      expect(summary.written).toBe(true);
      const names = readdirSync(folder).sort();
      expect(names.filter((name) => /^\d+$/.test(name)).length).toBeLessThanOrEqual(2);
      // What a run makes to ask for the lock is cleared away after a minute: until then it may be in use.
      expect(names.filter((name) => !/^\d+$|^LOCK\./.test(name))).toEqual(['CURRENT']);
      expect(existsSync(path.join(folder, String(summary.generation)))).toBe(true);
    }),
  );
});
