import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/errors.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { optionsFor, type World, withFolder } from './world.ts';

/** Enough passages for a graph, which is written by native code that does not report a full disk. */
const large: World = Object.fromEntries(
  Array.from({ length: 210 }, (_, number) => [
    `${number}.txt`,
    Array.from({ length: 10 }, (_, line) => `Passage ${line} of report ${number}.`).join('\n'),
  ]),
);
const small: World = { 'a.txt': 'One.\nTwo.' };

const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { stdio: 'ignore', timeout: 10_000 });
};

/** A file system of its own in memory; only root may make one. */
async function withDisk(kilobytes: number, use: (disk: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const disk = path.join(folder, 'disk');
    mkdirSync(disk);
    run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk);
    try {
      await use(disk);
    } finally {
      run('umount', '--lazy', disk);
    }
  });
}

function freeBytes(disk: string): number {
  const { bfree, bsize } = statfsSync(disk);
  return bfree * bsize;
}

async function canMount(): Promise<boolean> {
  return withDisk(64, async () => {}).then(
    () => true,
    () => false,
  );
}

const isRoot = await canMount();

describe.skipIf(!isRoot)('a disk (needs the right to mount one)', { timeout: 60_000 }, () => {
  it('that is full at any moment leaves the old index as it was', async () => {
    let failures = 0;
    let successes = 0;
    for (let kilobytes = 64; successes === 0; kilobytes = Math.ceil(kilobytes * 1.25)) {
      await withDisk(kilobytes, async (disk) => {
        await updateIndex(optionsFor(disk, small));
        const free = freeBytes(disk);
        const outcome = await updateIndex(optionsFor(disk, large)).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(Fault);
          expect(outcome.message).toMatch(
            /could not be written: (the disk is full|what came back is not).*It is as it was/,
          );
          failures++;
        } else {
          expect(outcome).toMatchObject({ written: true, passages: 2100 });
          successes++;
        }
        const index = await openIndex(disk, { onWarning: (warning) => expect.fail(warning) });
        expect(index.passageCount).toBe(outcome instanceof Error ? 2 : 2100);
        index.close();
        if (outcome instanceof Error) {
          // Nothing of the failed run takes room from the next one.
          expect(freeBytes(disk)).toBe(free);
        }
      });
    }
    expect(failures).toBeGreaterThan(5);
  });

  it('that is read-only can be asked but not written', () =>
    withDisk(1024, async (disk) => {
      await updateIndex(optionsFor(disk, small));
      run('mount', '-o', 'remount,ro', disk);
      const index = await openIndex(disk);
      expect(index.passageCount).toBe(2);
      index.close();
      await expect(updateIndex(optionsFor(disk, large))).rejects.toThrow(
        /could not be written: the file system is read-only.*It is as it was/,
      );
    }));
});

describe('a run that fails', () => {
  it.each([
    ['embed fails', { embed: () => Promise.reject(new Error('no connection')) }, 'no connection'],
    ['too few vectors', { embed: async () => [] }, '0 vectors for'],
    [
      'short vectors',
      { embed: async (passages: readonly unknown[]) => passages.map(() => [1]) },
      '1 numbers instead of 16',
    ],
    [
      'no numbers',
      {
        embed: async (passages: readonly unknown[]) => passages.map(() => Array<number>(16).fill(Number.NaN)),
      },
      'holds no numbers',
    ],
    ['an aborted run', { signal: AbortSignal.abort(new Error('stopped')) }, 'stopped'],
    ['passages that do not fit', { chunk: () => [{ id: 'x' }] as never }, 'does not fit its article'],
  ])('leaves the old index: %s', (_name, more, message) =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, small));
      await expect(updateIndex(optionsFor(folder, large, more))).rejects.toThrow(message);
      expect(await updateIndex(optionsFor(folder, small))).toMatchObject({ generation: 1, written: false });
    }),
  );
});
