import { beforeAll, describe, expect, test } from 'vitest';
import { chunkArticle } from '../../src/corpus/chunk.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { createEncoder } from '../../src/language/encode.ts';
import { openModel } from '../../src/language/open-model.ts';
import { detectQuestionLanguage } from '../../src/language/question-language.ts';
import { createRetriever, type Retriever } from '../../src/retrieval/retrieve.ts';
import type { Article } from '../../src/types.ts';
import { readAll } from '../corpus/folder.ts';
import { buildMemoryIndex } from './memory-index.ts';

let retriever: Retriever;

const readArticles = async (folder: string): Promise<Article[]> => {
  const articles: Article[] = [];
  for (const read of await readAll(folder)) {
    if (read.kind === 'article') articles.push(read.article);
  }
  return articles;
};

beforeAll(async () => {
  const model = await openModel('embeddings/model');
  const analyse = createAnalyser(model);
  const encode = createEncoder(model);
  const articles = [...(await readArticles('corpus')), ...(await readArticles('tests/data/news/corpus'))];
  const index = buildMemoryIndex(articles, analyse, {
    cut: chunkArticle,
    isKnown: (term) => model.id(term) >= 0,
    embed: (text, language) => encode(analyse(text, language)),
  });
  retriever = createRetriever({
    index,
    model,
    analyse,
    embedQuery: async (question) => encode(analyse(question, detectQuestionLanguage(question, analyse))),
  });
}, 60_000);

const withdrawal = 'die bis 1997 nicht Teil des Verteidigungsbündnisses gewesen seien';
const guarantees = 'nach schriftlichen Sicherheitsgarantien';

describe('both demands are in the first three passages, among the invented news', () => {
  test.each([
    'what did Russia demand?',
    'what did the Kremlin demand?',
    'Was fordert der Kreml?',
    'Was forderte Russland?',
    'Was hat Russland gefordert?',
    'Forderungen Russlands',
    'Russia demands',
    'What did Russia demand from the West?',
    'which demands did Moscow make',
    'What does Russia want from NATO?',
    'What did the Russian government insist on?',
    'What did the Russians ask for?',
    'Was will Russland von der Nato?',
    'Welche Forderungen stellt Moskau?',
    'Was verlangt die russische Regierung?',
  ])('%s', async (question) => {
    const { passages } = await retriever.retrieve(question, { limit: 3 });
    const texts = passages.map(({ passage }) => passage.text).join(' ');
    expect(texts).toContain(withdrawal);
    expect(texts).toContain(guarantees);
  });
});

test.each(['what did Russia demand?', 'Was forderte Russland?'])(
  '%s is answered best by the two sentences that hold the demands',
  async (question) => {
    const { passages } = await retriever.retrieve(question);
    const best = retriever
      .rankSentences(question, passages)
      .flat()
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, 2)
      .map(({ text }) => text)
      .join(' ');
    expect(best).toContain(withdrawal);
    expect(best).toContain(guarantees);
  },
);
