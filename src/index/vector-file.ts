import { closeSync, openSync, readSync } from 'node:fs';
import { bytesOf } from './files.ts';

/** Vectors that lie end to end in a file. */
export interface VectorFile {
  /** A vector; valid only until the next one is read. Cheap when rows are asked for in ascending order. */
  readonly at: (row: number) => Float32Array;
  readonly close: () => void;
}

/** Rows read at once by those who read all, and by those who look here and there. */
export type Reach = 1024 | 8;

/** Opens a file of `rows` vectors. */
export function openVectorFile(path: string, dimensions: number, rows: number, reach: Reach): VectorFile {
  const file = openSync(path, 'r');
  const block = new Float32Array(reach * dimensions);
  let first = 0;
  let read = 0;
  return {
    at(row) {
      if (row < first || row >= first + read) {
        first = row;
        read = Math.min(reach, rows - row);
        const bytes = read * dimensions * 4;
        if (readSync(file, bytesOf(block), 0, bytes, row * dimensions * 4) !== bytes) {
          throw new Error(`${path} ends before vector ${row}`);
        }
      }
      return block.subarray((row - first) * dimensions, (row - first + 1) * dimensions);
    },
    close: () => closeSync(file),
  };
}
