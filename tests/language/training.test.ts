import { describe, expect, it } from 'vitest';
import { learnCompounds } from '../../scripts/train-model/compounds.ts';
import { buildCorpus, countTerms } from '../../scripts/train-model/corpus.ts';
import { type Entry, parseEntry } from '../../scripts/train-model/ding.ts';
import { buildExamples, buildWeights } from '../../scripts/train-model/examples.ts';
import { learnTranslations } from '../../scripts/train-model/ibm1.ts';
import { buildLinks, looksRelated } from '../../scripts/train-model/links.ts';
import {
  createDraft,
  learnBaseForms,
  learnGermanForms,
  type Sources,
  selectTerms,
  termOf,
} from '../../scripts/train-model/vocabulary.ts';
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
    irregular: new Map([['withdrew', 'withdraw']]),
  },
  thesaurus: [
    ['fordern', 'verlangen'],
    ['Garantie', 'Sicherheit'],
  ],
  names: [{ de: ['Russland'], en: ['Russia'] }],
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
  });
  const termCounts = terms.map((term) => counts.get(term) ?? 1);
  const examples = buildExamples(corpus, links, termCounts, buildWeights(termCounts));
  return { draft, terms, transparent, compounds, links, examples };
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

describe('training', () => {
  const { draft, terms, transparent, compounds, links, examples } = train();

  it('leads inflected forms to their base', () => {
    const analyse = createAnalyser(draft);
    expect(termOf(analyse, 'abgezogen', 'de')).toBe('de:abzieh');
    expect(termOf(analyse, 'zog', 'de')).toBe('de:zieh');
    expect(termOf(analyse, 'gefordert', 'de')).toBe('de:forder');
    expect(termOf(analyse, 'Häuser', 'de')).toBe('de:haus');
    expect(termOf(analyse, 'withdrew', 'en')).toBe('en:withdraw');
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
