import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { codeOf, Fault, messageOf } from '../errors.ts';
import type { Skipped } from '../types.ts';

/** A regular file inside the corpus folder. */
export interface CorpusFile {
  /** Inside the corpus folder, with `/`. */
  readonly path: string;
  /** Where to open it. */
  readonly location: string;
}

/**
 * Every file of a folder and its subfolders, in the order of their paths (by code unit). Names that begin with a point
 * are left out; what is neither file nor folder, and links that leave the folder or lead to a folder, come as skipped.
 * Synchronous: what a folder holds is in the system's memory, and a promise for each name would cost more than the answer.
 * @throws {Fault} when the folder is missing, is none, or cannot be read.
 */
export function* walkFolder(folder: string): Generator<CorpusFile | Skipped> {
  const root = openFolder(folder);
  yield* walk('');

  function* walk(inside: string): Generator<CorpusFile | Skipped> {
    let entries: Dirent[];
    try {
      entries = readdirSync(path.join(root, inside), { withFileTypes: true });
    } catch (error) {
      if (inside === '') throw new Fault(`The corpus folder ${folder} cannot be read: ${messageOf(error)}`);
      yield { path: inside.slice(0, -1), reason: `the folder cannot be read (${reasonOf(error)})` };
      return;
    }
    const named = entries
      .filter((entry) => !entry.name.startsWith('.'))
      .map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { entry, key } of named) {
      if (entry.isDirectory()) yield* walk(inside + key);
      else if (entry.isFile()) yield { path: inside + key, location: path.join(root, inside, key) };
      else if (entry.isSymbolicLink()) yield followLink(inside + key);
      else yield { path: inside + key, reason: notRegular };
    }
  }

  function followLink(inside: string): CorpusFile | Skipped {
    const skip = (reason: string): Skipped => ({ path: inside, reason });
    try {
      const location = realpathSync(path.join(root, inside));
      if (location !== root && !location.startsWith(root + path.sep))
        return skip('link out of the corpus folder');
      const target = statSync(location);
      if (target.isDirectory()) return skip('link to a folder; files are read where they lie');
      return target.isFile() ? { path: inside, location } : skip(notRegular);
    } catch (error) {
      const nowhere = ['ENOENT', 'ELOOP'].includes(codeOf(error) ?? '');
      return skip(nowhere ? 'link that leads nowhere' : `cannot be read (${reasonOf(error)})`);
    }
  }
}

const notRegular = 'not a regular file';

function openFolder(folder: string): string {
  try {
    const root = realpathSync(folder);
    if (statSync(root).isDirectory()) return root;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new Fault(`The corpus folder ${folder} cannot be read: ${messageOf(error)}`);
    throw new Fault(
      `The corpus folder ${folder} does not exist. Create it and put articles into it, or name another one.`,
    );
  }
  throw new Fault(`The corpus folder ${folder} is a file. Name the folder that holds the articles.`);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is gone',
  ENAMETOOLONG: 'its path is too long',
};

/** What a file system error means, for people. */
export const reasonOf = (error: unknown): string => reasons[codeOf(error) ?? ''] ?? messageOf(error);
