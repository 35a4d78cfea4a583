import { createHash } from 'node:crypto';
import { Fault } from '../errors.ts';
import type { Word } from '../language/analyse.ts';
import type { Language } from '../types.ts';
import type { Segment } from './open-segment.ts';
import { hashBytes } from './segment-format.ts';

/** What an embedding model may look at. */
export interface PassageToEmbed {
  /** Title, heading and text. */
  readonly text: string;
  readonly language: Language;
  /** The words of the text, as they are read in that language. */
  readonly words: readonly Word[];
}

/** Passages to vectors, in the same order. */
export type EmbedPassages = (
  passages: readonly PassageToEmbed[],
) => Promise<readonly (Float32Array | readonly number[])[]>;

/** What tells whether a text was embedded before. */
export function hashText(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, hashBytes);
}

/** Finds vectors of an earlier generation by the digest of what was embedded; dead rows serve as well. */
export function createVectorLookup(
  segments: readonly Segment[],
): (hash: Uint8Array) => Float32Array | undefined {
  // Made when the first passage asks; a run that finds nothing changed never does.
  let maps: readonly ReadonlyMap<number, number>[] | undefined;
  return (hash) => {
    maps ??= segments.map(mapRows);
    const key = keyOf(hash);
    for (const [place, segment] of segments.entries()) {
      const row = maps[place]!.get(key);
      if (row !== undefined && Buffer.compare(segment.hashAt(row), hash) === 0) return segment.vectorAt(row);
    }
    return undefined;
  };
}

/** Rows of a segment by the keys of their digests. */
function mapRows(segment: Segment): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < segment.info.rows; row++) rows.set(keyOf(segment.hashAt(row)), row);
  return rows;
}

/** 48 bits of a digest: a number finds faster than a text, and the whole digest is compared afterwards. */
function keyOf(hash: Uint8Array): number {
  let key = 0;
  for (let place = 0; place < 6; place++) key = key * 256 + hash[place]!;
  return key;
}

/**
 * Embeds passages in batches and brings the vectors to unit length; a vector of zeros stays one.
 * @throws {Fault} when the model does not give one finite vector of the right length for each passage.
 */
export async function embedPassages(
  passages: readonly PassageToEmbed[],
  options: {
    readonly embed: EmbedPassages;
    readonly dimensions: number;
    readonly batchSize: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < passages.length; start += options.batchSize) {
    options.signal?.throwIfAborted();
    const batch = passages.slice(start, start + options.batchSize);
    const embedded = await options.embed(batch);
    if (embedded.length !== batch.length) {
      throw new Fault(`The embedding model gave ${embedded.length} vectors for ${batch.length} passages`);
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
  for (let place = 0; place < dimensions; place++) squares += given[place]! * given[place]!;
  if (!Number.isFinite(squares)) throw new Fault('The embedding model gave a vector that holds no numbers');
  const length = Math.sqrt(squares) || 1;
  const unit = new Float32Array(dimensions);
  for (let place = 0; place < dimensions; place++) unit[place] = given[place]! / length;
  return unit;
}
