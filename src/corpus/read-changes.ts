import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { CorpusChange } from '../types.ts';
import { createDuplicateFinder } from './duplicates.ts';
import { type KnownFile, openFileCache } from './file-cache.ts';
import { markText, parseMark, renderMark } from './mark.ts';
import { readArticle } from './read.ts';
import { walkFolder } from './walk.ts';

export interface ReadChangesOptions {
  /** Larger files are skipped. */
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal;
  /** What this run leaves for the next; may be lost at any time. */
  readonly cacheFile: string;
  /** Changes whenever files are read in another way: all of them are then read again. */
  readonly settings: string;
  /** Whether the index holds this article, so that its file need not be read. */
  readonly isIndexed: (path: string, digest: string) => boolean;
  /** Read every file, changed or not. */
  readonly readAll?: boolean;
  /** The cache could not be written; the next run takes longer. */
  readonly onWarning?: (message: string) => void;
  /** Milliseconds since 1970, see `isSettled`; default: now. */
  readonly startedAt?: number;
}

/** So many files are passed over before other work, such as an abort, gets its turn; it gets one before each that is read. */
const turnFiles = 256;

/**
 * Compares a folder with the index, in the order of the paths. Only files that have changed since the last run are read;
 * what comes is what reading every file would give. What cannot be read is named and never stops the run; names that begin
 * with a point are passed over. That a file has not changed is told by its size, times and inode.
 * @throws {Fault} when the folder is missing or is none; the signal's reason when it is aborted.
 */
export async function* readChanges(
  folder: string,
  options: ReadChangesOptions,
): AsyncGenerator<CorpusChange> {
  const { maxFileBytes, signal, isIndexed, startedAt = Date.now() } = options;
  const finder = createDuplicateFinder();
  const cache = openFileCache(options.cacheFile, options.settings);
  let files = 0;
  try {
    for (const found of walkFolder(folder)) {
      if (++files % turnFiles === 0) await setImmediate();
      signal?.throwIfAborted();
      if ('reason' in found) {
        yield { kind: 'skipped', ...found };
        continue;
      }
      const { path } = found;
      // Taken before the file is read: what is written to it meanwhile shows in the next run's stamp.
      const stamp = readStamp(found.location);
      const known = options.readAll ? undefined : cache.find(path);
      if (known && known.stamp === stamp?.text && stamp.bytes <= maxFileBytes) {
        const change = passOver(known);
        if (change) {
          cache.keep(known);
          yield change;
          continue;
        }
      }
      await setImmediate();
      const result = await readArticle(found, maxFileBytes);
      signal?.throwIfAborted();
      if (result.kind === 'skipped') {
        yield result;
        continue;
      }
      const { article, warnings } = result;
      const { date, digest, body } = article;
      const mark = markText(body);
      if (stamp && isSettled(stamp, startedAt)) {
        cache.keep({ path, stamp: stamp.text, digest, date, warnings, mark: renderMark(mark) });
      }
      const of = finder.look({ path, date, mark });
      finder.remember({ path, date, mark }, of);
      yield of === undefined ? result : { kind: 'duplicate', path, of, warnings };
    }
    try {
      cache.commit();
    } catch (error) {
      options.onWarning?.(
        `${options.cacheFile} could not be written (${messageOf(error)}): the next run reads every file again.`,
      );
    }
  } finally {
    cache.close();
  }

  /** What an unchanged file is, unless it takes its text to tell: one that was a duplicate and is none any more. */
  function passOver({ path, date, digest, warnings, mark }: KnownFile): CorpusChange | undefined {
    const report = { path, date, mark: parseMark(mark) };
    const of = finder.look(report);
    if (of === undefined && !isIndexed(path, digest)) return undefined;
    finder.remember(report, of);
    return of === undefined
      ? { kind: 'unchanged', path, digest, warnings }
      : { kind: 'duplicate', path, of, warnings };
  }
}

interface Stamp {
  readonly text: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** Undefined when the file cannot be looked at; reading it will say why. */
function readStamp(location: string): Stamp | undefined {
  try {
    const { size, mtimeNs, ctimeNs, ino, mtimeMs, ctimeMs } = statSync(location, { bigint: true });
    return {
      text: `${size}-${mtimeNs}-${ctimeNs}-${ino}`,
      bytes: Number(size),
      changedAt: Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs),
    };
  } catch {
    return undefined;
  }
}

/** Coarsest clock of a file system in use (FAT). */
const clockTickMs = 2000;

/** A file changed again within the same tick of its clock keeps its stamp: one that fresh is not passed over next time. */
const isSettled = ({ changedAt }: Stamp, startedAt: number): boolean => changedAt < startedAt - clockTickMs;
