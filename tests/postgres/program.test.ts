import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedCorpus } from '../../src/app/embed-corpus.ts';
import { openForTerminal } from '../../src/app/open-for-terminal.ts';
import { openFundstelle } from '../../src/app/open-fundstelle.ts';
import { buildMissingIndex } from '../../src/app/run-bot.ts';
import { parseConfig } from '../../src/config.ts';
import { withFolder } from '../index/world.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 180_000);
afterAll(() => database.close());

const news = path.join(import.meta.dirname, '../data/news/corpus');
const questions = [
  'Wie viele Menschen wurden verletzt?',
  'Who met in Geneva?',
  'Was geschah am Freitag?',
  'asdf qwer',
];

/** What an answer or a search says, without what differs from run to run: times, and the last digits of scores. */
const tidy = (said: unknown): unknown =>
  JSON.parse(
    JSON.stringify(said, (key, value: unknown) => {
      if (key === 'timings') return undefined;
      return typeof value === 'number' ? Number(value.toFixed(5)) : value;
    }),
  );

describe('VECTOR_STORE=postgres', () => {
  it('leaves the embedding to the one who is told to', () =>
    withFolder(async (folder) => {
      const config = parseConfig({
        CORPUS_DIR: news,
        INDEX_DIR: path.join(folder, 'index'),
        VECTOR_STORE: 'postgres',
        DATABASE_URL: database.url,
      });
      await buildMissingIndex(config);
      const folders = { corpusDir: news, indexDir: config.INDEX_DIR, keepFresh: false };
      await expect(openForTerminal(config, folders)).rejects.toThrow(
        /holds no index yet\. Build one with: npm run embed/,
      );
    }));

  it(
    'answers every question as the files do, from a machine that has none of them',
    () =>
      withFolder(async (folder) => {
        const corpus = path.join(folder, 'corpus');
        cpSync(news, corpus, { recursive: true });
        const environment = { CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, 'index') };
        const files = parseConfig(environment);
        const shared = { VECTOR_STORE: 'postgres', DATABASE_URL: database.url };
        const first = await embedCorpus(parseConfig({ ...environment, ...shared }));
        expect(first).toMatchObject({ generation: 1, written: true });
        expect(await embedCorpus(parseConfig({ ...environment, ...shared }))).toMatchObject({
          generation: 1,
          written: false,
        });

        const elsewhere = parseConfig({
          ...environment,
          ...shared,
          INDEX_DIR: path.join(folder, 'elsewhere'),
        });
        const [here, there] = await Promise.all([openFundstelle(files), openFundstelle(elsewhere)]);
        expect(there.status()).toEqual(here.status());
        for (const question of questions) {
          expect(tidy(await there.ask({ question }))).toEqual(tidy(await here.ask({ question })));
          const window = { since: '2022-01', limit: 5 };
          expect(tidy(await there.search(question, window))).toEqual(
            tidy(await here.search(question, window)),
          );
        }
        await here.close();

        expect(await there.refresh()).toBe(false);
        writeFileSync(
          path.join(corpus, 'new.txt'),
          'In Lindhafen ist am Sonntag ein Leuchtturm eröffnet worden, sagte die Bürgermeisterin.',
        );
        expect(await embedCorpus(parseConfig({ ...environment, ...shared }))).toMatchObject({
          generation: 2,
          embedded: 1,
        });
        expect(await there.refresh()).toBe(true);
        expect(there.status()).toMatchObject({ generation: 2, articles: first.articles + 1 });
        const { passages } = await there.search('Leuchtturm in Lindhafen');
        expect(passages[0]?.article.path).toBe('new.txt');
        await there.close();

        const asked = await openForTerminal(elsewhere, {
          corpusDir: news,
          indexDir: path.join(folder, 'own'),
          keepFresh: true,
        });
        expect(asked.status()).toMatchObject({ generation: 1, articles: first.articles });
        await asked.close();
        const untouched = await openFundstelle(elsewhere);
        expect(untouched.status().generation).toBe(2);
        await untouched.close();
      }),
    180_000,
  );
});
