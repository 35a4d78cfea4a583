import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSynset } from './wordnet.ts';

/** A meaning of an English noun. */
export interface Meaning {
  /** Its synonyms in small letters, the words of a phrase joined by `_`. */
  readonly words: readonly string[];
  /** Keys of the meanings one step more general, those of which it is an instance (Berlin: capital) among them. */
  readonly broader: readonly string[];
}

/** WordNet's nouns. */
export interface Hierarchy {
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** Keys of a noun's meanings, the most frequent first. */
  readonly senses: ReadonlyMap<string, readonly string[]>;
}

/** Reads the nouns of WordNet 3.0 (package wordnet-base); see wndb(5WN). */
export async function readHierarchy(folder: string): Promise<Hierarchy> {
  const linesOf = async (file: string): Promise<string[]> =>
    (await readFile(join(folder, file), 'latin1')).split('\n').filter((line) => /^\S/.test(line));
  const meanings = new Map<string, Meaning>();
  for (const line of await linesOf('data.noun')) {
    const { words, pointers } = parseSynset(line);
    meanings.set(line.slice(0, 8), {
      words: words.map((word) => word.toLowerCase().replace(/ /g, '_')),
      broader: pointers
        .filter(({ kind }) => kind === '@' || kind === '@i')
        .map(({ target }) => target.slice('noun'.length)),
    });
  }
  const senses = new Map<string, readonly string[]>();
  for (const line of await linesOf('index.noun')) {
    const [word = '', , count = '0', ...rest] = line.trim().split(' ');
    senses.set(word, rest.slice(-Number(count)));
  }
  return { meanings, senses };
}
