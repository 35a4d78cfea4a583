import { bytesOf, createFileWriter, type FileDigest } from './files.ts';

/**
 * Several arrays of numbers in one file, read without copying.
 *
 * Layout, little-endian: length of the header (uint32), header (JSON: name, kind and length of each column),
 * then the columns, each from a multiple of 8 bytes on.
 */
export type Columns = Readonly<Record<string, Uint8Array | Uint32Array>>;

type Header = readonly (readonly [name: string, kind: 'u8' | 'u32', length: number])[];

export interface ColumnReader {
  readonly bytes: (name: string) => Uint8Array;
  readonly numbers: (name: string) => Uint32Array;
}

const align = (offset: number): number => Math.ceil(offset / 8) * 8;

/** Writes a new column file and flushes it. */
export function writeColumns(path: string, columns: Columns): FileDigest {
  const header: Header = Object.entries(columns).map(([name, column]) => [
    name,
    column instanceof Uint32Array ? 'u32' : 'u8',
    column.length,
  ]);
  const json = Buffer.from(JSON.stringify(header));
  const writer = createFileWriter(path);
  let offset = 0;
  const put = (bytes: Uint8Array): void => {
    writer.write(bytes);
    offset += bytes.length;
    const gap = align(offset) - offset;
    writer.write(new Uint8Array(gap));
    offset += gap;
  };
  try {
    writer.write(bytesOf(Uint32Array.of(json.length)));
    offset = 4;
    put(json);
    for (const column of Object.values(columns)) {
      put(column instanceof Uint32Array ? bytesOf(column) : column);
    }
    return writer.finish();
  } finally {
    writer.abandon();
  }
}

/** Views into the content of a column file. `content` must start at the beginning of its buffer and be checked already. */
export function parseColumns(content: Uint8Array): ColumnReader {
  const headerBytes = new DataView(content.buffer).getUint32(0, true);
  const header = JSON.parse(Buffer.from(content.buffer, 4, headerBytes).toString()) as Header;
  const columns = new Map<string, Uint8Array | Uint32Array>();
  let offset = align(4 + headerBytes);
  for (const [name, kind, length] of header) {
    const column =
      kind === 'u32'
        ? new Uint32Array(content.buffer, offset, length)
        : new Uint8Array(content.buffer, offset, length);
    columns.set(name, column);
    offset = align(offset + column.byteLength);
  }
  const find = (name: string): Uint8Array | Uint32Array => {
    const column = columns.get(name);
    if (!column) throw new Error(`column ${name} is missing`);
    return column;
  };
  return {
    bytes: (name) => find(name) as Uint8Array,
    numbers: (name) => find(name) as Uint32Array,
  };
}
