import { describe, expect, it, vi } from 'vitest';
import { readPointer } from '../../src/index/generations.ts';
import { createHolder } from '../../src/index/holder.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { watchVersion } from '../../src/index/watch.ts';
import { optionsFor, withFolder } from './world.ts';

/** A thing with versions; counts what is open. */
function createThings() {
  let newest = 1;
  const closed: number[] = [];
  return {
    closed,
    publish: () => {
      newest++;
    },
    options: {
      version: async () => String(newest),
      open: async () => ({ version: newest }),
      close: (thing: { version: number }) => {
        closed.push(thing.version);
      },
      nameOf: (thing: { version: number }) => thing.version,
    },
  };
}

/** A promise that is settled from outside. */
function createGate() {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('createHolder', () => {
  it('moves once, and closes the old one only after its last question', async () => {
    const things = createThings();
    const holder = await createHolder(things.options);
    const gate = createGate();
    const question = holder.use(async (thing) => {
      await gate.passed;
      expect(things.closed).toEqual([]);
      return thing.version;
    });
    expect(await holder.refresh()).toBe(false);
    things.publish();
    expect(await Promise.all([holder.refresh(), holder.refresh()])).toEqual([true, true]);
    expect(holder.current().version).toBe(2);
    expect(await holder.use((thing) => thing.version)).toBe(2);
    gate.open();
    expect(await question).toBe(1);
    expect(things.closed).toEqual([1]);
    await holder.close();
    expect(things.closed).toEqual([1, 2]);
    await expect(holder.use(() => 0)).rejects.toThrow('closed');
  });

  it('waits with closing until the last question is done', async () => {
    const things = createThings();
    const holder = await createHolder(things.options);
    const gate = createGate();
    const question = holder.use(() => gate.passed);
    const closing = holder.close();
    expect(things.closed).toEqual([]);
    gate.open();
    await question;
    await closing;
    expect(things.closed).toEqual([1]);
  });

  it('stays with the old one when the new one does not open', async () => {
    const things = createThings();
    let fails = false;
    const holder = await createHolder({
      ...things.options,
      open: () => (fails ? Promise.reject(new Error('broken')) : things.options.open()),
    });
    things.publish();
    fails = true;
    await expect(holder.refresh()).rejects.toThrow('broken');
    expect(await holder.use((thing) => thing.version)).toBe(1);
    fails = false;
    expect(await holder.refresh()).toBe(true);
    await holder.close();
  });

  it('never mixes two generations under questions that come all the time', () =>
    withFolder(async (folder) => {
      const worldOf = (version: number) => ({
        'a.txt': `Version ${version}.`,
        'b.txt': `Edition ${version}.`,
      });
      await updateIndex(optionsFor(folder, worldOf(1)));
      const holder = await createHolder({
        version: () => readPointer(folder),
        open: () => openIndex(folder),
        close: (index) => index.close(),
        nameOf: (index) => index.generation,
      });
      const stop = watchVersion(
        () => readPointer(folder),
        () => void holder.refresh(),
        5,
      );
      const seen = new Set<string>();
      let isRunning = true;
      const ask = async (): Promise<void> => {
        while (isRunning) {
          await holder.use(async (index) => {
            const first = index.passage(0).text;
            await new Promise((resolve) => setTimeout(resolve, 3));
            const second = index.passage(index.rowCount - 1).text;
            expect(second).toBe(first.replace('Version', 'Edition'));
            seen.add(first);
          });
        }
      };
      const questions = Promise.all([ask(), ask(), ask(), ask()]);
      for (let version = 2; version <= 6; version++) {
        await updateIndex(optionsFor(folder, worldOf(version)));
        await vi.waitFor(() => expect(seen).toContain(`Version ${version}.`), { timeout: 5_000 });
      }
      isRunning = false;
      await questions;
      stop();
      expect(seen.size).toBeGreaterThanOrEqual(5);
      await holder.close();
    }));
});
