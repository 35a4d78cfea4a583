import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openIndex } from '../../src/index/open-index.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import { openStore } from '../../src/postgres/open-store.ts';
import { openPublisher } from '../../src/postgres/publish-index.ts';
import type { PassageIndex } from '../../src/types.ts';
import {
  dimensions,
  optionsFor,
  unitVectorOf,
  type World,
  withFolder,
  worldOfVersion,
} from '../index/world.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 180_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.run(
    `DROP TABLE IF EXISTS fundstelle_generations, fundstelle_files, fundstelle_vectors_${dimensions}`,
  );
});

/** What `npm run embed` does, for a world instead of a folder. */
async function embed(folder: string, world: World, fingerprint = 'fake-16') {
  const publisher = await openPublisher(database.url, dimensions);
  try {
    await updateIndex(optionsFor(path.join(folder, 'index'), world, { fingerprint }));
    return await publisher.publish(path.join(folder, 'index'));
  } finally {
    await publisher.close();
  }
}

const storeFor = (folder: string, bot = 'bot', fingerprint = 'fake-16') =>
  openStore({ url: database.url, cacheDir: path.join(folder, bot), fingerprint });

/** Opens the current generation for a while. */
async function withIndex<R>(
  folder: string,
  work: (index: PassageIndex) => Promise<R>,
  bot?: string,
): Promise<R> {
  const store = storeFor(folder, bot);
  try {
    const index = await store.open();
    try {
      return await work(index);
    } finally {
      index.close();
    }
  } finally {
    await store.close();
  }
}

/** Everything an index says about its passages, whatever their rows. */
function contentOf(index: PassageIndex) {
  const live = Array.from({ length: index.rowCount }, (_, row) => row).filter(index.isLive);
  return {
    passages: live.map((row) => index.passage(row)),
    articles: index.articles.map(({ id }) => index.readArticle(id)),
    terms: live.map((row) =>
      [...index.sequence(row)].map((id) => (id < index.termCount ? index.term(id) : id)),
    ),
    lengths: live.map((row) => index.lengthOf(row)),
    averageLength: index.averageLength,
    skipped: index.skipped,
    duplicates: index.duplicates,
  };
}

async function nearestOf(index: PassageIndex, text: string, k: number, accept?: (id: string) => boolean) {
  const end = await index.nearest(
    unitVectorOf(text),
    k,
    accept && ((row) => accept(index.passage(row).articleId)),
  );
  return end().map(({ row, similarity }) => [index.passage(row).id, similarity.toFixed(4)]);
}

const world: World = {
  'a.txt': 'Talks in Geneva.\nThey began on Friday.',
  'b.txt': 'Snow fell in the north.',
  'c.txt': '',
};

describe('an index in PostgreSQL', () => {
  it('answers as the files do that it was made from', () =>
    withFolder(async (folder) => {
      expect(await embed(folder, world)).toEqual({ generation: 1, written: true });
      const files = await openIndex(path.join(folder, 'index'));
      await withIndex(folder, async (index) => {
        expect(contentOf(index)).toEqual(contentOf(files));
        expect(index).toMatchObject({ generation: 1, dimensions, fingerprint: 'fake-16', passageCount: 3 });
        for (const k of [0, 1, 2, 9]) {
          expect(await nearestOf(index, 'Geneva', k)).toEqual(await nearestOf(files, 'Geneva', k));
        }
        await expect(Promise.resolve(index.nearest([1, 2], 1))).rejects.toThrow(
          'a vector of 16 numbers is needed, not of 2',
        );
      });
      files.close();
    }));

  it('finds what a filter lets through, down to nothing', () =>
    withFolder(async (folder) => {
      await embed(folder, worldOfVersion(1));
      const files = await openIndex(path.join(folder, 'index'));
      await withIndex(folder, async (index) => {
        for (const every of [1, 2, 7, 1000]) {
          const accept = (id: string): boolean => Number.parseInt(id, 16) % every === 0;
          expect(await nearestOf(index, 'report', 10, accept)).toEqual(
            await nearestOf(files, 'report', 10, accept),
          );
        }
        expect((await index.nearest(unitVectorOf('x'), 5, () => false))()).toEqual([]);
      });
      files.close();
    }));

  it(
    'comes to the same as the files after any edits, and keeps no vector too many',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 3 }),
          (versions) =>
            withFolder(async (folder) => {
              await database.run('DROP TABLE IF EXISTS fundstelle_generations');
              for (const version of versions) {
                const { generation } = await embed(folder, worldOfVersion(version));
                const files = await openIndex(path.join(folder, 'index'));
                await withIndex(folder, async (index) => {
                  expect(contentOf(index)).toEqual(contentOf(files));
                  expect(await nearestOf(index, 'edition', 20)).toEqual(
                    await nearestOf(files, 'edition', 20),
                  );
                  const rows = await database.run(
                    `SELECT count(*)::integer AS vectors FROM fundstelle_vectors_${dimensions}
                 WHERE (metadata->>'born')::int <= ${generation} AND (metadata->>'died')::int > ${generation}`,
                  );
                  expect(rows).toEqual([{ vectors: index.passageCount }]);
                });
                files.close();
              }
            }),
        ),
        { numRuns: 3 },
      ),
    120_000,
  );

  it('writes nothing when nothing has changed', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      expect(await embed(folder, world)).toEqual({ generation: 1, written: false });
    }));

  it('keeps the generation that a process still answers from', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      const store = storeFor(folder);
      const old = await store.open();
      const before = [contentOf(old), await nearestOf(old, 'Geneva', 9)];
      expect(await store.version()).toBe('1');
      await embed(folder, { 'a.txt': 'Talks in Geneva.\nThey ended on Sunday.', 'd.txt': 'New.' });
      expect(await store.version()).toBe('2');
      expect([contentOf(old), await nearestOf(old, 'Geneva', 9)]).toEqual(before);
      const newer = await store.open();
      expect(newer.passageCount).toBe(3);
      expect((await newer.nearest(unitVectorOf('x'), 9))().length).toBe(3);
      old.close();
      newer.close();
      await store.close();
    }));

  it('brings a text back that was gone for a while', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      await embed(folder, { 'a.txt': world['a.txt']! });
      await embed(folder, world);
      await withIndex(folder, async (index) => {
        expect((await index.nearest(unitVectorOf('x'), 9))().length).toBe(3);
      });
    }));

  it('serves processes on several machines, and those that share a cache', () =>
    withFolder(async (folder) => {
      await embed(folder, worldOfVersion(1));
      const bots = ['one', 'two', 'two', 'two'];
      const contents = await Promise.all(
        bots.map((bot) => withIndex(folder, async (index) => contentOf(index), bot)),
      );
      for (const content of contents) expect(content).toEqual(contents[0]);
      expect(readdirSync(path.join(folder, 'two'))).toEqual(['1']);
    }));

  it('mends a damaged cache from the database', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      const content = await withIndex(folder, async (index) => contentOf(index));
      const cached = path.join(folder, 'bot', '1');
      for (const name of readdirSync(cached)) {
        const file = path.join(cached, name);
        const bytes = readFileSync(file);
        if (bytes.length === 0) rmSync(file);
        else
          writeFileSync(
            file,
            bytes.map((byte, place) => (place === bytes.length >> 1 ? byte ^ 4 : byte)),
          );
        expect(await withIndex(folder, async (index) => contentOf(index))).toEqual(content);
      }
      await embed(folder, { ...world, 'e.txt': 'More.' });
      for (const name of readdirSync(cached)) rmSync(path.join(cached, name));
      await withIndex(folder, async (index) => expect(index.passageCount).toBe(4));
    }));

  it('says when files are missing or damaged in the database', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      await database.run("UPDATE fundstelle_files SET content = 'x'::bytea");
      await expect(withIndex(folder, async () => undefined)).rejects.toThrow(
        /lacks files\. Build it again with: npm run embed/,
      );
      await database.run('DELETE FROM fundstelle_files');
      await expect(withIndex(folder, async () => undefined)).rejects.toThrow(/lacks files/);
      expect(existsSync(path.join(folder, 'bot', '1'))).toBe(false);
    }));

  it('goes on from what a killed run has left behind', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      // As if a run had stored vectors of generation 2 and then ended.
      await database.run(
        `INSERT INTO fundstelle_vectors_${dimensions} SELECT gen_random_uuid(), content, metadata || '{"born": 2}', embedding FROM fundstelle_vectors_${dimensions}`,
      );
      await withIndex(folder, async (index) => {
        expect((await index.nearest(unitVectorOf('x'), 9))().length).toBe(3);
      });
      await embed(folder, { ...world, 'e.txt': 'More.' });
      await withIndex(folder, async (index) => {
        expect((await index.nearest(unitVectorOf('x'), 9))().length).toBe(4);
      });
    }));

  it('replaces everything when the embedding model changes, and refuses the old one', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      expect(await embed(folder, world, 'other')).toEqual({ generation: 2, written: true });
      const rows = await database.run(
        `SELECT count(*)::integer AS old FROM fundstelle_vectors_${dimensions} WHERE (metadata->>'died')::int = 2`,
      );
      expect(rows).toEqual([{ old: 3 }]);
      await expect(withIndex(folder, async () => undefined)).rejects.toThrow(
        /made with the embeddings "other" of 16 dimensions, EMBEDDINGS now says "fake-16"/,
      );
    }));

  it('says what to run when there is no index', () =>
    withFolder(async (folder) => {
      await expect(storeFor(folder).version()).rejects.toThrow(
        /holds no index yet\. Build one with: npm run embed/,
      );
      await (await openPublisher(database.url, dimensions)).close();
      await expect(withIndex(folder, async () => undefined)).rejects.toThrow(/holds no index yet/);
    }));

  it('asks in a way that the graph can answer, once looking at every row costs more', () =>
    withFolder(async (folder) => {
      await embed(folder, worldOfVersion(1));
      const plan = await database.run(
        `EXPLAIN SELECT *, embedding <#> '[${unitVectorOf('x').join(',')}]' AS "_distance" FROM fundstelle_vectors_${dimensions}
         WHERE (metadata->>'born')::numeric <= 1 AND (metadata->>'died')::numeric > 1 ORDER BY "_distance" ASC LIMIT 50`,
        'SET LOCAL enable_seqscan = off',
      );
      expect(JSON.stringify(plan)).toContain(`Index Scan using fundstelle_vectors_${dimensions}_graph`);
    }));

  it.skipIf(process.env.DATABASE_URL === undefined)(
    'lets one run in at a time (takes a server: set DATABASE_URL)',
    async () => {
      const first = await openPublisher(database.url, dimensions);
      await expect(openPublisher(database.url, dimensions)).rejects.toThrow(
        /Another embed run is writing to the database/,
      );
      await first.close();
      await (await openPublisher(database.url, dimensions)).close();
    },
  );

  it('never stores the vectors twice: they are in the table, not in the files', () =>
    withFolder(async (folder) => {
      await embed(folder, world);
      const cached = await withIndex(folder, async () => readdirSync(path.join(folder, 'bot', '1')));
      expect(cached.filter((name) => /vectors|graph/.test(name))).toEqual([]);
    }));
});
