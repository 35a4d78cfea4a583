import { describe, expect, it } from 'vitest';
import { parsePdf } from '../../src/corpus/pdf.ts';
import { joinLines } from '../../src/corpus/pdf-layout.ts';
import { createFolder, readAll, readOne } from './folder.ts';
import { makePdf, type PdfLine } from './make-pdf.ts';

/** Lines one below the other, with a running head and a page number. */
const page = (number: number, lines: readonly PdfLine[]): PdfLine[] => [
  { y: 810, size: 8, text: `Musterzeitung vom 21. Januar, Seite ${number}` },
  ...lines,
  { x: 290, y: 30, size: 8, text: String(number) },
];

const report = [
  page(1, [
    { y: 760, size: 20, text: 'Treffen in Genf endet früh' },
    { y: 720, text: 'Russlands Außenminister Sergej Lawrow und sein US-' },
    { y: 707, text: 'Kollege Antony Blinken haben ihr Krisengespräch im Ukraine-Kon-' },
    { y: 694, text: 'flikt früher als geplant beendet. Es ging um Ein-' },
    { y: 681, text: 'und Ausfuhr.' },
    { y: 655, text: '„Wir erwarten Antworten auf unsere Vorschläge“, sagte Lawrow und' },
  ]),
  page(2, [
    { y: 760, text: 'verließ das Hotel am Genfersee.' },
    { y: 730, size: 14, text: 'Bislang keine Ergebnisse' },
    { y: 705, text: 'Der Konflikt spitzte sich zu (siehe Karte).' },
  ]),
];

describe('PDF', () => {
  it('gives paragraphs without line breaks, running heads and page numbers', async () => {
    const article = await readOne('a.pdf', makePdf(report));
    expect(article.body.split('\n\n')).toEqual([
      'Treffen in Genf endet früh',
      'Russlands Außenminister Sergej Lawrow und sein US-Kollege Antony Blinken haben ihr Krisengespräch im Ukraine-Konflikt früher als geplant beendet. Es ging um Ein- und Ausfuhr.',
      '„Wir erwarten Antworten auf unsere Vorschläge“, sagte Lawrow und verließ das Hotel am Genfersee.',
      'Bislang keine Ergebnisse',
      'Der Konflikt spitzte sich zu (siehe Karte).',
    ]);
    expect(article.headings.map((span) => article.body.slice(...span))).toEqual([
      'Treffen in Genf endet früh',
      'Bislang keine Ergebnisse',
    ]);
    expect(article).toMatchObject({ title: 'Treffen in Genf endet früh', language: 'de' });
  });

  it.each([
    ["/Title (Das Treffen) /CreationDate (D:20220121103000+01'00')", 'Das Treffen', '2022-01-21'],
    ['/Title (Microsoft Word - a b.doc) /CreationDate (gestern)', 'Treffen in Genf endet früh', undefined],
    ['/Title (untitled file)', 'Treffen in Genf endet früh', undefined],
  ])('of information %s has the title %s', async (info, title, date) => {
    const article = await readOne('a.pdf', makePdf(report, { info }));
    expect(article.title).toBe(title);
    expect(article.date).toBe(date);
  });

  it('is skipped when it is encrypted or has no text', async () => {
    const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >> /ID [<00> <00>]`;
    const folder = createFolder({
      'locked.pdf': makePdf(report, { trailer: encrypt }),
      'scan.pdf': makePdf([[]]),
    });
    expect(await readAll(folder.root)).toEqual([
      { kind: 'skipped', path: 'locked.pdf', reason: 'encrypted' },
      {
        kind: 'skipped',
        path: 'scan.pdf',
        reason: 'no text; scanned pages need text recognition first',
      },
    ]);
    folder.remove();
  });

  it('is given up when it takes too long', async () => {
    const endless = makePdf(Array.from({ length: 400 }, (_, i) => page(i, [{ y: 700, text: 'Ein Satz.' }])));
    expect(await parsePdf(endless, 1)).toEqual({ fault: 'takes longer than 0.001 s to read' });
  });

  it.each([
    ['Ukraine-Kon-', 'flikt', 'Ukraine-Konflikt'],
    ['der US-', 'Kollege', 'der US-Kollege'],
    ['Ein-', 'und Ausfuhr', 'Ein- und Ausfuhr'],
    ['Er ging -', 'und kam', 'Er ging - und kam'],
    ['von 1990-', '1995', 'von 1990- 1995'],
    ['Er', 'kam', 'Er kam'],
  ])('joins %j and %j', (text, next, joined) => {
    expect(joinLines(text, next)).toBe(joined);
  });
});
