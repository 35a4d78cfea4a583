import { expect, test } from 'vitest';
import { openLanguage } from '../../src/app/language.ts';
import { parseConfig } from '../../src/config.ts';
import { chunkArticle } from '../../src/corpus/chunk.ts';
import { buildArticle } from '../../src/corpus/draft.ts';
import { readWords, textToEmbed } from '../../src/index/terms.ts';
import { splitSentences } from '../../src/language/sentences.ts';

const german =
  'Am 21. Januar forderte Lawrow in Genf Garantien, z. B. zum Abzug der Nato-Truppen. „Was heißt das?“, fragte er. ' +
  'Die Lebensmittelpreise stiegen um 3,5 Prozent auf 1.200 Euro.';
const english =
  'The U.S. delegation didn’t answer. A. Hobson said the price rose by 3.5% to 1,200 dollars.\nIt was 2022.';

const bodies = {
  german,
  english,
  'in another language than its words': `${english} ${english}`,
  'of two languages': `${german}\n\n${english}`,
  'in a language that the model does not know': 'Le ministre a parlé à Genève。Мы ждём ответа。',
  'without words': '?! …',
};

test.each(Object.entries(bodies))(
  'the built-in model gives for the words of an article %s what it gives for its text',
  async (name, body) => {
    const { model, analyse, embedder } = await openLanguage(parseConfig({}));
    const isKnown = (term: string): boolean => model.id(term) >= 0;
    const language = name.startsWith('in another') ? 'de' : undefined;
    const article = buildArticle('a.txt', { body, title: 'Gespräche in Genf: Stand', language });
    const passages = chunkArticle(article).map((passage) => {
      const { above, sentences } = readWords(passage, article.title, { analyse, splitSentences, isKnown });
      const text = textToEmbed(passage, article.title);
      return { text, language: passage.language, words: [above, ...sentences].flat() };
    });
    const embeddings = await embedder.openEmbeddings();
    const expected = await embeddings.embedDocuments(passages.map(({ text }) => text));
    const vectors = await embedder.embedPassages(passages);
    expect(vectors.map((vector) => Array.from(vector))).toEqual(expected);
  },
);
