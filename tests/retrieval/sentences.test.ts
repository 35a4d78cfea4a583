import { expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import { createRetriever } from '../../src/retrieval/retrieve.ts';
import { buildMemoryIndex, draftArticle } from './memory-index.ts';
import { buildSmallModel } from './small-model.ts';

const model = buildSmallModel([
  { terms: ['en:demand', 'de:forder'] },
  { terms: ['en:union', 'de:gewerkschaft'] },
  { terms: ['en:worker', 'de:arbeit'] },
]);
const analyse = createAnalyser(model);

const rank = async (body: string, question: string) => {
  const article = draftArticle({ path: 'a.md', title: 'Werk', language: 'de', body });
  const index = buildMemoryIndex([article], analyse);
  const { retrieve, rankSentences } = createRetriever({ index, model, analyse, embedQuery: async () => [] });
  const { passages } = await retrieve(question);
  return { article, ranked: rankSentences(question, passages) };
};
const bestOf = async (body: string, question: string) => {
  const sentences = (await rank(body, question)).ranked.flat();
  return sentences.reduce((best, sentence) => (sentence.confidence > best.confidence ? sentence : best)).text;
};

const strike = [
  'Die Gewerkschaft hat ihre Fordern bekräftigt.',
  'Der Lohn müsse um sechs Prozent steigen.',
  'Das Werk liegt am Fluss.',
].join(' ');

test('prefers what was demanded to the news that something was', async () => {
  expect(await bestOf(strike, 'what did the union demand?')).toBe('Der Lohn müsse um sechs Prozent steigen.');
});

test('prefers a sentence with a number when one is asked for', async () => {
  const body =
    'Die Arbeit im Werk ruht. Von der Arbeit im Werk blieben 40 fern. Die Arbeit am Werk war hart.';
  expect(await bestOf(body, 'how many workers stayed away from Werk?')).toContain('40');
});

test('gives every sentence of every passage, as it stands in the article', async () => {
  const { article, ranked } = await rank(
    `${strike}\n\nDie Gewerkschaft schweigt.`,
    'what did the union demand?',
  );
  expect(ranked.map((sentences) => sentences.length).sort()).toEqual([1, 3]);
  for (const { span, text, score, confidence } of ranked.flat()) {
    expect(article.body.slice(...span)).toBe(text);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});

test('knows nothing of a passage that is not in the index', async () => {
  const other = draftArticle({ path: 'b.md', language: 'de', body: strike });
  const index = buildMemoryIndex([], analyse);
  const { rankSentences } = createRetriever({ index, model, analyse, embedQuery: async () => [] });
  const [passage] = buildMemoryIndex([other], analyse).rowsOf(other.id);
  const lost = buildMemoryIndex([other], analyse).passage(passage!);
  const [sentences] = rankSentences('what did the union demand?', [
    { passage: lost, article: other, score: 0 },
  ]);
  expect(sentences?.map(({ score }) => score)).toEqual([0, 0, 0]);
});
