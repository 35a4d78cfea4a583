import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunnableLambda } from '@langchain/core/runnables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  embedCorpus,
  type Fundstelle,
  openBuiltInEmbeddings,
  openFundstelle,
  PassageRetriever,
  parseConfig,
} from '../src/library.ts';

const settings = {
  CORPUS_DIR: path.resolve(import.meta.dirname, '../corpus'),
  INDEX_DIR: mkdtempSync(path.join(tmpdir(), 'fundstelle-library-')),
};
let fundstelle: Fundstelle;

beforeAll(async () => {
  await embedCorpus(parseConfig(settings));
  fundstelle = await openFundstelle(settings);
});

afterAll(async () => {
  await fundstelle.close();
  rmSync(settings.INDEX_DIR, { recursive: true, force: true });
});

test('answers, searches and lists articles', async () => {
  const answer = await fundstelle.ask({ question: 'what did Russia demand?' });
  expect(answer.kind).toBe('answered');
  const { passages } = await fundstelle.search('Sicherheitsgarantien', { limit: 1 });
  expect(passages).toHaveLength(1);
  const [article] = fundstelle.articles();
  expect(fundstelle.readPassages(article!.id).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
  expect(fundstelle.status()).toMatchObject({ articles: 1, languages: { de: 1 }, newest: '2022-01' });
});

test('ranks by the weights that are set', async () => {
  const byVectors = await openFundstelle({
    ...settings,
    FUSION_WEIGHTS: 'bm25=0,sentence=0,pairs=0,article=0',
  });
  const embeddings = await openBuiltInEmbeddings();
  const question = 'Sicherheitsgarantien für Russland';
  const vector = await embeddings.embedQuery(question);
  const { passages } = await byVectors.search(question);
  for (const { passage, article, score } of passages) {
    const text = [article.title, passage.heading, passage.text].filter(Boolean).join('\n');
    const [own] = await embeddings.embedDocuments([text]);
    expect(score).toBeCloseTo(
      vector.reduce((sum, value, place) => sum + value * own![place]!, 0),
      3,
    );
  }
  expect((await fundstelle.search(question)).passages[0]!.score).not.toBeCloseTo(passages[0]!.score, 3);
  await byVectors.close();
});

test('every passage and every quote is the article, letter for letter', async () => {
  for (const { id } of fundstelle.articles()) {
    const { body } = fundstelle.readArticle(id)!;
    for (const { span, text } of fundstelle.readPassages(id)) expect(body.slice(...span)).toBe(text);
    const answer = await fundstelle.ask({ question: 'Was sagte Lawrow zu den Sicherheitsgarantien?' });
    if (answer.kind !== 'answered') throw new Error(answer.text);
    for (const { quote } of answer.citations) expect(body.slice(...quote.span)).toBe(quote.text);
  }
});

test('its passages are a LangChain retriever that fits into a chain', async () => {
  const retriever = new PassageRetriever(fundstelle.search, { limit: 2 });
  const chain = retriever.pipe(
    RunnableLambda.from((documents) => documents.map(({ metadata }) => metadata.title)),
  );
  const titles = await chain.invoke('what did Russia demand?');
  expect(titles).toHaveLength(2);
  const [first] = await retriever.invoke('what did Russia demand?');
  const { articleId, span, score } = first!.metadata;
  expect(fundstelle.readArticle(articleId)!.body.slice(...span)).toBe(first!.pageContent);
  expect(score).toBeGreaterThan(0);
  expect(score).toBeLessThanOrEqual(1);
});

test('the built-in model is LangChain embeddings that bring languages together', async () => {
  const embeddings = await openBuiltInEmbeddings();
  const [demand, forderung, hafen] = await embeddings.embedDocuments([
    'a demand for withdrawal',
    'Forderung nach Abzug',
    'Hafen',
  ]);
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  expect(dot(demand!, demand!)).toBeCloseTo(1, 3);
  expect(dot(demand!, forderung!)).toBeGreaterThan(dot(demand!, hafen!) + 0.2);
});
