import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNewsWriter, type NewsMaterial } from '../../../scripts/bench/text.ts';
import { readAll } from '../../corpus/folder.ts';

const letters = [...'bcdfghklmnprstvw'];
const words = letters.flatMap((a) => letters.map((b) => ({ id: 0, forms: [`${a}o${b}a`, `${a}o${b}en`] })));
const material: NewsMaterial = {
  words,
  topics: { count: 3, topic: (n) => words.slice(50 * n, 50 * n + 50) },
  skeletons: [
    [
      'Der ',
      { slot: 'noun' },
      ' hat ',
      { slot: 'number' },
      ' ',
      { slot: 'word' },
      ' an ',
      { slot: 'name' },
      '.',
    ],
  ],
  seed: 1,
};

describe('createNewsWriter', () => {
  it('writes the same article for the same number and seed, whatever was written before', () => {
    const write = createNewsWriter(material);
    write(5);
    expect(write(7)).toEqual(createNewsWriter(material)(7));
    expect(write(7).body).not.toBe(write(8).body);
    expect(write(7).body).not.toBe(createNewsWriter({ ...material, seed: 2 })(7).body);
  });

  it('fills skeletons: nouns and names are capitalised, words are not', () => {
    for (const sentence of createNewsWriter(material)(3).body.split(/(?<=\.)\s+/)) {
      expect(sentence).toMatch(/^Der [A-Z]\w+ hat \d+ [a-z]\w+ an \p{Lu}\p{Ll}+\.$/u);
    }
  });

  it('tells one story in several articles, with the same names', () => {
    const write = createNewsWriter(material);
    const heroes = Array.from({ length: 400 }, (_, n) => write(n).title.split(':')[0]!);
    const stories = new Set(heroes).size;
    expect(stories).toBeGreaterThan(40);
    expect(stories).toBeLessThanOrEqual(100);
  });

  it('is read by the product as it was written', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-text-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { name, title, body, text } = createNewsWriter(material)(12);
    writeFileSync(path.join(folder, name), text);
    for (const result of await readAll(folder)) {
      expect(result).toMatchObject({ kind: 'article', warnings: [], article: { title, language: 'de' } });
      if (result.kind !== 'article') continue;
      expect(result.article.body.trim()).toBe(body);
      expect(text).toContain(`date: ${result.article.date}\nsource: ${result.article.source}\n`);
    }
    expect.assertions(3);
  });
});
