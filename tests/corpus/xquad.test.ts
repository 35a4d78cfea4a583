import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chunkArticle } from '../../src/corpus/chunk.ts';
import type { Article } from '../../src/types.ts';
import { readAll } from './folder.ts';

const bench = fileURLToPath(new URL('../../../shared/bench/xquad-dev/', import.meta.url));
const present = existsSync(bench);
if (!present) console.warn(`Skipped: the development questions are not at ${bench}`);

describe.skipIf(!present).each(['de', 'en'])('XQuAD articles in %s', (language) => {
  const read = async (): Promise<Article[]> =>
    (await readAll(`${bench}corpus-${language}`)).map((result) => {
      if (result.kind === 'skipped') throw new Error(`${result.path}: ${result.reason}`);
      expect(result.warnings).toEqual([]);
      return result.article;
    });

  it('hold every answer at its offsets', async () => {
    const bodies = new Map((await read()).map(({ path, body }) => [path, body]));
    const lines = ['de', 'en'].flatMap((asked) =>
      readFileSync(`${bench}${asked}-${language}.jsonl`, 'utf8').trim().split('\n'),
    );
    expect(lines.length).toBe(1224);
    for (const line of lines) {
      const { id, article, start, end, answer } = JSON.parse(line);
      expect(bodies.get(article)?.slice(start, end), id).toBe(answer);
    }
  });

  it('keep most paragraphs of 80 to 160 words in one passage', async () => {
    const articles = await read();
    const passages = new Set(articles.flatMap(chunkArticle).map(({ text }) => text));
    const paragraphs = articles
      .flatMap(({ body }) => body.split('\n\n'))
      .map((text) => text.trim())
      .filter((text) => text.split(/\s+/).length >= 80 && text.split(/\s+/).length <= 160);
    const kept = paragraphs.filter((text) => passages.has(text));
    expect(kept.length / paragraphs.length).toBeGreaterThan(0.95);
  });
});
