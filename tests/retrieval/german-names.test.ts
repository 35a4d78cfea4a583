import { expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import { readGermanNames } from '../../src/retrieval/german-names.ts';

const analyse = createAnalyser(await openModel('embeddings/model'));

test.each<[string, Record<string, string>]>([
  ['What did Lady Gaga sing?', { Lady: 'de:lady', Gaga: 'de:gaga' }],
  ['Newton said what about The Was?', {}],
  ['what did the lady sing?', {}],
  ['did Lavrov meet Tordania?', {}],
  ['', {}],
])('%s', (question, names) => {
  const tokens = analyse(question, 'en');
  const found = [...readGermanNames(question, tokens, analyse)];
  expect(
    Object.fromEntries(found.map(([at, term]) => [question.slice(tokens[at]!.start, tokens[at]!.end), term])),
  ).toEqual(names);
});
