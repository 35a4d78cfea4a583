import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../src/config.ts';

const root = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

test('the configuration table has every variable, with its default', () => {
  const rows = new Map(
    [...readme.matchAll(/^\| `([A-Z_]+)` \|.*\| (.*) \|$/gm)].map(([, name, value]) => [name, value]),
  );
  const example = readFileSync(path.join(root, '.env.example'), 'utf8');
  for (const name of Object.keys(configSchema.shape)) {
    expect(rows.has(name), `${name} is missing`).toBe(true);
    const [, value = ''] = new RegExp(`^${name}=(.*)$`, 'm').exec(example) ?? [];
    if (value !== '' && !name.startsWith('DISCORD_')) expect(rows.get(name)).toBe(`\`${value}\``);
  }
});

test('every npm script it names exists', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm run (?:--silent )?([a-z][a-z-]*)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every file it links to exists', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(path.join(root, link)))).toEqual([]);
  expect(links.length).toBeGreaterThan(3);
});

test('nothing is left to be filled in', () => {
  expect(readme).not.toMatch(/@@|TODO|TBD/);
});
