import { createHash } from 'node:crypto';
import { Fault } from '../errors.ts';
import type { Segment } from './open-segment.ts';
import { hashBytes } from './segment-format.ts';

/** Texts to vectors, in the same order. */
export type EmbedTexts = (texts: readonly string[]) => Promise<readonly (Float32Array | readonly number[])[]>;

/** What tells whether a text was embedded before. */
export function hashText(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, hashBytes);
}

/** Finds vectors of an earlier generation by the digest of what was embedded; dead rows serve as well. */
export function createVectorLookup(
  segments: readonly Segment[],
): (hash: Uint8Array) => Float32Array | undefined {
  // 48 bits of the digest as key; the whole digest decides.
  const keyOf = (hash: Uint8Array): number => Buffer.from(hash.buffer, hash.byteOffset, 6).readUIntBE(0, 6);
  let places: Map<number, { readonly segment: Segment; readonly row: number }> | undefined;
  const build = () => {
    const built: NonNullable<typeof places> = new Map();
    for (const segment of segments) {
      for (let row = 0; row < segment.info.rows; row++)
        built.set(keyOf(segment.hashAt(row)), { segment, row });
    }
    return built;
  };
  return (hash) => {
    places ??= build();
    const place = places.get(keyOf(hash));
    if (!place || Buffer.compare(place.segment.hashAt(place.row), hash) !== 0) return undefined;
    return place.segment.vectorAt(place.row);
  };
}

/**
 * Embeds texts in batches and brings the vectors to unit length; a vector of zeros stays one.
 * @throws {Fault} when the model does not give one finite vector of the right length for each text.
 */
export async function embedTexts(
  texts: readonly string[],
  options: {
    readonly embed: EmbedTexts;
    readonly dimensions: number;
    readonly batchSize: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += options.batchSize) {
    options.signal?.throwIfAborted();
    const batch = texts.slice(start, start + options.batchSize);
    const embedded = await options.embed(batch);
    if (embedded.length !== batch.length) {
      throw new Fault(`The embedding model gave ${embedded.length} vectors for ${batch.length} texts`);
    }
    for (const vector of embedded) vectors.push(toUnit(vector, options.dimensions));
  }
  return vectors;
}

function toUnit(given: Float32Array | readonly number[], dimensions: number): Float32Array {
  if (given.length !== dimensions) {
    throw new Fault(`The embedding model gave a vector of ${given.length} numbers instead of ${dimensions}`);
  }
  let squares = 0;
  for (const value of given) squares += value * value;
  if (!Number.isFinite(squares)) throw new Fault('The embedding model gave a vector that holds no numbers');
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(given, (value) => value / length);
}
