import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../src/index/lock.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { optionsFor, withFolder } from './world.ts';

const world = { 'a.txt': 'One.' };

describe('takeLock', () => {
  it('lets one in, and the next one after it', () =>
    withFolder(async (folder) => {
      const lock = takeLock(folder);
      expect(() => takeLock(folder)).toThrow(/Another embed run \(process \d+\).*remove .*LOCK/);
      lock.check();
      lock.release();
      takeLock(folder).release();
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('takes over from a process that is gone', () =>
    withFolder(async (folder) => {
      const gone = spawn(process.execPath, ['-e', '']);
      await once(gone, 'exit');
      const lock = takeLock(folder);
      const held = JSON.parse(readFileSync(path.join(folder, 'LOCK'), 'utf8'));
      const stale = [
        JSON.stringify({ ...held, pid: gone.pid, token: 'x' }),
        // A later process with the same number.
        ...(existsSync('/proc/self/stat') ? [JSON.stringify({ ...held, startedAt: '1', token: 'y' })] : []),
        '',
        'not json',
        '{"pid":1}',
        JSON.stringify({ ...held, pid: -1 }),
      ];
      lock.release();
      for (const content of stale) {
        writeFileSync(path.join(folder, 'LOCK'), content);
        const taken = takeLock(folder);
        taken.check();
        taken.release();
      }
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('leaves the lock of another machine alone', () =>
    withFolder(async (folder) => {
      const content = JSON.stringify({ pid: 1, host: 'elsewhere.example', startedAt: '', token: 'z' });
      writeFileSync(path.join(folder, 'LOCK'), content);
      expect(() => takeLock(folder)).toThrow(/process 1 on elsewhere\.example/);
      expect(readFileSync(path.join(folder, 'LOCK'), 'utf8')).toBe(content);
      expect(readdirSync(folder)).toEqual(['LOCK']);
    }));

  it('notices that it was taken away', () =>
    withFolder(async (folder) => {
      const lock = takeLock(folder);
      writeFileSync(
        path.join(folder, 'LOCK'),
        JSON.stringify({ pid: 1, host: 'x', startedAt: '', token: 'other' }),
      );
      expect(() => lock.check()).toThrow(/taken by another run/);
      lock.release();
      expect(existsSync(path.join(folder, 'LOCK'))).toBe(true);
    }));
});

describe('an embed run', () => {
  it('clears away what killed runs left, but not what others are just asking with', () =>
    withFolder(async (folder) => {
      const old = new Date(Date.now() - 3_600_000);
      for (const name of ['LOCK.old', 'LOCK.new', 'CURRENT.next', 'notes.txt'])
        writeFileSync(path.join(folder, name), '');
      for (const name of ['aside-1', 'aside-7', '9']) mkdirSync(path.join(folder, name));
      utimesSync(path.join(folder, 'LOCK.old'), old, old);
      const { generation } = await updateIndex(optionsFor(folder, world));
      expect(readdirSync(folder).sort()).toEqual(
        ['CURRENT', 'LOCK.new', String(generation), 'notes.txt'].sort(),
      );
    }));
});

describe('two embed runs at once', () => {
  it('lets the first one finish and turns the second one away', () =>
    withFolder(async (folder) => {
      const [first, second] = await Promise.allSettled([
        updateIndex(optionsFor(folder, world)),
        updateIndex(optionsFor(folder, { 'b.txt': 'Two.' })),
      ]);
      expect(first).toMatchObject({ status: 'fulfilled', value: { written: true, generation: 1 } });
      expect(second).toMatchObject({ status: 'rejected', reason: { name: 'Fault' } });
      expect((await updateIndex(optionsFor(folder, world))).written).toBe(false);
    }));
});
