import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { manifestPath, readManifest, renderManifest } from '../../src/index/manifest.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { optionsFor, type World, withFolder } from './world.ts';

const child = path.join(import.meta.dirname, 'damage-child.ts');

/** Enough passages for a graph. */
const world: World = Object.fromEntries(
  Array.from({ length: 210 }, (_, number) => [
    `${number}.txt`,
    Array.from({ length: 10 }, (_, line) => `Passage ${line} of report ${number}.`).join('\n'),
  ]),
);
const edited: World = { ...world, '7.txt': 'Changed.', 'new.txt': 'New.' };

async function damageAll(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, folder]);
  return stdout.trim().split('\n');
}

const outcomeOf = (line: string): string => line.replace(/^.*: /, '');

describe('a damaged index', { timeout: 120_000 }, () => {
  it('answers from the generation before when that has files of its own', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      await updateIndex(optionsFor(folder, edited, { rebuild: true }));
      const lines = await damageAll(folder);
      expect(lines.at(-1)).toBe('whole again: generation 2');
      for (const line of lines.slice(0, -1)) {
        const expected = line.startsWith('CURRENT')
          ? /^generation 2( with a warning)?$/
          : /^generation 1 with a warning$/;
        expect(outcomeOf(line), line).toMatch(expected);
      }
      expect(lines.length).toBeGreaterThan(100);
    }));

  it('answers rightly or says clearly what to do when generations share files', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      await updateIndex(optionsFor(folder, edited));
      const lines = await damageAll(folder);
      expect(lines.at(-1)).toBe('whole again: generation 2');
      for (const line of lines)
        expect(outcomeOf(line), line).toMatch(/^generation [12]( with a warning)?$|^fault$/);
      const outcomes = lines.map(outcomeOf);
      expect(outcomes.filter((outcome) => outcome === 'generation 1 with a warning').length).toBeGreaterThan(
        50,
      );
      expect(outcomes.filter((outcome) => outcome === 'fault').length).toBeGreaterThan(30);
    }));

  it('is mended by the next embed run, whatever file is damaged', () =>
    withFolder(async (folder) => {
      const small: World = {
        'a.txt': 'One.\nTwo.',
        'b.txt': 'Three.',
        'c.txt': 'Four.\nFive.\nSix.\nSeven.\nEight.',
      };
      await updateIndex(optionsFor(folder, small));
      await updateIndex(optionsFor(folder, { ...small, 'b.txt': 'Nine.' }));
      const names = readdirSync(path.join(folder, '2'));
      for (const name of names) {
        const current = readFileSync(path.join(folder, 'CURRENT'), 'utf8').trim();
        const file = readdirSync(path.join(folder, current)).find(
          (candidate) => candidate.replace(/^\d+/, '') === name.replace(/^\d+/, ''),
        );
        // A segment without dead articles has no such file.
        if (!file) continue;
        writeFileSync(path.join(folder, current, file), 'damaged');
        const summary = await updateIndex(optionsFor(folder, { ...small, 'b.txt': 'Nine.' }));
        expect(summary, name).toMatchObject({ written: true, passages: 8 });
        expect(summary.warnings.join(), name).toContain('Mended the index');
        const index = await openIndex(folder, {
          onWarning: (warning) => expect.fail(warning),
        });
        expect(index.passageCount).toBe(8);
        index.close();
      }
    }));
});

describe('openIndex', () => {
  const world = { 'a.txt': 'One.' };

  it('says how to build an index where there is none', () =>
    withFolder(async (folder) => {
      await expect(openIndex(folder)).rejects.toThrow(/no index in .* yet\. Build it with: npm run embed$/);
      await expect(openIndex(path.join(folder, 'nowhere'))).rejects.toThrow(/no index/);
    }));

  it('refuses vectors of another model and other settings', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      await expect(openIndex(folder, { fingerprint: 'other' })).rejects.toThrow(
        /"fake-16".*"other".*--rebuild/,
      );
      await expect(openIndex(folder, { fingerprint: 'fake-16 newer' })).rejects.toThrow(
        'another version of the fake-16 model. Build it again with: npm run embed -- --rebuild',
      );
      await expect(openIndex(folder, { settings: 'other' })).rejects.toThrow(/other settings.*--rebuild/);
      (await openIndex(folder, { fingerprint: 'fake-16', settings: 'v1' })).close();
    }));

  it('refuses an index of another format, which the next embed run replaces', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      const generation = path.join(folder, '1');
      const manifest = await readManifest(generation);
      writeFileSync(manifestPath(generation), renderManifest({ ...manifest, format: 99 }));
      await expect(openIndex(folder)).rejects.toThrow(
        /format 99, this program reads format 1\. .*--rebuild$/,
      );
      expect(await updateIndex(optionsFor(folder, world))).toMatchObject({
        generation: 2,
        written: true,
        embedded: 1,
      });
      (await openIndex(folder)).close();
    }));
});
