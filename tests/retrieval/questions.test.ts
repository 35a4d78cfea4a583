import { beforeAll, expect, test } from 'vitest';
import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import { detectQuestionLanguage } from '../../src/language/question-language.ts';
import { classifyQuestion } from '../../src/retrieval/question-kind.ts';

let analyse: Analyse;

beforeAll(async () => {
  analyse = createAnalyser(await openModel('embeddings/model'));
}, 60_000);

test.each([
  ['how many soldiers are there?', 'amount'],
  ['By how much did prices rise?', 'amount'],
  ['What share of the vote did she get?', 'amount'],
  ['Wie viele Soldaten sind es?', 'amount'],
  ['Wie lange dauerte das Treffen?', 'amount'],
  ['when did it start', 'time'],
  ['In welchem Jahr begann es?', 'time'],
  ['Seit wann gilt das?', 'time'],
  ['What happened when the alarm went off?', 'other'],
  ['why did they leave?', 'reason'],
  ['On what grounds was it refused?', 'reason'],
  ['Aus welchem Grund kam er?', 'reason'],
  ['Weshalb ging sie?', 'reason'],
  ['who is he', 'other'],
  ['', 'other'],
])('%s asks for: %s', (question, kind) => {
  expect(classifyQuestion(question)).toBe(kind);
});

test.each([
  ['Was forderte Russland?', 'de'],
  ['what did Russia demand?', 'en'],
  ['Forderungen Russland', 'de'],
  ['Russia demands', 'en'],
  ['Que demande la Russie ?', 'fr'],
  ['Czego żądała Rosja?', 'pl'],
  ['', 'und'],
])('%s is %s', (question, language) => {
  expect(detectQuestionLanguage(question, analyse)).toBe(language);
});
