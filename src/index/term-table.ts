import type { ColumnReader, Columns } from './columns.ts';

/**
 * Terms of a segment that no earlier segment has, numbered from `base` on in order of first appearance.
 * A hash table with open addressing over UTF-8 bytes: opened by looking at it, without a string for each term.
 */
export interface TermTable {
  readonly base: number;
  readonly count: number;
  /** The id, or -1. */
  readonly find: (term: string) => number;
  /** `id` is `base` or more, and less than `base + count`. */
  readonly at: (id: number) => string;
}

/** The columns of a term table; terms are distinct. */
export function buildTermColumns(terms: readonly string[]): Columns {
  const encoded = terms.map((term) => Buffer.from(term, 'utf8'));
  const starts = new Uint32Array(terms.length + 1);
  // At most half full, so that a search ends after a step or two.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, terms.length) * 2)));
  encoded.forEach((bytes, index) => {
    starts[index + 1] = starts[index]! + bytes.length;
    let slot = hashBytes(bytes) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = index + 1;
  });
  return { starts, slots, bytes: new Uint8Array(Buffer.concat(encoded)) };
}

/** Opens what `buildTermColumns` made. */
export function openTermTable(columns: ColumnReader, base: number): TermTable {
  const starts = columns.numbers('starts');
  const slots = columns.numbers('slots');
  const column = columns.bytes('bytes');
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.length);
  const isAt = (index: number, term: Buffer): boolean =>
    term.compare(bytes, starts[index], starts[index + 1]) === 0;

  return {
    base,
    count: starts.length - 1,
    find(term) {
      const wanted = Buffer.from(term, 'utf8');
      let slot = hashBytes(wanted) & (slots.length - 1);
      for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
        if (isAt(entry - 1, wanted)) return base + entry - 1;
        slot = (slot + 1) & (slots.length - 1);
      }
      return -1;
    },
    at: (id) => bytes.toString('utf8', starts[id - base], starts[id - base + 1]),
  };
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo 1991). */
function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
