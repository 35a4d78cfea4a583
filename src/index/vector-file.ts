import { closeSync, openSync, readSync } from 'node:fs';
import { bytesOf } from './files.ts';

/** Opens vectors that lie end to end in a file, to be read one after the other. Each is valid only until the next one. */
export function openVectorFile(
  file: string,
  dimensions: number,
): { readonly at: (row: number) => Float32Array; readonly close: () => void } {
  const rowsAtOnce = 1024;
  const descriptor = openSync(file, 'r');
  const block = new Float32Array(rowsAtOnce * dimensions);
  let first = -1;
  return {
    at(row) {
      const wanted = row - (row % rowsAtOnce);
      if (wanted !== first)
        readSync(descriptor, bytesOf(block), 0, block.byteLength, wanted * dimensions * 4);
      first = wanted;
      return block.subarray((row - first) * dimensions, (row - first + 1) * dimensions);
    },
    close: () => closeSync(descriptor),
  };
}
