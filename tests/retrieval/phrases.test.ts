import { expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import type { ModelLanguage } from '../../src/language/languages.ts';
import { findPhrases } from '../../src/retrieval/phrases.ts';
import { buildSmallModel } from './small-model.ts';

const analyse = createAnalyser(buildSmallModel([]));
const known = new Map(
  ['en:rule out', 'en:secretari of state', 'en:secretari of', 'en:state visit', 'de:vereinigt staat'].map(
    (key, id) => [key, [{ id, weight: 1 }]],
  ),
);

const find = (question: string, language: ModelLanguage): Record<string, number> => {
  const tokens = analyse(question, language);
  const found = findPhrases(tokens, language, (key) => known.get(key) ?? []);
  return Object.fromEntries(
    [...found].map(([position, [meaning]]) => [
      question.slice(tokens[position]!.start, tokens[position]!.end),
      meaning!.id,
    ]),
  );
};

test.each<[string, ModelLanguage, Record<string, number>]>([
  ['Who ruled out the deal?', 'en', { ruled: 0, out: 0 }],
  ['Who ruled the deal out?', 'en', {}],
  ['What did the Secretary of State say?', 'en', { Secretary: 1, of: 1, State: 1 }],
  [
    'Who ruled out a secretary of the state visit?',
    'en',
    { ruled: 0, out: 0, secretary: 1, of: 1, state: 1 },
  ],
  ['Was tun die Vereinigten Staaten?', 'de', { Vereinigten: 4, Staaten: 4 }],
  ['Was tun die Vereinigten Staaten?', 'en', {}],
  ['', 'en', {}],
])('%s (%s)', (question, language, meanings) => {
  expect(find(question, language)).toEqual(meanings);
});
