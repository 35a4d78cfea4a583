import { Fault, messageOf } from '../errors.ts';
import type { PassageIndex } from '../types.ts';
import { generationFolder, listGenerations, parsePointer, readPointer } from './generations.ts';
import { type Generation, openGeneration } from './open-generation.ts';
import type { SegmentSource } from './open-segment.ts';

export interface OpenOptions {
  /** The embedding model of the one who asks; its vectors must be those of the index. */
  readonly fingerprint?: string;
  /** The settings of the one who asks, see `UpdateOptions.settings`. */
  readonly settings?: string;
  readonly onWarning?: (message: string) => void;
}

/** How often an embed run may take a generation away while we open it. */
const attempts = 3;

/**
 * Opens the newest generation that is whole; every file's SHA-256 is checked before use.
 * A damaged generation is reported to `onWarning`, and the one before it answers.
 * @throws {Fault} when there is no index, none is whole, or it was made by another version, model or settings.
 */
export async function openIndex(indexDir: string, options: OpenOptions = {}): Promise<PassageIndex> {
  const { generation, damages } = await openNewest(indexDir);
  if (!generation) {
    throw new Fault(
      damages.length === 0
        ? `There is no index in ${indexDir} yet. Build it with: npm run embed`
        : `The index in ${indexDir} is damaged (${damages.join('; ')}). Build it again with: npm run embed -- --rebuild`,
    );
  }
  try {
    checkMaker(indexDir, generation, options);
  } catch (error) {
    generation.index.close();
    throw error;
  }
  if (damages.length > 0) {
    options.onWarning?.(
      `The index in ${indexDir} is damaged (${damages.join('; ')}). ` +
        `Generation ${generation.manifest.generation} answers instead. Mend it with: npm run embed`,
    );
  }
  return generation.index;
}

/** The newest whole generation, and what is wrong with those that should have come before it. */
export interface Newest {
  readonly generation: Generation | undefined;
  readonly damages: readonly string[];
}

type Parts = Pick<SegmentSource, 'search'>;

/** Opens the newest whole generation. @throws {Fault} when another version of the program wrote it. */
export async function openNewest(indexDir: string, parts: Parts = {}): Promise<Newest> {
  for (let attempt = 1; ; attempt++) {
    const pointer = await readPointer(indexDir);
    const newest = await openFirstWhole(indexDir, parsePointer(pointer), parts);
    // A run that ended meanwhile has moved on, and may have taken away what was to be opened.
    const isSettled = newest.damages.length === 0 || (await readPointer(indexDir)) === pointer;
    if (isSettled || attempt === attempts) return newest;
    newest.generation?.index.close();
  }
}

async function openFirstWhole(indexDir: string, current: number | undefined, parts: Parts): Promise<Newest> {
  const numbers = await listGenerations(indexDir);
  const damages: string[] = [];
  if (current === undefined && numbers.length > 0) damages.push('CURRENT names no generation');
  const others = numbers.filter((number) => number !== current);
  for (const number of current === undefined ? others : [current, ...others]) {
    try {
      return { generation: await openGeneration(generationFolder(indexDir, number), parts), damages };
    } catch (error) {
      if (error instanceof Fault) throw error;
      damages.push(`generation ${number}: ${messageOf(error)}`);
    }
  }
  return { generation: undefined, damages };
}

/** What a fingerprint says besides the version: built-in, openai:text-embedding-3-small. */
const nameOf = (fingerprint: string): string => fingerprint.split(' ')[0]!;

function checkMaker(indexDir: string, { manifest }: Generation, expected: OpenOptions): void {
  const remedy = 'Build it again with: npm run embed -- --rebuild';
  if (expected.fingerprint !== undefined && expected.fingerprint !== manifest.fingerprint) {
    if (nameOf(expected.fingerprint) === nameOf(manifest.fingerprint)) {
      throw new Fault(
        `The index in ${indexDir} was made with another version of the ${nameOf(manifest.fingerprint)} model. ${remedy}`,
      );
    }
    throw new Fault(
      `The index in ${indexDir} was made with the embeddings "${manifest.fingerprint}", ` +
        `EMBEDDINGS now says "${expected.fingerprint}". Set it back, or: ${remedy}`,
    );
  }
  if (expected.settings !== undefined && expected.settings !== manifest.settings) {
    throw new Fault(
      `The index in ${indexDir} was made with other settings or another language model. ${remedy}`,
    );
  }
}
