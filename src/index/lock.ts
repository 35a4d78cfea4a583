import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { codeOf, Fault } from '../errors.ts';

/** Says who writes. The start time tells a process from a later one with the same number. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  readonly token: string;
}

/** The lock itself; names that go on after a point belong to runs that ask for it. */
export const lockName = 'LOCK';

export interface Lock {
  /** @throws {Fault} when somebody took the lock away. */
  readonly check: () => void;
  readonly release: () => void;
}

/**
 * Takes the one lock of an index folder; that of a process that is gone is taken over.
 * A heartbeat would not do: building a graph keeps a process from beating.
 * @throws {Fault} when another run holds it.
 */
export function takeLock(indexDir: string): Lock {
  const file = path.join(indexDir, lockName);
  const token = randomUUID();
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    startedAt: startOf(process.pid) ?? '',
    token,
  } satisfies Owner);
  const prepared = `${file}.${token}`;
  try {
    writeFileSync(prepared, mine);
    for (let attempt = 0; !tryLink(prepared, file); attempt++) {
      const held = readOwner(file);
      if (held === undefined) continue;
      if (attempt > 10 || isAlive(held)) throw new Fault(describeHolder(file, held));
      removeStale(file, held);
    }
  } finally {
    rmSync(prepared, { force: true });
  }
  const isMine = (): boolean => readOwner(file)?.token === token;
  return {
    check() {
      if (!isMine())
        throw new Fault(`${file} was taken by another run: this one stops without changing the index.`);
    },
    release() {
      if (isMine()) rmSync(file, { force: true });
    },
  };
}

/** A hard link either comes into being whole or not at all. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when the lock is gone; an unreadable one belongs to nobody. */
function readOwner(file: string): Owner | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  return parseOwner(content) ?? { pid: 0, host: hostname(), startedAt: '', token: content };
}

function parseOwner(content: string): Owner | undefined {
  let owner: Partial<Record<keyof Owner, unknown>>;
  try {
    owner = JSON.parse(content) as typeof owner;
  } catch {
    return undefined;
  }
  const { pid, host, startedAt, token } = owner;
  return typeof pid === 'number' &&
    typeof host === 'string' &&
    typeof startedAt === 'string' &&
    typeof token === 'string'
    ? { pid, host, startedAt, token }
    : undefined;
}

function isAlive({ pid, host, startedAt }: Owner): boolean {
  // Processes of another machine or container cannot be seen from here.
  if (host !== hostname()) return true;
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  const start = startOf(pid);
  return start === undefined || start === startedAt;
}

/** When a process started, as Linux counts it; undefined elsewhere. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, so count from its end: field 22 of the line.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Removes the lock that `held` describes, and no other that has taken its place meanwhile. */
function removeStale(file: string, held: Owner): void {
  const taken = `${file}.${randomUUID()}`;
  try {
    renameSync(file, taken);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Two runs may find the same stale lock, and the slower one would move the lock of the faster away.
  if (readOwner(taken)?.token !== held.token) tryLink(taken, file);
  rmSync(taken, { force: true });
}

function describeHolder(file: string, { pid, host }: Owner): string {
  const place = host === hostname() ? '' : ` on ${host}`;
  return `Another embed run (process ${pid}${place}) is writing this index. Wait for it; if there is none, remove ${file}`;
}
