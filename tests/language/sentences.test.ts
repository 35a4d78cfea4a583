import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/language/sentences.ts';

/** Sentences are separated by ` | ` in the table; white space between them is a space. */
const cases: Readonly<Record<'de' | 'en' | 'und', readonly string[]>> = {
  de: [
    'Die Nato berät. | Moskau wartet.',
    'Das gilt z. B. Lawrow und andere. | Moskau wartet.',
    'Das gilt z.B. Blinken. | Er kommt.',
    'Er kommt, d. h. Moskau wartet. | Das reicht.',
    'Wir warten i. d. R. Stunden. | Das reicht.',
    'Beteiligt waren u. a. Berlin und Paris. | Rom fehlte.',
    'Dr. Müller kam. | Prof. Dr. Schmidt ging.',
    'Prof. Dr. h. c. Meier sprach.',
    'Hr. Meier und Fr. Schulz kamen. | Sie blieben.',
    'Am 3. Oktober feiert Berlin. | Paris feiert nicht.',
    'Das war am 21. Januar. | Danach kam nichts.',
    'Am 21. 1. 2022 trafen sie sich. | Dann war Ruhe.',
    'Im 19. Jahrhundert war das anders. | Heute nicht.',
    'Der 100. Geburtstag fiel aus. | Alle waren traurig.',
    'Die 2. Bundesliga pausiert. | Die Fans warten.',
    'Das geschah im Jahr 1997. | Lawrow erinnerte daran.',
    'Es waren 100.000. | Russland bestritt das.',
    'Um 14.30 Uhr kam er. | Um 15.00 ging er.',
    'Er kam um 14.30. | Lawrow ging.',
    'Sie kostet 3 Mio. Euro im Jahr. | Das ist viel.',
    'Es waren 3 Mrd. | Das ist viel.',
    'Laut Nr. 1 gilt das. | Nr. 2 gilt nicht.',
    'Das Urteil (Az. VI ZR 12/20) liegt vor. | Es gilt.',
    'Das Az. IX ZR 3/21 liegt vor. | Es gilt.',
    'Heinrich III. adelte ihn. | Er dankte.',
    'Unter Ludwig XIV. Frankreichs König war das üblich.',
    'So hielt es Ludwig XIV. | Der König starb 1715.',
    'J. F. Kennedy sprach. | Berlin jubelte.',
    'J.F. Kennedy sprach. | Berlin jubelte.',
    'Georg W. Bush kam. | Er blieb.',
    'Das war Plan B. | Der Rest ist bekannt.',
    '„Wir erwarten Antworten auf unsere Vorschläge“, sagte Lawrow. | Er ging.',
    '„Wir warten. Wir erwarten Antworten“, sagte Lawrow. | Er ging.',
    '„Warum? Wozu?“, fragte er. | Niemand wusste es.',
    '„Warum?“ fragte er. | Niemand wusste es.',
    'Er sagte: „Wir kommen. Wir bleiben.“ | Dann ging er.',
    'Er sagte: »Wir kommen. Wir bleiben.« | Dann ging er.',
    '„Halt!“ | Der Mann blieb stehen.',
    'Es sei „unteilbar“. | Das sagte er.',
    'Er rief: „Nein!“ und ging. | Sie blieb.',
    'Wirklich? | Ja! | Gut.',
    'Er kam … und ging. | Sie blieb.',
    'Er kam... | Dann ging er.',
    'Das hat er gesagt (siehe S. 5). | Es stimmt.',
    'Sie trafen sich in Berlin. | (dpa/afp/red)',
    'Sie kamen aus Köln, Bonn usw. | Die Stadt half.',
    'Sie kamen aus Köln, Bonn usw. und halfen.',
    'Das Haus in der Bonner Str. 5 brannte. | Es steht leer.',
    'Es gilt § 5 Abs. 2 GG. | Das ist klar.',
    'Vor 200 v. Chr. Geborene gab es nicht. | Danach schon.',
    'Der Verein e. V. Berlin lud ein. | Alle kamen.',
    'Sie zahlt max. 30 Euro. | Mehr nicht.',
    'Er heißt Max. | Sie heißt Eva.',
    'Dipl.-Ing. Meier rechnete. | Es stimmte.',
    'Das Treffen mit Ex-Gen. Powell half. | Es war kurz.',
    'Die GmbH & Co. KG haftet. | Der Chef auch.',
    'Siehe www.beispiel.de. | Dort steht es.',
    'Die Version 2.0 kam. | 2023 folgte die nächste.',
    'Am 5. Mai 2022. | – So begann es.',
    'Der Preis stieg um 3,5. | Öl blieb teuer.',
    'Meerwasser enthält Sauerstoff-18. | Lebewesen binden ihn.',
    'Sowohl in „Fürchtet sie!“ (2006) als auch später kam er. | Gut.',
    'Theoretiker wie J. A. Hobson schrieben das. | Andere nicht.',
    'Er wohnt hier.“ | Das stimmt.',
    'Am Ende steht kein Punkt',
  ],
  en: [
    'NATO meets. | Moscow waits.',
    'Mr. Smith met Mrs. Jones. | They talked.',
    'Dr. King spoke. | Everyone listened.',
    'The U.S. Senate voted. | It passed.',
    'He left the U.S. | The rest stayed.',
    'J. F. Kennedy spoke. | Berlin cheered.',
    'Thinkers like J. A. Hobson wrote it. | Others did not.',
    'John F. Kennedy spoke. | Berlin cheered.',
    'It was 5 p.m. Monday. | Nobody came.',
    'It was 5 p.m. | The doors closed.',
    'She lives in St. Louis. | He does not.',
    'See Fig. 3 for details. | It helps.',
    'On Jan. 21 they met. | On Feb. 2 they left.',
    'They met in Jan. | In Feb. 2 came.',
    'He said no. | She agreed.',
    'It is No. 5 on the list. | It was No. 7.',
    'He left Apple Inc. | The name stuck.',
    'Martin Luther King Jr. Day is in January. | It is a holiday.',
    'Many fruits, e.g. Apples, are sweet. | Others, i.e. Lemons, are not.',
    '“We wait. We expect answers,” said Lavrov. | He left.',
    '“Why?” Lavrov asked. | Nobody knew.',
    '“Why?” asked Lavrov. | Nobody knew.',
    '“Stop!” | The man stood still.',
    'He said: "We come. We stay." | Then he left.',
    '"Are you sure?" she said. | He was.',
    'It happened in 1997. | Lavrov recalled it.',
    'It cost $3.5. | Oil was dear.',
    'Elizabeth II. | The queen.',
    'Really? | Yes! | Good.',
    'Wait... | Then go.',
    'Smith v. Jones was decided. | Nobody cared.',
    'She holds a Ph.D. in law. | He holds none.',
    '1. First item. | 2. Second item.',
    'The U.N. Security Council met. | It adjourned.',
    'Gen. Powell met Sen. Biden. | They agreed.',
    'Boeing vs. Airbus is old. | It goes on.',
    'He works at Smith & Co. | They pay well.',
    '(He left.) | She stayed.',
    'He left [1]. | She stayed.',
  ],
  und: ['Où est-il? | Il est là.', '今日は雨です。 | 明日は晴れです。', 'أين هو؟ | هو هنا.', 'यह है। | वह है।'],
};

const sentencesOf = (text: string, language: string): string[] =>
  splitSentences(text, language).map((span) => text.slice(...span));

describe.each(Object.entries(cases))('splitSentences, %s', (language, lines) => {
  it.each(lines)('%s', (line) => {
    expect(sentencesOf(line.replaceAll(' | ', ' '), language)).toEqual(line.split(' | '));
  });
});

describe('splitSentences and lines', () => {
  it('ends a sentence at a blank line, whatever stands there', () => {
    expect(sentencesOf('Bislang keine Ergebnisse\n \nder Konflikt', 'de')).toEqual([
      'Bislang keine Ergebnisse',
      'der Konflikt',
    ]);
  });

  it('goes on over a wrapped line, also in front of a capital letter', () => {
    const text =
      'Die Bemühungen zur Deeskalation in der\nUkraine-Krise laufen auf Hochtouren, sagte Dr.\nMüller den Zeitungen. Mehr nicht.';
    expect(sentencesOf(text, 'de')).toEqual([text.slice(0, -12), 'Mehr nicht.']);
  });

  it('ends a sentence at a line that had room for the next word', () => {
    const text = 'Bislang keine Ergebnisse\nDer Konflikt zwischen Russland und dem Westen spitzte sich zu.';
    expect(sentencesOf(text, 'de')).toEqual(text.split('\n'));
  });

  it('takes list items for sentences', () => {
    expect(sentencesOf('Es fehlen\n- Brot\n- Milch und anderes', 'de')).toEqual([
      'Es fehlen',
      '- Brot',
      '- Milch und anderes',
    ]);
  });

  it('cuts inside a long quotation', () => {
    const long = `„${'Wir warten auf Antworten. '.repeat(20).trim()}“`;
    expect(sentencesOf(long, 'de')).toHaveLength(20);
  });

  it('is not led astray by a quotation mark that is never closed', () => {
    expect(sentencesOf('Er sagte: „Wir kommen. Dann ging er. Sie blieb.', 'de')).toHaveLength(3);
  });

  it('gives nothing for white space', () => {
    expect(splitSentences(' \n\t\u00a0 ', 'de')).toEqual([]);
    expect(splitSentences('', 'en')).toEqual([]);
  });
});

describe('splitSentences on any text', () => {
  const piece = fc.constantFrom(
    ...[
      'Wort',
      'wort',
      'Dr.',
      'z. B.',
      '3.',
      '1997.',
      'U.S.',
      '„',
      '“',
      '”',
      '"',
      '«',
      '»',
      '(',
      ')',
      '.',
      '?',
      '!',
      '…',
    ],
    ...[
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\u00a0',
      '\u202f',
      '\ufeff',
      '-',
      '–',
      ',',
      '。',
      '😀',
      'ä',
      '\ud800',
      'x'.repeat(50),
    ],
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
  );

  it('gives trimmed spans in order that leave out only white space', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('de', 'en', 'und'), (text, language) => {
        let end = 0;
        for (const span of splitSentences(text, language)) {
          expect(text.slice(end, span[0]).trim()).toBe('');
          expect(span[0]).toBeGreaterThanOrEqual(end);
          const sentence = text.slice(...span);
          expect(sentence).not.toBe('');
          expect(sentence.trim()).toBe(sentence);
          end = span[1];
        }
        expect(text.slice(end).trim()).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it('splits the first article into its 23 sentences and the credit', () => {
    const text = readFileSync(new URL('../../corpus/000_29418496144bebaf.txt', import.meta.url), 'utf8');
    const sentences = sentencesOf(text, 'de');
    expect(sentences).toContain('„Wir erwarten Antworten auf unsere Vorschläge“, sagte Lawrow.');
    expect(sentences).toContain('Bislang keine Ergebnisse');
    expect(sentences.at(-1)).toBe('(dpa/afp/red)');
  });

  it.each(['„', '.', 'a. ', '"', '\n', ' ', 'x', '. „a', 'a.\n', 'z. ', '1. ', '(('])(
    'takes time in proportion to the length of a text of %j',
    (unit) => {
      // The slowest takes half a second here; in quadratic time the fastest would take eight.
      const began = performance.now();
      splitSentences(unit.repeat(400_000 / unit.length), 'de');
      expect(performance.now() - began).toBeLessThan(6000);
    },
  );
});
