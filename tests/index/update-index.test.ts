import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IsIndexed } from '../../src/index/collect-articles.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { textToEmbed } from '../../src/index/terms.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { type CorpusChange, SEQUENCE } from '../../src/types.ts';
import { articleOf, chunk, optionsFor, unitVectorOf, withFolder, worldOfVersion } from './world.ts';

const world = {
  'a.txt': 'Lavrov met the press. Talks went on.\nA snowball fell. the. Nothing else.',
  'b.txt': 'Grüße aus Genf — “quoted”.\nTalks ended.',
  'c.txt': '',
  'd.txt': 'Grüße aus Genf — “quoted”.\nTalks ended.',
};

describe('updateIndex', () => {
  it('stores articles and passages so that they come back letter for letter', () =>
    withFolder(async (folder) => {
      const summary = await updateIndex(optionsFor(folder, world));
      expect(summary).toMatchObject({
        generation: 1,
        written: true,
        articles: 2,
        passages: 4,
        embedded: 4,
        languages: { en: 2 },
        skipped: [{ path: 'c.txt', reason: 'empty' }],
        duplicates: [{ path: 'd.txt', of: 'b.txt' }],
      });
      const index = await openIndex(folder);
      expect(index).toMatchObject({
        generation: 1,
        rowCount: 4,
        passageCount: 4,
        fingerprint: 'fake-16',
        dimensions: 16,
      });
      expect(index.skipped).toEqual(summary.skipped);
      expect(index.duplicates).toEqual(summary.duplicates);
      const articles = [articleOf('a.txt', world['a.txt']), articleOf('b.txt', world['b.txt'])];
      const { body: _body, headings: _headings, ...info } = articles[0]!;
      expect(index.articles[0]).toEqual(info);
      for (const article of articles) {
        expect(index.readArticle(article.id)).toEqual(article);
        const rows = index.rowsOf(article.id);
        expect(rows.map(index.passage)).toEqual(chunk(article));
        expect(rows.map((row) => index.rowOf(index.passage(row).id))).toEqual(rows);
        expect(rows.map((row) => index.articleOf(row).id)).toEqual([article.id, article.id]);
      }
      expect(index.rowOf('nobody-0')).toBe(-1);
      expect(index.rowOf(`${articles[0]!.id}-2`)).toBe(-1);
      expect(index.rowOf(`${articles[0]!.id}-`)).toBe(-1);
      expect(index.rowsOf('nobody')).toEqual([]);
      expect(index.readArticle('nobody')).toBeUndefined();
      index.close();
    }));

  it('keeps term sequences and postings as promised', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      const index = await openIndex(folder);
      const row = index.rowOf(`${articleOf('a.txt', '').id}-1`);
      const shown = [...index.sequence(row)].map((value) => {
        if (value === SEQUENCE.titleEnd) return '|';
        if (value === SEQUENCE.sentenceEnd) return '.';
        return (value >= SEQUENCE.partBit ? '+' : '') + index.term(value % SEQUENCE.partBit);
      });
      expect(shown.join(' ')).toBe(
        'en:report +name:report en:a en:txt en:news +name:news | en:a +name:a en:snowball +en:snow +en:ball en:fell . . en:nothing +name:nothing en:else',
      );
      expect(index.lengthOf(row)).toBe(9);
      expect(index.termId('en:missing')).toBe(-1);
      const id = index.termId('en:a');
      expect(index.term(id)).toBe('en:a');
      const [postings] = index.postings(id);
      expect(postings).toMatchObject({
        base: 0,
        rows: Uint32Array.of(0, 1),
        frequencies: Uint8Array.of(1, 2),
      });
      expect(index.documentFrequency(id)).toBe(2);
      expect(index.postings(index.termId('en:snow'))[0]?.rows).toEqual(Uint32Array.of(1));
      const lengths = [0, 1, 2, 3].map(index.lengthOf);
      expect(index.averageLength).toBeCloseTo(lengths.reduce((sum, length) => sum + length) / 4);
      index.close();
    }));

  it('finds the passage whose embedded text is asked for', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      const index = await openIndex(folder);
      const article = articleOf('b.txt', world['b.txt']);
      const passage = chunk(article)[1]!;
      const [best, second] = (await index.nearest(unitVectorOf(textToEmbed(passage, article.title)), 2))();
      expect(index.passage(best!.row).id).toBe(passage.id);
      expect(best!.similarity).toBeCloseTo(1, 5);
      expect(second!.similarity).toBeLessThan(0.99);
      const others = (await index.nearest(unitVectorOf('x'), 9, (row) => row !== best!.row))();
      expect(others.map(({ row }) => row)).not.toContain(best!.row);
      expect(others).toHaveLength(3);
      await expect((async () => index.nearest([1, 2], 1))()).rejects.toThrow(
        'a vector of 16 numbers is needed, not of 2',
      );
      index.close();
    }));

  it('takes the word of a reader for what it need not read again', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, world));
      const known = articleOf('a.txt', world['a.txt']);
      const changed = articleOf('b.txt', 'Talks began.');
      async function* read(isIndexed: IsIndexed): AsyncGenerator<CorpusChange> {
        expect(isIndexed('a.txt', known.digest)).toBe(true);
        expect(isIndexed('a.txt', changed.digest)).toBe(false);
        expect(isIndexed('c.txt', known.digest)).toBe(false);
        yield { kind: 'unchanged', path: 'a.txt', digest: known.digest, warnings: ['a.txt: odd date'] };
        yield { kind: 'article', article: changed, warnings: [] };
        yield { kind: 'duplicate', path: 'd.txt', of: 'b.txt', warnings: ['d.txt: odd'] };
      }
      expect(await updateIndex(optionsFor(folder, {}, { articles: read }))).toMatchObject({
        articles: 2,
        passages: 3,
        embedded: 1,
        languages: { en: 2 },
        duplicates: [{ path: 'd.txt', of: 'b.txt' }],
        warnings: ['a.txt: odd date', 'd.txt: odd'],
      });
      async function* invent(): AsyncGenerator<CorpusChange> {
        yield { kind: 'unchanged', path: 'z.txt', digest: known.digest, warnings: [] };
      }
      await expect(updateIndex(optionsFor(folder, {}, { articles: invent }))).rejects.toThrow(
        'z.txt is not in the index',
      );
    }));

  it('names a folder that is a file', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'index');
      writeFileSync(file, '');
      await expect(updateIndex(optionsFor(file, world))).rejects.toThrow(
        /index could not be written: that is a file/,
      );
      await expect(openIndex(file)).rejects.toThrow(/no index in/);
    }));

  it('can be opened at any moment while runs follow each other', () =>
    withFolder(async (folder) => {
      await updateIndex(optionsFor(folder, worldOfVersion(1)));
      let isRunning = true;
      let newest = 1;
      let opened = 0;
      const open = async (): Promise<void> => {
        while (isRunning) {
          const least = newest;
          const index = await openIndex(folder, { onWarning: (warning) => expect.fail(warning) });
          expect(index.generation).toBeGreaterThanOrEqual(least);
          opened++;
          index.close();
        }
      };
      const readers = Promise.all([open(), open()]);
      for (let version = 2; version <= 20; version++) {
        newest = (await updateIndex(optionsFor(folder, worldOfVersion(version)))).generation;
      }
      isRunning = false;
      await readers;
      expect(opened).toBeGreaterThan(10);
    }));
});
