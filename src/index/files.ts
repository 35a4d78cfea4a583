import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';

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
  if (process.platform === 'win32') return;
  flushFile(path);
}

/** Flushes a file that something else has written. */
export function flushFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads a file from start to end. Each piece is valid only until the next one. */
async function readPieces(path: string, onPiece: (piece: Uint8Array) => void): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(size, pieceBytes)));
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      onPiece(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** Digest of what really is on the disk, or at least of what the system gives back. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  await readPieces(path, (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  return { bytes, sha256: hash.digest('hex') };
}

/** @throws {Error} when the file is not what the digest promises. */
export async function checkFile(path: string, expected: FileDigest): Promise<void> {
  const found = await digestFile(path);
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256) {
    throw new Error(`${path} is not as it was written`);
  }
}

/** The content of a file, in memory of its own. @throws {Error} when it is not what the digest promises. */
export async function readChecked(path: string, expected: FileDigest): Promise<Uint8Array> {
  const content = new Uint8Array(expected.bytes);
  const hash = createHash('sha256');
  let filled = 0;
  await readPieces(path, (piece) => {
    if (filled + piece.length > content.length) throw new Error(`${path} is longer than it was written`);
    hash.update(piece);
    content.set(piece, filled);
    filled += piece.length;
  });
  if (filled !== expected.bytes || hash.digest('hex') !== expected.sha256) {
    throw new Error(`${path} is not as it was written`);
  }
  return content;
}

/** The bytes of typed numbers, without copying. */
export function bytesOf(numbers: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
