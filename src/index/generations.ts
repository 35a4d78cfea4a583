import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../errors.ts';
import { flushFolder, writeFlushed } from './files.ts';
import { lockName } from './lock.ts';

const pointerName = 'CURRENT';

export function generationFolder(indexDir: string, generation: number): string {
  return path.join(indexDir, String(generation));
}

/** Where a generation is written before it has a number that readers look at. */
export function asideFolder(indexDir: string, generation: number): string {
  return path.join(indexDir, `aside-${generation}`);
}

/** Content of the pointer file, '' when there is none. A change of it means a new generation. */
export async function readPointer(indexDir: string): Promise<string> {
  try {
    return await readFile(path.join(indexDir, pointerName), 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

/** Number in a pointer file's content, or undefined when it makes no sense. */
export function parsePointer(content: string): number | undefined {
  return /^[1-9]\d{0,14}\n$/.test(content) ? Number(content) : undefined;
}

/** Numbers of the generations in a folder, newest first; [] when there is no folder. */
export async function listGenerations(indexDir: string): Promise<number[]> {
  try {
    return numbersIn(await readdir(indexDir));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Makes the generation written aside the current one: from one moment to the next, or not at all. */
export function publishGeneration(indexDir: string, generation: number): void {
  renameSync(asideFolder(indexDir, generation), generationFolder(indexDir, generation));
  flushFolder(indexDir);
  const next = path.join(indexDir, `${pointerName}.next`);
  rmSync(next, { force: true });
  writeFlushed(next, `${generation}\n`);
  renameSync(next, path.join(indexDir, pointerName));
  flushFolder(indexDir);
}

/** A file that a run makes while it asks for the lock is gone after a moment, or was left behind. */
const momentMs = 60_000;

/** Removes what killed runs left behind. Only for who holds the lock. */
export function cleanLeftovers(indexDir: string): void {
  const isOld = (name: string): boolean => {
    const found = statSync(path.join(indexDir, name), { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs > momentMs;
  };
  const leftovers = readdirSync(indexDir).filter(
    (name) =>
      name.startsWith('aside-') ||
      name === `${pointerName}.next` ||
      (name.startsWith(`${lockName}.`) && isOld(name)),
  );
  removeAll(indexDir, leftovers);
}

/** Removes all generations but `keep`. Only for who holds the lock. */
export function cleanGenerations(indexDir: string, keep: readonly (number | undefined)[]): void {
  const old = numbersIn(readdirSync(indexDir)).filter((number) => !keep.includes(number));
  removeAll(indexDir, old.map(String));
}

function removeAll(indexDir: string, names: readonly string[]): void {
  for (const name of names) {
    try {
      rmSync(path.join(indexDir, name), { recursive: true, force: true });
    } catch {
      // On Windows a file that a reader has open cannot be removed: it stays for the next run.
    }
  }
}

/** No such folder, or a file in its place. */
function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function numbersIn(names: readonly string[]): number[] {
  return names
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}
