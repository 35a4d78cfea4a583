import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { PartialDate } from '../types.ts';

/** What is known of a file that was read into an article. */
export interface KnownFile {
  readonly path: string;
  /** Changes whenever the file does. */
  readonly stamp: string;
  /** The article's. */
  readonly digest: string;
  readonly date?: PartialDate | undefined;
  readonly warnings: readonly string[];
  /** See `renderMark`. */
  readonly mark: string;
}

/**
 * What one run leaves for the next, in a file that may be lost at any time: it spares reading and never changes a result.
 * Paths come in ascending order (by code unit), so that nothing is held in memory but the bytes of the file.
 */
export interface FileCache {
  /** What the last run left about a path. Paths must ascend from call to call. */
  readonly find: (path: string) => KnownFile | undefined;
  /** Leaves this for the next run. Paths must ascend from call to call. */
  readonly keep: (file: KnownFile) => void;
  /** Puts what was kept in the place of what the last run left. @throws the system's error, such as ENOSPC. */
  readonly commit: () => void;
  /** Takes away what was not committed. */
  readonly close: () => void;
}

/** Raised whenever a line means something else. */
const cacheVersion = 1;
const pieceBytes = 1 << 20;
const newline = 10;

/**
 * Opens the cache in a file. One that is missing, damaged, or was made with other settings is as good as empty.
 * The file: a line that names the settings, a line of JSON for each file, and a line with the SHA-256 of all before.
 */
export function openFileCache(file: string, settings: string): FileCache {
  const header = `${JSON.stringify({ cache: cacheVersion, settings })}\n`;
  const lines = readLines(file, header);
  const next = createWriter(`${file}.next`, header);
  let ahead = lines.read();
  return {
    find(path) {
      while (ahead && ahead.known.path < path) ahead = lines.read();
      return ahead?.known.path === path ? ahead.known : undefined;
    },
    keep: (known) => next.write(known === ahead?.known ? ahead.line : `${JSON.stringify(known)}\n`),
    commit() {
      if (next.finish() === lines.digest) return;
      renameSync(`${file}.next`, file);
    },
    close: next.close,
  };
}

/** The lines between the header and the digest; none when either is not as expected. */
function readLines(file: string, header: string) {
  const content = readWhole(file);
  const end = content.lastIndexOf(newline, -2) + 1;
  const digest = createHash('sha256').update(content.subarray(0, end)).digest('hex');
  const isSound =
    content.toString('latin1', end) === `${digest}\n` &&
    content.subarray(0, Buffer.byteLength(header)).equals(Buffer.from(header));
  let start = isSound ? Buffer.byteLength(header) : end;
  return {
    digest: isSound ? digest : undefined,
    read(): { readonly line: string; readonly known: KnownFile } | undefined {
      if (start >= end) return undefined;
      const stop = content.indexOf(newline, start) + 1;
      const line = content.toString('utf8', start, stop);
      start = stop;
      return { line, known: JSON.parse(line) as KnownFile };
    },
  };
}

function readWhole(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Writes lines to a file, gathered; a fault is kept for `finish`. */
function createWriter(file: string, header: string) {
  const hash = createHash('sha256');
  let descriptor: number | undefined;
  let fault: unknown;
  let gathered: string[] = [];
  let length = 0;

  const flush = (): void => {
    const bytes = Buffer.from(gathered.join(''));
    gathered = [];
    length = 0;
    if (fault !== undefined) return;
    try {
      descriptor ??= openSync(file, 'w');
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    } catch (error) {
      fault = error;
    }
  };
  const write = (line: string): void => {
    hash.update(line);
    gathered.push(line);
    length += line.length;
    if (length >= pieceBytes) flush();
  };
  const closeFile = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };

  write(header);
  return {
    write,
    /** Digest of the lines. */
    finish(): string {
      const digest = hash.digest('hex');
      gathered.push(`${digest}\n`);
      flush();
      closeFile();
      if (fault !== undefined) throw fault;
      return digest;
    },
    close(): void {
      closeFile();
      rmSync(file, { recursive: true, force: true });
    },
  };
}
