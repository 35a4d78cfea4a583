import { describe, expect, it } from 'vitest';
import { readOne } from './folder.ts';

const sentence = 'Die Nato berät über die Lage in der Ukraine, und Moskau wartet auf Antwort.';

describe('encodings', () => {
  const german =
    'Müller grüßt: „Die Nato müsse ihre Soldaten abziehen“ – das gilt für 100 € und für alle anderen.';
  const utf16 = Buffer.from(german, 'utf16le');
  const windows1252 = Buffer.from(
    german.replace(/[„“–€]/g, (c) => ({ '„': '\x84', '“': '\x93', '–': '\x96', '€': '\x80' })[c] ?? c),
    'latin1',
  );

  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(german)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${german}`)],
    ['UTF-16 LE with BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 BE with BOM', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ['UTF-16 LE without BOM', utf16],
    ['UTF-16 BE without BOM', Buffer.from(utf16).swap16()],
    ['Windows-1252', windows1252],
  ])('reads %s', async (_, bytes) => {
    const article = await readOne('a.txt', bytes);
    expect(article.body).toBe(german);
    expect(article.warnings).toEqual([]);
  });

  it('reads UTF-8 with a few broken bytes as UTF-8 and says so', async () => {
    const bytes = Buffer.concat([Buffer.from(german), Buffer.from([0xfc]), Buffer.from(' und mehr.')]);
    const article = await readOne('a.txt', bytes);
    expect(article.body).toBe(`${german}\ufffd und mehr.`);
    expect(article.warnings).toEqual(['a.txt: 1 character is not valid UTF-8 and read as \ufffd']);
  });

  it('trusts the charset that a page declares when it is not UTF-8', async () => {
    const page = (charset: string) => `<html><head><meta charset="${charset}"></head><body><p>Gr\xfc\xdfe`;
    const latin = await readOne('a.html', Buffer.from(page('ISO-8859-1'), 'latin1'));
    const greek = await readOne('a.html', Buffer.from(page('ISO-8859-7'), 'latin1'));
    const unknown = await readOne('a.html', Buffer.from(page('no-such-thing'), 'latin1'));
    expect([latin.body, greek.body, unknown.body]).toEqual(['Grüße', 'Grόίe', 'Grüße']);
  });

  it('brings line ends, control characters, decomposed letters and soft hyphens into one shape', async () => {
    const article = await readOne(
      'a.txt',
      'Eins\0 zwei.\r\nDrei\x07vier.\rMu\u0308ller fa\u00adhr\u00adt\u2028los.\ufeff Gut.',
    );
    expect(article.body).toBe('Eins  zwei.\nDrei vier.\nMüller fahrt\nlos.  Gut.');
  });
});

describe('plain text', () => {
  it.each([
    [` date 2022-01 ${sentence}`, '2022-01', sentence],
    [`date 2022-01-21 ${sentence}`, '2022-01-21', sentence],
    [`Date: 2022\n\n${sentence}`, '2022', sentence],
    [`Datum: 21.01.2022\n${sentence}`, '2022-01-21', sentence],
    [`Datum: 21. Januar 2022\n${sentence}`, '2022-01-21', sentence],
    [`date January 21, 2022 ${sentence}`, '2022-01-21', sentence],
    [`date 2022-13 ${sentence}`, undefined, `date 2022-13 ${sentence}`],
    [`date 2022-02-30 ${sentence}`, undefined, `date 2022-02-30 ${sentence}`],
    [`Date palms grow in 2022. ${sentence}`, undefined, `Date palms grow in 2022. ${sentence}`],
    [sentence, undefined, sentence],
  ])('%j is of %s', async (text, date, body) => {
    const article = await readOne('a.txt', text);
    expect(article.date).toBe(date);
    expect(article.body).toBe(body);
  });

  it('takes the day from the name when nothing else tells it', async () => {
    expect((await readOne('sub/2022-01-21-genf.txt', sentence)).date).toBe('2022-01-21');
    expect((await readOne('2022-01-21-genf.txt', `date 2021 ${sentence}`)).date).toBe('2021');
    expect((await readOne('2022-99-21.txt', sentence)).date).toBeUndefined();
  });

  it.each([
    [`${sentence} (dpa/afp/red)`, 'dpa/afp/red', sentence],
    [`${sentence} (dpa)\n`, 'dpa', sentence],
    [`${sentence} (AFP).`, 'AFP', sentence],
    [`${sentence} (dpa/lno)`, 'dpa/lno', sentence],
    [`${sentence} (Reuters, AP)`, 'Reuters, AP', sentence],
    [`${sentence} (ndn/red)`, 'ndn/red', sentence],
    [`${sentence}\n\ndpa/lno`, 'dpa/lno', sentence],
    [`${sentence}\n\nQuelle: Reuters`, 'Reuters', sentence],
    [`Berlin (dpa) - ${sentence}`, 'dpa', `Berlin (dpa) - ${sentence}`],
    [
      `BERLIN, 21. Januar (AFP/Reuters) – ${sentence}`,
      'AFP/Reuters',
      `BERLIN, 21. Januar (AFP/Reuters) – ${sentence}`,
    ],
    [`dpa - ${sentence}`, 'dpa', `dpa - ${sentence}`],
    [`${sentence} Das sagte er (leise).`, undefined, `${sentence} Das sagte er (leise).`],
    [`${sentence} (Siehe Seite 5)`, undefined, `${sentence} (Siehe Seite 5)`],
    [`${sentence}\n\nEnde`, undefined, `${sentence}\n\nEnde`],
    ['(dpa)', undefined, '(dpa)'],
  ])('%j is credited to %s', async (text, source, body) => {
    const article = await readOne('a.txt', text);
    expect(article.source).toBe(source);
    expect(article.body).toBe(body);
  });

  it.each([
    [`Treffen in Genf\n\n${sentence}`, 'Treffen in Genf'],
    [`Genf (dpa) - ${sentence}`, sentence.slice(0, -1)],
    [
      `${'Ein sehr langer erster Satz, der nicht aufhört und '.repeat(4)}endet.`,
      'Ein sehr langer erster Satz, der nicht aufhört und Ein sehr langer erster Satz, der nicht…',
    ],
    ['x'.repeat(200), `${'x'.repeat(89)}…`],
  ])('%j gets the title %j', async (text, title) => {
    expect((await readOne('a.txt', text)).title).toBe(title);
  });

  it('takes short lines between blank lines for headings, if text follows and they do not end like a sentence', async () => {
    const text = [
      'Titel',
      'Unterzeile ohne Punkt',
      sentence,
      'Bislang keine Ergebnisse',
      sentence,
      'Das ist ein Satz.',
      'und weiter',
      sentence,
      'Letzte Zeile',
    ].join('\n\n');
    const article = await readOne('a.txt', text);
    expect(article.headings.map((span) => article.body.slice(...span))).toEqual([
      'Titel',
      'Unterzeile ohne Punkt',
      'Bislang keine Ergebnisse',
    ]);
  });

  it.each([
    [sentence, 'de'],
    ['NATO is discussing the situation in Ukraine, and Moscow is waiting for an answer from them.', 'en'],
  ])('tells the language of %j', async (text, language) => {
    expect((await readOne('a.txt', text)).language).toBe(language);
  });
});

describe('front matter', () => {
  it('gives title, date, source, address and language', async () => {
    const matter =
      '---\ntitle: "Treffen: Genf"\ndate: 2022-01-21\nsource: dpa\nurl: https://a.example/b\nlanguage: de-AT\ntags: [a]\n---\n';
    const article = await readOne('a.md', `${matter}${sentence}`);
    expect(article).toMatchObject({
      title: 'Treffen: Genf',
      date: '2022-01-21',
      source: 'dpa',
      url: 'https://a.example/b',
      language: 'de',
      body: sentence,
      warnings: [],
    });
  });

  it.each([
    [
      'title: Treffen: Genf\ndate: 2022-01',
      'a.md:2: the front matter is not valid YAML',
      { title: 'Treffen: Genf', date: '2022-01' },
    ],
    [
      'title: A\ntitle: B',
      'a.md:3: the front matter is not valid YAML: Map keys must be unique',
      { title: 'A' },
    ],
    [
      'title: A\ndate: bald',
      'a.md:3: "date" is no date: "bald" (expected 2022, 2022-01 or 2022-01-21); it is left out',
      { title: 'A' },
    ],
    ['date: 2022-02-30', 'a.md:2: "date" is no date: "2022-02-30"', {}],
    ['title: [A, B]', 'a.md:2: "title" has to be text on one line; it is left out', {}],
    [
      'title: A\n\nurl: javascript:alert(1)',
      'a.md:4: "url" has to begin with http:// or https://; it is left out',
      { title: 'A' },
    ],
    [
      'language: Deutsch bitte',
      'a.md:2: "language" is no language code: "Deutsch bitte"',
      { language: 'de' },
    ],
    ['title: "offen\ndate: 2022', 'a.md:', { date: '2022' }],
  ])('%j is reported as %j and the article is read', async (matter, warning, fields) => {
    const article = await readOne('a.md', `---\n${matter}\n---\n${sentence}`);
    expect(article).toMatchObject({ ...fields, body: sentence });
    expect(article.warnings).toHaveLength(1);
    expect(article.warnings[0]).toContain(warning);
  });

  it.each([
    [
      'is never closed',
      `---\ntitle: A\n${sentence}`,
      ['a.md:1: the front matter has no closing line of three dashes; the whole text is read'],
    ],
    ['is a rule across the page', `---\n${sentence}\n---\n${sentence}`, []],
  ])('loses no text when it %s', async (_, text, warnings) => {
    const article = await readOne('a.md', text);
    expect(article.body).toContain(sentence);
    expect(article.body.split(sentence)).toHaveLength(text.split(sentence).length);
    expect(article.warnings).toEqual(warnings);
  });

  it('may be empty', async () => {
    expect(await readOne('a.md', `---\n---\n${sentence}`)).toMatchObject({ body: sentence, warnings: [] });
  });
});

describe('Markdown', () => {
  it.each([
    [
      'Die **USA** und _Russland_ sind *sich* __nicht__ einig.',
      'Die USA und Russland sind sich nicht einig.',
    ],
    ['Ein [Treffen](https://a.example/b_(c) "Titel") in ![Bild](b.png) Genf.', 'Ein Treffen in Bild Genf.'],
    ['[![Bild](b.png)](https://a.example) danach', 'Bild danach'],
    ['Siehe [hier][1] und <https://a.example>.', 'Siehe hier und https://a.example.'],
    ['`Code` und \\*Stern\\* und a_b_c und 3 * 4 * 5', 'Code und *Stern* und a_b_c und 3 * 4 * 5'],
    ['~~Alt~~ neu<br>Zeile <span class="x">hier</span>', 'Alt neu\nZeile hier'],
    ['A &amp; B &#8211; C &#xE4; &unknown; &#0;', 'A & B – C ä &unknown; \ufffd'],
    ['> Zitat\n> geht weiter', 'Zitat\ngeht weiter'],
    ['- eins\n- zwei\n* drei', '- eins\n- zwei\n* drei'],
    ['oben\n\n***\n\nunten', 'oben\n\n\nunten'],
    ['oben\n<!-- nicht\n\nzu sehen -->unten', 'oben\nunten'],
    ['oben <!-- nie zu', 'oben <!-- nie zu'],
    ['[1]: https://a.example\nText', 'Text'],
    ['```js\nconst *a* = 1;\n```\nText', 'const *a* = 1;\nText'],
    ['5 < 6 und 7 > 3, O(n^2) [a] {b} $x$ ~ ^', '5 < 6 und 7 > 3, O(n^2) [a] {b} $x$ ~ ^'],
  ])('%j reads %j', async (markdown, body) => {
    expect((await readOne('a.md', markdown)).body).toBe(body);
  });

  it('has headings with signs before or lines below, whatever they end in', async () => {
    const article = await readOne(
      'a.md',
      `# Was ist?\n\n${sentence}\n\n## Der *Weg*. ##\n${sentence}\n\nUnterstrichen!\n---\n${sentence}`,
    );
    expect(article.headings.map((span) => article.body.slice(...span))).toEqual([
      'Was ist?',
      'Der Weg.',
      'Unterstrichen!',
    ]);
    expect(article.title).toBe('Was ist?');
  });

  it.each([
    '[',
    '![',
    '[a](',
    '*a ',
    '**',
    '_',
    '`a``',
    '<!--',
    '<a ',
    '# ',
    '- ',
    '&#',
    '[[a]',
    '> ',
    '~~a',
  ])('reads a hostile line of %j in time', async (unit) => {
    const began = performance.now();
    await readOne('a.md', `Text ${unit.repeat(100_000 / unit.length)}`);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
