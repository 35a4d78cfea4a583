import { describe, expect, it } from 'vitest';
import { askFor, askKnownItems, type QuestionMaterial } from '../../../scripts/bench/questions.ts';
import { createRandom } from '../../../scripts/bench/random.ts';
import type { Token } from '../../../src/language/analyse.ts';
import type { LanguageModel } from '../../../src/language/model.ts';

/** Twenty German words with one English translation each; word n is `wort` and a letter, its translation `word` and that letter. */
const letters = [...'abcdefghijklmnopqrst'];
const terms = [
  ...letters.map((letter) => `de:wort${letter}`),
  ...letters.map((letter) => `en:word${letter}`),
];
const nameId = 0;
const model = {
  size: terms.length,
  term: (id: number) => terms[id]!,
  isName: (id: number) => id === nameId,
  links: (id: number) => [
    { id: id < 20 ? (id + 1) % 20 : 20 + ((id + 1) % 20), weight: 0.9 },
    { id: (id + 20) % 40, weight: 0.5 },
  ],
} as Partial<LanguageModel> as LanguageModel;
const analyse = (text: string, language: string): Token[] =>
  [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => {
    const id = terms.indexOf(`${language}:${word.toLowerCase()}`);
    const term = id < 0 ? `${language}:${word}` : terms[id]!;
    return { start: index, end: index + word.length, term, id, parts: [], stop: word === 'und', name: '' };
  });
const material: QuestionMaterial = {
  model,
  analyse,
  words: {
    de: new Map(letters.map((letter, id) => [id, { id, forms: [`wort${letter}`, `wort${letter}en`] }])),
    en: new Map(letters.map((letter, id) => [id + 20, { id: id + 20, forms: [`word${letter}`] }])),
  },
};
const passage = { id: 'p-0', language: 'de', text: letters.map((letter) => `Wort${letter} und`).join(' ') };
const english = {
  id: 'e-0',
  language: 'en',
  text: letters.map((letter) => `Word${letter} and`).join(' '),
};

describe('askFor', () => {
  it('takes five different content words in one of their forms, and no name', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { question, ...rest } = askFor(passage, 'de', material, createRandom(seed))!;
      expect(rest).toEqual({ language: 'de', passageId: 'p-0' });
      const words = question.match(/wort\w+/g)!;
      expect(new Set(words.map((word) => word[4])).size).toBe(5);
      for (const word of words) expect(word).toMatch(/^wort[b-t](en)?$/);
    }
  });

  it('asks in English with translations only', () => {
    const { question } = askFor(passage, 'en', material, createRandom(1))!;
    expect(question).toMatch(/^What is this about (word[b-t], ){3}word[b-t] and word[b-t]\?$/);
  });

  it('asks for an English passage in its own words or in German', () => {
    const ask = (language: 'de' | 'en') => askFor(english, language, material, createRandom(1))!.question;
    expect(ask('en')).toMatch(/^What is this about (word[a-t], ){3}word[a-t] and word[a-t]\?$/);
    expect(ask('de')).toMatch(/^Was ist das mit (wort[a-t], ){3}wort[a-t] und wort[a-t]\?$/);
  });

  it.each([
    ['has too few words', { ...passage, text: 'Wortb Wortc' }],
    ['is in a language that the model does not know', { ...passage, language: 'fr' }],
  ])('passes over a passage that %s', (_name, poor) => {
    expect(askFor(poor, 'de', material, createRandom(1))).toBeUndefined();
  });
});

describe('askKnownItems', () => {
  it('asks as often as it is told, in both languages by turns, the same for the same seed', () => {
    const passages = { count: 9, read: (n: number) => ({ ...passage, id: `p-${n}` }) };
    const items = askKnownItems(20, passages, material, 5);
    expect(items.map(({ language }) => language)).toEqual(
      Array.from({ length: 10 }, () => ['de', 'en']).flat(),
    );
    expect(new Set(items.map(({ passageId }) => passageId)).size).toBeGreaterThan(3);
    expect(askKnownItems(20, passages, material, 5)).toEqual(items);
  });

  it('ends when the corpus has no passage to ask for', () => {
    const passages = { count: 2, read: () => ({ ...passage, text: 'kurz' }) };
    expect(askKnownItems(20, passages, material, 5)).toEqual([]);
  });
});
