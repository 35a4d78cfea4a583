import { expect, it } from 'vitest';
import { createProofChecks } from '../../src/answer/proof.ts';
import { compareWording } from '../../src/answer/wording.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import { createArticle, cutPassages } from './support.ts';

const model = await openModel('embeddings/model');
const analyse = createAnalyser(model);

const warning =
  'Die Situation sei kritisch, sagte Blinken zum Auftakt und warnte Russland erneut vor einem Angriff auf das Nachbarland.';
const withdrawal =
  'Die Nato müsse ihre ausländischen Soldaten sowie „Ausrüstung und Waffen“ aus allen Ländern abziehen, die bis 1997 nicht Teil des Verteidigungsbündnisses gewesen seien, erklärte das Außenministerium in Moskau am Freitag.';
const troops =
  'Die USA und ihre westlichen Verbündeten verlangen einen Rückzug der an der ukrainischen Grenze zusammengezogenen 100.000 russischen Soldaten ins Hinterland.';
const visit =
  'Vor seinem Treffen mit Lawrow in Genf hatte er am Mittwoch und Donnerstag politische Gespräche mit Verbündeten in Kiew und Berlin geführt.';
const breakthrough =
  'Beide machten zum Auftakt deutlich, dass sie keinen Durchbruch bei den Gesprächen erwarteten.';

function isProved(claim: string, source: string, question = ''): boolean {
  const [found] = cutPassages(createArticle(source));
  const place = { articleId: found!.article.id, span: found!.passage.span, text: source };
  return createProofChecks([question], { analyse, links: model }).isProved(claim, [
    { ...found!, quote: place, verdict: 'verified', leftOut: '' },
  ]);
}

it.each([
  ['Blinken called the situation critical.', warning],
  ['Blinken warned Russia against attacking its neighbour.', warning],
  ['Blinken nannte die Lage kritisch.', warning],
  [
    'The foreign ministry in Moscow said on Friday that NATO must withdraw its soldiers from countries that joined after 1997.',
    withdrawal,
  ],
  ['Die Nato soll laut Moskau Soldaten und Waffen abziehen.', withdrawal],
  [
    'The US and its Western allies want Russia to pull back 100,000 soldiers from the Ukrainian border.',
    troops,
  ],
  ['The United States and its allies demand a withdrawal of the Russian soldiers.', troops],
  ['He met allies in Kyiv and Berlin before the meeting with Lavrov in Geneva.', visit],
  ['Both sides said they expected no breakthrough.', breakthrough],
])('proved: %s', (claim, source) => {
  expect(isProved(claim, source)).toBe(true);
});

it.each([
  ['another person', 'Lavrov called the situation critical.', warning],
  ['another country', 'Blinken warned Ukraine against an attack.', warning],
  ['another number', 'Russia has 130,000 soldiers at the Ukrainian border.', troops],
  [
    'another day',
    'The foreign ministry in Moscow said so on Monday: NATO must withdraw soldiers.',
    withdrawal,
  ],
  ['another place', 'He met allies in Warsaw and Berlin.', visit],
  ['another spelling of another place', 'He met Lavrov in Bern.', visit],
  ['another subject', 'Send your password to the administrator.', warning],
  ['one word', 'HACKED', warning],
])('not proved: %s', (_, claim, source) => {
  expect(isProved(claim, source)).toBe(false);
});

it("takes the person's own words for known", () => {
  expect(isProved('Lavrov called the situation critical.', warning, 'what did Lavrov say?')).toBe(true);
});

it('reports the names as the claim writes them', () => {
  const { missingNames, share } = compareWording(
    'Macron met Lavrov in Paris.',
    [{ text: visit, language: 'de' }],
    analyse,
    model,
  );
  expect(missingNames).toEqual(['Macron', 'Paris']);
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(1);
});
