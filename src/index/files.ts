import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** What a file must be to be trusted. */
export interface FileDigest {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Appends to one new file; nothing is promised before `finish`. */
export interface FileWriter {
  readonly write: (chunk: Uint8Array | string) => void;
  /** Flushes to the disk; the digest is of the bytes that were meant to be written. */
  readonly finish: () => FileDigest;
  /** Closes without promising anything; harmless after `finish`. */
  readonly abandon: () => void;
}

const pieceBytes = 1 << 20;

/** Creates a file and digests what goes into it. Small writes are gathered. @throws the system's error, such as ENOSPC. */
export function createFileWriter(path: string): FileWriter {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const file = openSync(path, 'wx');
  let buffered = 0;
  let bytes = 0;
  let isOpen = true;

  const writeAll = (chunk: Uint8Array): void => {
    hash.update(chunk);
    bytes += chunk.length;
    for (let written = 0; written < chunk.length; ) {
      written += writeSync(file, chunk, written, chunk.length - written);
    }
  };

  const flush = (): void => {
    if (buffered > 0) writeAll(buffer.subarray(0, buffered));
    buffered = 0;
  };

  const abandon = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };

  return {
    write(chunk) {
      const added = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
      if (buffered + added.length > pieceBytes) flush();
      if (added.length > pieceBytes) {
        writeAll(added);
      } else {
        buffer.set(added, buffered);
        buffered += added.length;
      }
    },
    finish() {
      flush();
      fsyncSync(file);
      abandon();
      return { bytes, sha256: hash.digest('hex') };
    },
    abandon,
  };
}

/** Writes a whole file and flushes it to the disk. */
export function writeFlushed(path: string, content: Uint8Array | string): FileDigest {
  const writer = createFileWriter(path);
  try {
    writer.write(content);
    return writer.finish();
  } finally {
    writer.abandon();
  }
}

/** Makes a rename or a new name in a folder last. Windows cannot flush folders and does not need to. */
export function flushFolder(path: string): void {
  if (process.platform !== 'win32') flush(path, 'r');
}

/** Flushes a file that something else has written. */
export function flushFile(path: string): void {
  flush(path, 'r+');
}

function flush(path: string, mode: 'r' | 'r+'): void {
  const file = openSync(path, mode);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file from start to end into `buffer`, from its beginning again when it is full, and gives way to other work
 * between pieces. Asking the thread pool for each piece would take longer than the page cache does.
 */
async function readPieces(
  path: string,
  buffer: Uint8Array,
  onPiece: (piece: Uint8Array) => void,
): Promise<void> {
  const file = openSync(path, 'r');
  try {
    for (let filled = 0; buffer.length > 0; filled %= buffer.length) {
      const bytes = readSync(file, buffer, filled, Math.min(pieceBytes, buffer.length - filled), null);
      if (bytes === 0) return;
      onPiece(buffer.subarray(filled, filled + bytes));
      filled += bytes;
      if (bytes === pieceBytes) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

/** Digest of what really is on the disk, or at least of what the system gives back. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  await readPieces(path, Buffer.allocUnsafe(pieceBytes), (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  return { bytes, sha256: hash.digest('hex') };
}

/** @throws {Error} when the file is not what the digest promises. */
export async function checkFile(path: string, expected: FileDigest): Promise<void> {
  const found = await digestFile(path);
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256) throw unlikeWritten(path);
}

/**
 * The content of a file, in memory of its own. `isKnown`: its digest was compared before, now only its length is.
 * @throws {Error} when it is not what the digest promises.
 */
export async function readChecked(path: string, expected: FileDigest, isKnown = false): Promise<Uint8Array> {
  if (statSync(path).size !== expected.bytes) throw unlikeWritten(path);
  const content = new Uint8Array(expected.bytes);
  const hash = createHash('sha256');
  await readPieces(path, content, (piece) => isKnown || hash.update(piece));
  if (!isKnown && hash.digest('hex') !== expected.sha256) throw unlikeWritten(path);
  return content;
}

const unlikeWritten = (path: string): Error => new Error(`${path} is not as it was written`);

/** The bytes of typed numbers, without copying. */
export function bytesOf(numbers: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
