import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import type { LanguageModel } from '../../src/language/model.ts';
import { openModel } from '../../src/language/open-model.ts';

let model: LanguageModel;
let analyse: Analyse;

beforeAll(async () => {
  model = await openModel('embeddings/model');
  analyse = createAnalyser(model);
}, 60_000);

const termsOf = (text: string, language: string): string[] => analyse(text, language).map(({ term }) => term);
const contentOf = (text: string, language: string): string[] =>
  analyse(text, language)
    .filter(({ stop }) => !stop)
    .map(({ term }) => term);

describe('analyse', () => {
  it.each([
    ['de', 'Forderung', ['Forderungen', 'fordern', 'fordert', 'forderte', 'forderten', 'gefordert']],
    ['de', 'fördern', ['fördert', 'förderte', 'gefördert', 'Förderung']],
    ['de', 'abziehen', ['abgezogen', 'abzuziehen', 'abzieht']],
    ['de', 'aufhalten', ['aufgehalten', 'aufgehaltenen', 'aufhielt']],
    ['de', 'auftreten', ['auftrat', 'aufgetreten']],
    ['de', 'unterschreiben', ['unterschrieb']],
    ['de', 'geschehen', ['geschieht', 'geschah']],
    ['de', 'römisch', ['römische', 'römischen']],
    ['de', 'intern', ['interne', 'internen']],
    ['de', 'gehen', ['geht', 'ging', 'gingen', 'gegangen']],
    ['de', 'kommen', ['kam', 'kamen']],
    ['de', 'liegen', ['lag', 'lagen']],
    ['de', 'machen', ['machte', 'machten', 'gemacht', 'gemachten']],
    ['de', 'schließen', ['schloss', 'schlossen']],
    ['de', 'treffen', ['traf', 'trafen', 'getroffen']],
    ['de', 'sprechen', ['sprach', 'gesprochen', 'spricht']],
    ['de', 'Haus', ['Häuser', 'Häusern', 'Hauses']],
    ['de', 'Prinzip', ['Prinzips', 'Prinzipien']],
    ['de', 'Südamerika', ['Südamerikas']],
    ['de', 'Vertrag', ['Verträge', 'Vertrags', 'Verträgen']],
    ['de', 'Land', ['Länder', 'Ländern', 'Landes']],
    ['de', 'Buch', ['Bücher', 'Büchern', 'Buches']],
    ['de', 'russisch', ['russische', 'russischen', 'Russische']],
    ['de', 'Straße', ['Strasse', 'Straßen']],
    ['de', 'Gespräch', ['Gespräche', 'Gesprächen', 'Gespraeche']],
    ['en', 'demand', ['demands', 'demanded', 'demanding', 'Demand']],
    ['en', 'withdraw', ['withdrew', 'withdrawn', 'withdrawal']],
    ['en', 'find', ['found', 'finds']],
    ['en', 'man', ['men', "man's", 'man’s']],
  ])('leads forms to one term (%s): %s', (language, base, forms) => {
    const [term] = termsOf(base, language);
    expect(forms.map((form) => termsOf(form, language))).toEqual(forms.map(() => [term]));
  });

  it.each([
    ['de', 'fordern', 'fördern'],
    ['de', 'Polen', 'Pol'],
    ['de', 'Ersatzlösung', 'ersatzlos'],
    ['de', 'Stand', 'stand'],
    ['de', 'Begriffe', 'begreifen'],
    ['de', 'Lagen', 'lagen'],
    ['de', 'moderne', 'modern'],
  ])('keeps words apart (%s): %s, %s', (language, one, other) => {
    expect(termsOf(one, language)).not.toEqual(termsOf(other, language));
  });

  it.each([
    ['Sicherheitsgarantien', ['Sicherheit', 'Garantie']],
    ['Friedensverhandlungen', ['Frieden', 'Verhandlung']],
    ['Raketenabwehrsystem', ['Rakete', 'Abwehr', 'System']],
    ['Verteidigungsminister', ['Verteidigung', 'Minister']],
    ['Klimaschutzgesetz', ['Klima', 'Schutz', 'Gesetz']],
    ['Krisengespräche', ['Krise', 'Gespräch']],
    ['Gaspipeline', ['Gas', 'Pipeline']],
    ['Hafenverband', ['Hafen', 'Verband']],
    ['Windrädern', ['Wind', 'Rad']],
  ])('takes %s apart', (compound, parts) => {
    expect(analyse(compound, 'de')[0]?.parts).toEqual(parts.flatMap((part) => termsOf(part, 'de')));
  });

  it.each(['Regierung', 'Verhandlung', 'Partei', 'Antrag', 'Handschuh', 'Beauftragter', 'Stellungnahme'])(
    'leaves %s whole',
    (word) => {
      expect(analyse(word, 'de')[0]?.parts).toEqual([]);
    },
  );

  it('leads a word of Latin make that the model knows in English only there', () => {
    expect(analyse('Imperialismus', 'de')).toMatchObject([{ term: termsOf('imperialism', 'en')[0] }]);
    expect(termsOf('Sozialismus', 'de')).toEqual(['de:sozialismus']);
  });

  it('keeps words of all Latin letters whole', () => {
    expect(termsOf('Trần', 'de')).toHaveLength(1);
  });

  it('reads a German word in an English text as German, if English does not know it', () => {
    expect(contentOf('How are Ergänzungsschulen funded?', 'en')).toEqual([
      ...termsOf('Ergänzungsschule', 'de'),
      'en:fund',
    ]);
    expect(termsOf('naïve', 'en')).not.toEqual(termsOf('naïve', 'de'));
  });

  it('gives names one key in all their spellings, whether the model knows them or not', () => {
    const names = [
      analyse('Lawrow', 'de'),
      analyse('Lawrows', 'de'),
      analyse('Lavrov', 'en'),
      analyse('Lavrov’s', 'en'),
      analyse('Lavrov', 'fr'),
    ].map(([token]) => token?.name);
    expect(new Set(names)).toEqual(new Set(['lavrov']));
  });

  it('marks function words and leaves content words', () => {
    expect(contentOf('What did the Russian president demand of them?', 'en')).toEqual(
      termsOf('Russian president demand', 'en'),
    );
    expect(contentOf('Was hat die russische Regierung von ihnen gefordert?', 'de')).toEqual(
      termsOf('russische Regierung gefordert', 'de'),
    );
  });

  it('does not take an abbreviation for a function word', () => {
    expect(contentOf('Who is in the US?', 'en')).toEqual(termsOf('U.S.', 'en'));
  });

  it('meets numbers across languages', () => {
    expect(contentOf('100.000 Soldaten', 'de')[0]).toBe(contentOf('100,000 soldiers', 'en')[0]);
  });

  it('reads other languages by their names and numbers, with nothing left out', () => {
    const tokens = analyse('Que demande la Russie en 1997 ?', 'fr');
    expect(tokens.map(({ term }) => term)).toEqual([
      'und:que',
      'und:demande',
      'und:la',
      'und:russie',
      'und:en',
      '#1997',
    ]);
    expect(tokens.some(({ stop }) => stop)).toBe(false);
  });

  it('gives ids that are the model’s', () => {
    const tokens = analyse('Die Nato fordert Garantien von Xyzzyx', 'de');
    expect(tokens.map(({ id }) => id)).toEqual(tokens.map(({ term, stop }) => (stop ? -1 : model.id(term))));
  });

  it('gives spans that are the words, in reading order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('de', 'en', 'und'), (text, language) => {
        let end = 0;
        for (const token of analyse(text, language)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(token.start, token.end)).toMatch(/[\p{L}\p{N}]/u);
          end = token.end;
        }
      }),
      { numRuns: 50 },
    );
  });
});
