import { beforeAll, expect, test } from 'vitest';
import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import type { LanguageModel } from '../../src/language/model.ts';
import { openModel } from '../../src/language/open-model.ts';
import { detectQuestionLanguage } from '../../src/language/question-language.ts';
import { classifyQuestion } from '../../src/retrieval/question-kind.ts';
import { joinSeparableVerbs } from '../../src/retrieval/separable.ts';

let model: LanguageModel;
let analyse: Analyse;

beforeAll(async () => {
  model = await openModel('embeddings/model');
  analyse = createAnalyser(model);
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
  ['Was warf Bessa der Besatzung vor, die beschossen wurde?', ['de:vorwerf']],
  ['Wann fand das Treffen statt?', ['de:stattfind']],
  ['Wer lehnte den Vorschlag ab?', ['de:ablehn']],
  ['Was sagte er vor dem Treffen?', []],
  ['Womit fing es an', ['de:anfang']],
])('%s: %j', (question, verbs) => {
  const joined = joinSeparableVerbs(question, analyse(question, 'de'), (term) => model.id(term) >= 0);
  expect([...joined.values()]).toEqual(verbs);
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
