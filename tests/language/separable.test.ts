import { expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import { joinSeparableVerbs } from '../../src/language/separable.ts';

const model = await openModel('embeddings/model');
const analyse = createAnalyser(model);

test.each([
  ['Was warf Bessa der Besatzung vor, die beschossen wurde?', { warf: 'de:vorwerf' }],
  ['Wann fand das Treffen statt?', { fand: 'de:stattfind' }],
  ['Wer lehnte den Vorschlag ab?', { lehnte: 'de:ablehn' }],
  ['Was sagte er vor dem Treffen?', {}],
  ['Womit fing es an', { fing: 'de:anfang' }],
  ['Die Pläne lagen gestern vor.', { lagen: 'de:vorlieg' }],
  ['„Wir reißen das Haus ab“, sagte sie.', { reißen: 'de:abreiss' }],
  ['Sie weist die Kritik zurück und verlangt Geld.', { weist: 'de:zurückweis' }],
  ['Es sieht so aus als ob.', { sieht: 'de:ausseh' }],
  ['Er griff am Morgen an – und floh.', { griff: 'de:angreif' }],
  ['Sie kamen vor und nach dem Krieg.', {}],
  ['Er ging ab und zu weg.', { ging: 'de:weggeh' }],
  ['Erst lud er sie ein, dann sagte er ab.', { lud: 'de:einlad', sagte: 'de:absag' }],
  ['', {}],
])('%s: %j', (text, verbs) => {
  const tokens = analyse(text, 'de');
  const joined = joinSeparableVerbs(text, tokens, (term) => model.id(term) >= 0);
  const words = [...joined].map(([at, whole]) => [text.slice(tokens[at]!.start, tokens[at]!.end), whole]);
  expect(Object.fromEntries(words)).toEqual(verbs);
});
