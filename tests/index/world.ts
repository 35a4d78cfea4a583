import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { UpdateOptions } from '../../src/index/update-index.ts';
import type { Token } from '../../src/language/analyse.ts';
import type { Article, CorpusChange, Passage, Span } from '../../src/types.ts';

/** A corpus in memory: path to body. A body's lines are its passages, a full stop ends a sentence. */
export type World = Readonly<Record<string, string>>;

export const dimensions = 16;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function articleOf(file: string, body: string): Article {
  return {
    id: digestOf(file).slice(0, 12),
    path: file,
    title: `Report ${file}`,
    date: '2022-01-21',
    language: 'en',
    digest: digestOf(body),
    body,
    headings: [],
  };
}

export function chunk(article: Article): Passage[] {
  let start = 0;
  return article.body.split('\n').map((text, ordinal) => {
    const span: Span = [start, start + text.length];
    start += text.length + 1;
    const id = `${article.id}-${ordinal}`;
    const key = digestOf(id + text).slice(0, 10);
    return { id, key, articleId: article.id, ordinal, span, text, language: 'en', heading: 'News' };
  });
}

/** Words as they stand; `the` is a stop word, `snowball` has parts, words with a capital are names. */
export function analyse(text: string): Token[] {
  return [...text.matchAll(/\p{L}+|\d+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    term: `en:${match[0].toLowerCase()}`,
    id: -1,
    parts: match[0] === 'snowball' ? ['en:snow', 'en:ball'] : [],
    stop: match[0] === 'the',
    name: /^\p{Lu}/u.test(match[0]) ? match[0].toLowerCase() : '',
  }));
}

export function splitSentences(text: string): Span[] {
  return [...text.matchAll(/[^.]+\.?\s*/g)].map((match) => [match.index, match.index + match[0].length]);
}

/** A direction that depends on the text alone. */
export function vectorOf(text: string): number[] {
  const bytes = createHash('sha512').update(text).digest();
  return Array.from({ length: dimensions }, (_, place) => bytes.readInt16LE(place * 2) / 32_768);
}

export function unitVectorOf(text: string): Float32Array {
  const vector = vectorOf(text);
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / length);
}

/** Articles with equal bodies are duplicates, empty ones are skipped. */
async function* readWorld(world: World): AsyncGenerator<CorpusChange> {
  const paths = new Map<string, string>();
  for (const [file, body] of Object.entries(world).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const of = paths.get(body);
    if (body === '') yield { kind: 'skipped', path: file, reason: 'empty' };
    else if (of !== undefined) yield { kind: 'duplicate', path: file, of, warnings: [] };
    else yield { kind: 'article', article: articleOf(file, body), warnings: [] };
    if (of === undefined) paths.set(body, file);
  }
}

/** Options of a run over a world. */
export function optionsFor(indexDir: string, world: World, more: Partial<UpdateOptions> = {}): UpdateOptions {
  return {
    indexDir,
    articles: readWorld(world),
    chunk,
    analyse,
    splitSentences,
    isKnown: () => false,
    embed: async (passages) => passages.map(({ text }) => vectorOf(text)),
    batchSize: 3,
    dimensions,
    fingerprint: 'fake-16',
    settings: 'v1',
    // So that graphs, too, are built, damaged and merged.
    graphFrom: 2048 * 16,
    ...more,
  };
}

/** Memory, where there is a folder for it: hundreds of flushes would wear a disk and the reader's patience. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new folder that is removed when `use` is done. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(scratch, 'fundstelle-index-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A world whose every passage tells its version; later ones drop, change and add articles. */
export function worldOfVersion(version: number): World {
  return Object.fromEntries(
    Array.from({ length: 30 }, (_, number) => number)
      .filter((number) => (number + version) % 5 !== 0)
      .map((number) => {
        // Most articles stay the same for a while, as in a real corpus.
        const edition = number % 6 === 0 ? version : Math.floor(version / 4);
        return [`${number}.txt`, `Report ${number}, edition ${edition}.\nMore of it in edition ${edition}.`];
      }),
  );
}
