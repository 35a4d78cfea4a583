import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/answer/citations.ts';
import { normalise } from '../../src/answer/normalise.ts';
import { createArticle, cutPassages, readFrom } from './support.ts';

const geneva = createArticle(readFileSync('corpus/000_29418496144bebaf.txt', 'utf8').trim(), {
  path: 'geneva.txt',
});
const weather = createArticle(
  [
    'In Jakutsk fiel die Temperatur am Morgen auf −52 Grad, wie der Wetterdienst meldete. Die Gasmenge sank um 5 % auf 1½ Millionen m³.',
    'Die Regierung habe das Abkommen nicht unterzeichnet, hieß es in der Hauptstadt. Ein Nicht-EU-Staat trat bei.',
    'Sie kam. Das ging nicht. Lavrov’s offer wasn’t accepted by the other side, officials said.',
    'Die Ukrai-\nne hofft auf die Nord- und Südkorea-Ge\u00adspräche und auf die US-\nSeite, sagte der Diplomat.',
  ].join('\n\n'),
  { path: 'weather.txt' },
);
const articles = [geneva, weather];
const passages = articles.flatMap((article) => cutPassages(article));
const gate = createGate(passages, readFrom(articles));
const keyOf = (text: string) => passages.find(({ passage }) => passage.text.includes(text))!.passage.key;

describe('verdicts', () => {
  const sentence = 'Dies betreffe auch Bulgarien und Rumänien.';

  it('verifies a quote that is there letter for letter', () => {
    const proof = gate('Beide machten zum Auftakt deutlich', keyOf('Beide machten'));
    expect(proof?.verdict).toBe('verified');
    expect(proof?.quote.text).toBe(
      'Beide machten zum Auftakt deutlich, dass sie keinen Durchbruch bei den Gesprächen erwarteten.',
    );
    expect(geneva.body.slice(...proof!.quote.span)).toBe(proof?.quote.text);
  });

  it("repairs drifted typography with the article's own words", () => {
    const proof = gate('"Wir erwarten Antworten auf unsere Vorschläge", sagte LAWROW', keyOf('Wir erwarten'));
    expect(proof?.verdict).toBe('repaired');
    expect(proof?.quote.text).toBe('„Wir erwarten Antworten auf unsere Vorschläge“, sagte Lawrow.');
  });

  it('points a quote from another article there', () => {
    const proof = gate('fiel die Temperatur am Morgen', keyOf('Wir erwarten'));
    expect(proof?.verdict).toBe('misattributed');
    expect(proof?.article.id).toBe(weather.id);
  });

  it('treats a quote from another passage of the named article as its own', () => {
    expect(gate(sentence, keyOf('Wir erwarten'))?.verdict).toBe('verified');
  });

  it('re-points a quote under a key that was never given', () => {
    expect(gate(sentence, 'aaaaaaaaaa')?.verdict).toBe('misattributed');
    expect(gate(sentence)?.verdict).toBe('misattributed');
  });

  it('finds a quote across two passages of an article', () => {
    const found = gate(
      'keine Ergebnisse Der Konflikt zwischen Russland und dem Westen',
      keyOf('spitzte sich'),
    );
    expect(found?.quote.text).toMatch(/^Bislang keine Ergebnisse\n\nDer Konflikt/);
  });

  it('works from the passage alone when its article can no longer be read', () => {
    const alone = createGate(passages, () => undefined);
    const proof = alone('Beide machten zum Auftakt deutlich', keyOf('Beide machten'));
    expect(geneva.body.slice(...proof!.quote.span)).toBe(proof!.quote.text);
  });

  it('works from the passage alone when its article has changed', () => {
    const changed = createGate(passages, readFrom([{ ...geneva, body: `Neu. ${geneva.body}` }]));
    const proof = changed('Beide machten zum Auftakt deutlich', keyOf('Beide machten'));
    expect(geneva.body.slice(...proof!.quote.span)).toBe(proof!.quote.text);
  });
});

describe('what is shown', () => {
  it.each([
    ['a negation before the quote', 'das Abkommen nicht unterzeichnet, hieß es', 'Die Regierung habe'],
    ['a negation after the quote', 'Die Regierung habe das Abkommen', 'nicht unterzeichnet'],
    ['the speaker', 'fiel die Temperatur am Morgen auf', 'wie der Wetterdienst meldete'],
  ])('is the whole sentence, with %s', (_, quote, rest) => {
    expect(gate(quote)?.quote.text).toContain(rest);
  });

  it('is no more than the sentence', () => {
    expect(gate('das Abkommen nicht unterzeichnet')?.quote.text).toBe(
      'Die Regierung habe das Abkommen nicht unterzeichnet, hieß es in der Hauptstadt.',
    );
  });
});

describe('what is not found', () => {
  it.each([
    ['two places stitched together', 'Beide machten zum Auftakt deutlich, sagte Lawrow'],
    ['an ellipsis over a gap', 'Beide machten zum Auftakt … bei den Gesprächen erwarteten'],
    ['a dropped negation', 'Die Regierung habe das Abkommen unterzeichnet'],
    ['a changed number', 'zusammengezogenen 10.000 russischen Soldaten ins Hinterland'],
    ['a number cut in front', '000 russischen Soldaten ins Hinterland'],
    ['a number cut behind', 'der an der ukrainischen Grenze zusammengezogenen 100'],
    ['a word cut in front', 'teilbar“. Nato-Staaten sollten ihre Interessen nicht'],
    ['a compound cut in front', 'EU-Staat trat bei. Sie kam'],
    ['a minus sign left out', 'die Temperatur am Morgen auf 52 Grad'],
    ['a minus sign cut off', '52 Grad, wie der Wetterdienst meldete'],
    ['a percent sign left out', 'Die Gasmenge sank um 5 auf'],
    ['a percent sign cut off', 'Die Gasmenge sank um 5'],
    ['a cut contraction', 'was accepted by the other side, officials said'],
    ['a contraction cut behind', 'Lavrov’s offer was accepted by the other side'],
    ['superscripts as digits', 'auf 1½ Millionen m3.'],
    ['a fraction written out', 'um 5 % auf 11/2 Millionen m³'],
    ['umlauts folded', 'bei den Gesprachen erwarteten'],
    ['umlauts spelled out', 'bei den Gespraechen erwarteten'],
    ['too few characters', 'auf die US-Seite'],
    ['too few words', 'Sicherheitsgarantien erörtern wolle'],
    ['part of a short sentence', 'ging nicht'],
    ['nothing', '  '],
    ['only signs', '„…“'],
    [
      'quotation marks left out',
      'Die Nato müsse ihre ausländischen Soldaten sowie Ausrüstung und Waffen aus',
    ],
  ])('%s', (_, quote) => {
    expect(gate(quote)).toBeUndefined();
  });
});

describe('what is forgiven', () => {
  it.each([
    ['straight quotation marks', 'Demnach seien Sicherheitsfragen "unteilbar".'],
    ['guillemets', 'sowie »Ausrüstung und Waffen« aus allen Ländern abziehen'],
    ['single for double quotation marks', "sowie 'Ausrüstung und Waffen' aus allen Ländern abziehen"],
    ['quotation marks around the quote', '“fiel die Temperatur am Morgen auf”'],
    ['dots around the quote', '… fiel die Temperatur am Morgen auf …'],
    ['a hyphen for a minus sign', 'die Temperatur am Morgen auf -52 Grad'],
    ['case', 'FIEL DIE TEMPERATUR AM MORGEN AUF'],
    ['decomposed letters', 'bei den Gesprächen erwarteten'.normalize('NFD')],
    ['white space', 'fiel  die\u00a0Temperatur\nam Morgen auf'],
    ['a hyphen at a line break', 'Die Ukraine hofft auf die Nord- und Südkorea-Gespräche'],
    ['a line break after a real hyphen', 'und auf die US-Seite, sagte der Diplomat'],
    ['zero-width characters', 'fiel die Tempe\u200bratur am Morgen auf'],
    ['a whole short sentence', 'Sie kam.'],
    ['a whole short sentence without its point', 'Das ging nicht'],
  ])('%s', (_, quote) => {
    expect(gate(quote)).toBeDefined();
  });
});

it('cuts no word where the text around a passage ends', () => {
  const before = 'Die Fragen seien unteilbar und würden gemeinsam besprochen, sagte er. ';
  const text = 'Das Treffen endete am Montag ohne ein Ergebnis.';
  for (let padding = 0; padding < 60; padding++) {
    const body = `${before}${'x'.repeat(100 + padding)}. ${text}`;
    const article = createArticle(body);
    const [found] = cutPassages(article, [[body.indexOf(text), body.length]]);
    const check = createGate([found!], readFrom([article]));
    for (let start = 1; start < 60; start++) {
      const isInWord = /\p{L}\p{L}/u.test(body.slice(start - 1, start + 1));
      if (isInWord) expect(check(body.slice(start))).toBeUndefined();
    }
  }
});

describe('any quote', () => {
  const words = [...geneva.body.matchAll(/\S+/g)].filter(({ 0: word }) => /^\p{L}+$/u.test(word));
  const runs = fc
    .tuple(fc.nat(words.length - 8), fc.integer({ min: 4, max: 7 }))
    .map(([first, more]) => {
      const last = words[first + more]!;
      return geneva.body.slice(words[first]!.index, last.index + last[0].length);
    })
    .filter((run) => run.length >= 20);
  const typography: ReadonlyArray<(text: string) => string> = [
    (text) => text.replace(/[„“]/g, '"'),
    (text) => text.replace(/„/g, '«').replace(/“/g, '»'),
    (text) => text.replace(/-/g, '‑'),
    (text) => text.replace(/ /g, '\u00a0'),
    (text) => text.replace(/ /g, '\n  '),
    (text) => text.normalize('NFD'),
    (text) => text.replace(/[^ß]/gu, (char) => char.toUpperCase()),
    (text) => text.replace(/(\p{L}{3})(\p{L}{3})/gu, '$1\u00ad$2'),
    (text) => text.replace(/(\p{L}{3})(\p{Ll}{3})/gu, '$1-\n$2'),
    (text) => `“${text}”`,
  ];

  it('is found at its exact place, whatever its typography', () => {
    fc.assert(
      fc.property(runs, fc.subarray([...typography]), (run, changes) => {
        const changed = changes.reduce((text, change) => change(text), run);
        const proof = gate(changed, passages[0]!.passage.key);
        expect(proof, changed).toBeDefined();
        expect(proof!.quote.text).toContain(run);
        expect(geneva.body.slice(...proof!.quote.span)).toBe(proof!.quote.text);
      }),
      { numRuns: 500 },
    );
  });

  it('is not found with one letter, digit or sign changed', () => {
    const replacements = [...'abcxyzäöüß0123456789%−+€'];
    fc.assert(
      fc.property(runs, fc.nat(), fc.constantFrom(...replacements), (run, position, replacement) => {
        const at = position % run.length;
        const old = run[at]!;
        fc.pre(/[\p{L}\p{N}%+]/u.test(old) && old.toLowerCase() !== replacement);
        expect(gate(run.slice(0, at) + replacement + run.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('is not found with a negation put in or a word left out', () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.constantFrom('nicht', 'kein', 'not', ''), (run, position, inserted) => {
        const parts = run.split(/\s+/);
        const at = 1 + (position % (parts.length - 2));
        const changed = parts.toSpliced(at, inserted === '' ? 1 : 0, ...(inserted === '' ? [] : [inserted]));
        expect(gate(changed.join(' '))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('normalise', () => {
  it.each([
    ['m²', 'm²'],
    ['10⁻⁶', '10⁻⁶'],
    ['½ ¼', '½ ¼'],
    ['㎡', '㎡'],
    ['①', '①'],
    ['１０％', '10%'],
    ['ﬁ…', 'fi...'],
    ['1939–1945', '1939-1945'],
    ['auf –5 und −5 und -5', 'auf −5 und −5 und −5'],
    ['10−15', '10−15'],
    ['a — b—c', 'a - b - c'],
    ['5′ 5″', '5′ 5′′'],
    ['5\' 5"', '5\' 5"'],
    ['Lavrov’s', 'lavrov"s'],
    ['Straße', 'straße'],
    ['STRASSE', 'strasse'],
    ['Covid-\n19', 'covid-19'],
    ['Nord-\nund Südkorea', 'nord- und südkorea'],
    ['x\u0000y\u{e0041}z\ufe0f', 'xyz'],
  ])('%s', (text, expected) => {
    expect(normalise(text).text).toBe(expected);
  });

  it('maps every unit to characters that stand in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const { text: even, starts, ends } = normalise(text);
        expect(starts).toHaveLength(even.length);
        for (let unit = 0; unit < even.length; unit++) {
          expect(starts[unit]!).toBeLessThan(ends[unit]!);
          expect(starts[unit]!).toBeGreaterThanOrEqual(starts[unit - 1] ?? 0);
          expect(ends[unit]!).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

it('checks twenty quotes against ten passages in under 5 ms', () => {
  const long = cutPassages(geneva).concat(cutPassages(weather)).slice(0, 10);
  const quotes = long.flatMap(({ passage }) => [passage.text.slice(0, 60), `${passage.text.slice(0, 60)}x`]);
  const measure = () => {
    const started = performance.now();
    const fresh = createGate(long, readFrom(articles));
    for (const quote of quotes) fresh(quote, long[0]!.passage.key);
    return performance.now() - started;
  };
  const times = Array.from({ length: 20 }, measure).sort((a, b) => a - b);
  expect(quotes).toHaveLength(20);
  expect(times[0]).toBeLessThan(5);
});
