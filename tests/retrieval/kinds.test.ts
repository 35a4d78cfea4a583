import { expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import type { LanguageModel } from '../../src/language/model.ts';
import { createKinds } from '../../src/retrieval/kinds.ts';
import { createRetriever } from '../../src/retrieval/retrieve.ts';
import { buildMemoryIndex, draftArticle } from './memory-index.ts';
import { buildSmallModel } from './small-model.ts';

const small = buildSmallModel([
  { terms: ['en:build', 'de:gebaud'] },
  { terms: ['en:river', 'de:fluss'] },
  { terms: ['en:hotel', 'de:hotel'], weight: 0.64 },
  { terms: ['en:guest', 'de:gast'] },
]);
const model: LanguageModel = {
  ...small,
  broader: (id) => (small.term(id) === 'en:hotel' ? [{ id: small.id('en:build'), weight: 0.5 }] : []),
};
const analyse = createAnalyser(model);
const body = 'Der Gast sah den Fluss. Der Gast sah das Hotel.';
const index = buildMemoryIndex(
  [draftArticle({ path: 'a.md', title: 'Urlaub', language: 'de', body })],
  analyse,
);

test('leads from either language to what a row names, less surely by way of a translation', () => {
  const addKinds = createKinds(index, model, 0.9);
  const weightFor = (word: string, rows: readonly number[]): number | undefined =>
    addKinds([{ word, importance: 1, asked: false, terms: new Map() }], rows)[0]!.terms.get(
      index.termId('de:hotel'),
    );
  const byTranslation = 0.9 * 0.5 * Math.sqrt(0.64);
  expect(weightFor('en:build', [0])).toBeCloseTo(byTranslation);
  expect(weightFor('de:gebaud', [0])).toBeCloseTo(byTranslation);
  expect(weightFor('en:guest', [0])).toBeUndefined();
  expect(weightFor('unknown', [0])).toBeUndefined();
  expect(weightFor('en:build', [])).toBeUndefined();
});

test('never takes from a word what it has', () => {
  const addKinds = createKinds(index, model, 0.9);
  const terms = new Map([[index.termId('de:hotel'), 0.7]]);
  expect(addKinds([{ word: 'en:build', importance: 1, asked: false, terms }], [0])[0]!.terms).toEqual(terms);
});

test('lifts the sentence with a kind of what is asked for, and leaves the passages alone', async () => {
  const question = 'which building did the guest see?';
  const ask = async (lexicon: LanguageModel) => {
    const { retrieve, rankSentences } = createRetriever({
      index,
      model: lexicon,
      analyse,
      embedQuery: async () => [],
    });
    const { passages } = await retrieve(question);
    return { score: passages[0]!.score, sentences: rankSentences(question, passages).flat() };
  };
  const plain = await ask(small);
  const linked = await ask(model);
  expect(linked.score).toBe(plain.score);
  expect(linked.sentences[0]!.confidence).toBe(plain.sentences[0]!.confidence);
  expect(linked.sentences[1]!.confidence).toBeGreaterThan(plain.sentences[1]!.confidence);
});
