import { execFile } from 'node:child_process';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDing } from './ding.ts';
import { readNames } from './names.ts';
import { readThesaurus } from './thesaurus.ts';
import type { Sources } from './vocabulary.ts';
import { readWordNet } from './wordnet.ts';

const run = promisify(execFile);
const timeout = 300_000;

/** Debian's packages; all of them have been stable for years, so the release's version is taken and recorded. */
const debianPackages = ['trans-de-en', 'wordnet-base', 'openthesaurus-de-text', 'iso-codes'];
const localeNames = 'cldr-localenames-full@48.2.0';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function findPackage(cache: string, name: string): Promise<string | undefined> {
  return (await readdir(cache)).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
}

/** Fetches and unpacks a Debian package unless the cache has it; returns its version. */
async function fetchDebianPackage(cache: string, name: string): Promise<string> {
  if (!(await findPackage(cache, name))) {
    await run('apt-get', ['download', name], { cwd: cache, timeout });
  }
  const file = join(cache, (await findPackage(cache, name)) ?? '');
  await run('dpkg', ['-x', file, join(cache, 'root')], { timeout });
  return (await run('dpkg-deb', ['-f', file, 'Version'], { timeout })).stdout.trim();
}

async function fetchLocaleNames(cache: string): Promise<string> {
  const folder = join(cache, 'cldr');
  if (!(await exists(join(folder, 'package')))) {
    await mkdir(folder, { recursive: true });
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, localeNames], {
      timeout,
    });
    await run('tar', ['-xzf', join(folder, stdout.trim()), '-C', folder], { timeout });
  }
  return join(folder, 'package');
}

/** Where WordNet lies in the cache folder. */
export const wordNetFolder = (cache: string): string => join(cache, 'root', 'usr', 'share', 'wordnet');

/**
 * Reads the works that the model is trained on, fetching into the cache folder what is not there yet.
 * Needs Debian or a relative of it (apt-get, dpkg) and npm.
 */
export async function readSources(
  cache: string,
): Promise<{ readonly sources: Sources; readonly versions: Readonly<Record<string, string>> }> {
  await mkdir(cache, { recursive: true });
  const versions: Record<string, string> = {};
  for (const name of debianPackages) versions[name] = await fetchDebianPackage(cache, name);
  const cldr = await fetchLocaleNames(cache);
  const [name = '', version = ''] = localeNames.split('@');
  versions[name] = version;
  const share = join(cache, 'root', 'usr', 'share');
  const [ding, wordNet, thesaurus, names] = await Promise.all([
    readDing(join(share, 'trans', 'de-en')),
    readWordNet(wordNetFolder(cache)),
    readThesaurus(join(share, 'openthesaurus-de', 'openthesaurus.txt')),
    readNames(cldr, join(share, 'iso-codes', 'json')),
  ]);
  return { sources: { ding, wordNet, thesaurus, names }, versions };
}
