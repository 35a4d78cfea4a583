import { describe, expect, it } from 'vitest';
import { learnCompounds } from '../../scripts/train-model/compounds.ts';
import { buildCorpus, countTerms } from '../../scripts/train-model/corpus.ts';
import { type Entry, parseEntry } from '../../scripts/train-model/ding.ts';
import { buildExamples } from '../../scripts/train-model/examples.ts';
import { learnTranslations } from '../../scripts/train-model/ibm1.ts';
import { buildLinks, type Links, looksRelated } from '../../scripts/train-model/links.ts';
import { buildPhrases } from '../../scripts/train-model/phrases.ts';
import { countInText } from '../../scripts/train-model/relatives.ts';
import {
  createDraft,
  learnBaseForms,
  learnGermanForms,
  type Sources,
  selectTerms,
  termOf,
} from '../../scripts/train-model/vocabulary.ts';
import { buildWeights } from '../../scripts/train-model/weights.ts';
import { findSeats, type RawSynset } from '../../scripts/train-model/wordnet.ts';
import { createAnalyser } from '../../src/language/analyse.ts';

const lines = [
  'Forderung {f} (an jdn.) [econ.] | Forderungen {pl} :: claim; demand (against sb.) | claims; demands',
  'etw. fordern; verlangen {vt} | fordernd; verlangend | gefordert; verlangt :: to demand sth. | demanding | demanded',
  'Nachfrage {f} (nach etw.) :: demand (for sth.)',
  'etw. abziehen {vt} | abziehend | abgezogen | zieht ab | zog ab :: to withdraw sth. | withdrawing | withdrawn | withdraws | withdrew',
  'Abzug {m} [mil.] :: withdrawal',
  'ziehen {vt} :: to pull; to draw',
  'Sicherheit {f} :: security; safety',
  'Garantie {f} | Garantien {pl} :: guarantee | guarantees',
  'Sicherheitsgarantie {f} :: security guarantee',
  'Sicherheitsrat {m} :: security council',
  'Sicherheitsproblem {n} :: security problem',
  'Bankgarantie {f} :: bank guarantee',
  'Staatsgarantie {f} :: state guarantee',
  'Rat {m} :: council; advice',
  'Problem {n} :: problem',
  'Bank {f} :: bank',
  'Staat {m} :: state',
  'Haus {n} | Häuser {pl} :: house | houses',
  'der Kreml {m} (Amtssitz) :: the Kremlin (seat)',
  'Pol {m} :: pole',
  'Außenminister {m} :: foreign minister; Secretary of State [Am.]',
  'Sekretär {m} :: secretary',
  'etw. ausschließen {vt} :: to rule sth. out',
  'es geschieht :: it happens',
  'geschehen {vi} | geschehend | geschehen | es geschieht :: to happen | happening | happened | it happens',
];

const sources: Sources = {
  ding: lines.map(parseEntry).filter((entry): entry is Entry => entry !== undefined),
  wordNet: {
    synsets: [
      {
        words: ['demand', 'requirement'],
        gloss: 'the act of demanding',
        broader: ['request'],
        instance: false,
      },
      { words: ['withdraw', 'pull back'], gloss: 'pull back or move away', broader: [], instance: false },
    ],
    derivations: [['withdraw', 'withdrawal']],
    seats: [],
    frequency: new Map([
      ['demand', 40],
      ['withdraw', 3],
    ]),
    irregular: new Map([['withdrew', 'withdraw']]),
  },
  thesaurus: [
    ['fordern', 'verlangen'],
    ['Garantie', 'Sicherheit'],
  ],
  names: [
    { de: ['Russland'], en: ['Russia'] },
    { de: ['Polen'], en: ['Poland'] },
  ],
};

/** All that training does but the vectors, on the few lines above. */
function train() {
  const draft = createDraft();
  learnBaseForms(draft, sources);
  learnGermanForms(draft, sources);
  const { parts, transparent, compounds } = learnCompounds(draft, sources.ding);
  draft.compounds = parts;
  const counts = countTerms(draft, sources);
  // So few lines would leave nothing at the usual thresholds.
  const terms = selectTerms(
    draft,
    new Map([...counts].map(([term, count]) => [term, 10 * count])),
    transparent,
  );
  const corpus = buildCorpus(draft, sources);
  const { toEnglish, toGerman } = learnTranslations(corpus, terms.length);
  const links = buildLinks({
    terms,
    isName: () => false,
    toEnglish,
    toGerman,
    derivations: [],
    variants: [],
    sameNames: [],
    seats: [],
  });
  const termCounts = terms.map((term) => counts.get(term) ?? 1);
  const weights = buildWeights(terms, termCounts, countInText(draft, sources), links);
  const examples = buildExamples(corpus, links, termCounts, weights);
  return { draft, terms, transparent, compounds, links, weights, examples };
}

describe('parseEntry', () => {
  it('reads the pairs of a line without placeholders, labels and remarks', () => {
    expect(parseEntry(lines[0]!)).toEqual({
      wordClass: 'noun',
      pairs: [
        {
          german: [{ text: 'Forderung', labels: ['econ.'] }],
          english: [
            { text: 'claim', labels: [] },
            { text: 'demand', labels: [] },
          ],
        },
        {
          german: [{ text: 'Forderungen', labels: [] }],
          english: [
            { text: 'claims', labels: [] },
            { text: 'demands', labels: [] },
          ],
        },
      ],
    });
  });

  it.each([['# Version :: 1.9'], ['Haus {n} | Häuser {pl} :: house'], ['no separator'], ['']])(
    'leaves %j out',
    (line) => {
      expect(parseEntry(line)).toBeUndefined();
    },
  );
});

describe('looksRelated', () => {
  it.each([
    ['abzieh', 'abzug'],
    ['beschliess', 'beschluss'],
    ['sprech', 'spruch'],
    ['angreif', 'angriff'],
    ['russland', 'russisch'],
    ['initii', 'initiativ'],
    ['verhandl', 'verhandel'],
    ['wirtschaft', 'wirtschaftlich'],
  ])('sees the family of %s and %s', (one, other) => {
    expect(looksRelated(one, other)).toBe(true);
    expect(looksRelated(other, one)).toBe(true);
  });

  it.each([
    ['forder', 'förder'],
    ['sprech', 'sprechtag'],
    ['abzieh', 'anzieh'],
    ['fremd', 'fremdkörp'],
    ['haus', 'maus'],
  ])('sees none between %s and %s', (one, other) => {
    expect(looksRelated(one, other)).toBe(false);
    expect(looksRelated(other, one)).toBe(false);
  });
});

describe('findSeats', () => {
  const synset = (words: string[], ...pointers: [kind: string, target: string][]): RawSynset => ({
    words,
    pointers: pointers.map(([kind, target]) => ({ kind, target, from: 0, to: 0 })),
    gloss: '',
  });
  const synsets = new Map([
    ['town', synset(['national capital'])],
    ['land', synset(['country', 'state'])],
    [
      'Moscow',
      synset(
        ['Moscow', 'capital of the Russian Federation'],
        ['@i', 'town'],
        ['#p', 'plain'],
        ['%p', 'Kremlin'],
      ),
    ],
    ['plain', synset(['European Russia'], ['#p', 'Russia'])],
    ['Russia', synset(['Russia', 'Russian Federation'], ['@i', 'land'])],
    ['Kremlin', synset(['Kremlin'], ['#p', 'Moscow'])],
    ['Kaluga', synset(['Kaluga'], ['#p', 'Russia'])],
  ]);

  it('names the country of a capital and of what stands in it, however many steps away', () => {
    expect(findSeats(synsets)).toEqual([
      ['Moscow', 'Russia'],
      ['Kremlin', 'Russia'],
    ]);
  });
});

describe('training', () => {
  const { draft, terms, transparent, compounds, links, weights, examples } = train();

  it('leads inflected forms to their base', () => {
    const analyse = createAnalyser(draft);
    expect(termOf(analyse, 'abgezogen', 'de')).toBe('de:abzieh');
    expect(termOf(analyse, 'zog', 'de')).toBe('de:zieh');
    expect(termOf(analyse, 'gefordert', 'de')).toBe('de:forder');
    expect(termOf(analyse, 'Häuser', 'de')).toBe('de:haus');
    expect(termOf(analyse, 'withdrew', 'en')).toBe('en:withdraw');
    expect(termOf(analyse, 'geschieht', 'de')).toBe('de:gescheh');
  });

  it('keeps the name of a country apart from a noun of the same stem', () => {
    const analyse = createAnalyser(draft);
    expect(termOf(analyse, 'Polen', 'de')).toBe('de:polen');
    expect(termOf(analyse, 'Pole', 'de')).toBe('de:pol');
  });

  it('reads names without their article', () => {
    expect(terms).toEqual(expect.arrayContaining(['de:kreml', 'en:kremlin']));
  });

  it('learns phrases that mean a word which their own words do not lead to', () => {
    const meanings = (key: string, known: Links) =>
      buildPhrases(draft, sources, known)
        .get(key)
        ?.map(({ id, weight }) => [terms[id], weight]);
    const idOf = (term: string): number => terms.indexOf(term);
    const none: Links = terms.map(() => []);
    expect(meanings('en:secretari of state', none)).toEqual([['de:aussenminist', 1]]);
    expect(meanings('en:rule out', none)).toEqual([['de:ausschliess', 1]]);
    const known = none.with(idOf('en:rule'), [{ id: idOf('de:ausschliess'), weight: 0.5 }]);
    expect(meanings('en:rule out', known)).toBeUndefined();
  });

  it('weighs words by dictionaries and texts, 0.05 to 1', () => {
    const weightOf = (term: string): number => weights[terms.indexOf(term)]!;
    expect(weightOf('en:demand')).toBeLessThan(weightOf('en:withdraw'));
    expect(weights.every((weight) => weight >= 0.05 && weight <= 1)).toBe(true);
  });

  it('learns from their translations which compounds come apart', () => {
    expect(transparent.has('de:sicherheitsgaranti')).toBe(true);
    expect(compounds.has('de:bankgaranti')).toBe(true);
    expect(transparent.has('de:nachfrag')).toBe(false);
  });

  it('links translations and families', () => {
    const linked = (term: string): string[] => links[terms.indexOf(term)]!.map(({ id }) => terms[id]!);
    expect(linked('en:demand')).toEqual(expect.arrayContaining(['de:forder', 'de:nachfrag', 'de:verlang']));
    expect(linked('de:abzug')).toEqual(expect.arrayContaining(['en:withdraw', 'de:abzieh']));
    expect(linked('en:russia')).toContain('de:russland');
  });

  it('gives the same bytes again', () => {
    expect(train().examples).toEqual(examples);
  });
});
