import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkArticle } from '../../src/corpus/chunk.ts';
import { buildArticle } from '../../src/corpus/draft.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import type { Article, Passage } from '../../src/types.ts';
import { readOne } from './folder.ts';
import { makePdf } from './make-pdf.ts';

const words = (text: string): number => text.trim().split(/\s+/).length;
const articleOf = (body: string): Article => buildArticle('a.txt', { body, language: 'de' });
const textsOf = (body: string): string[] => chunkArticle(articleOf(body)).map((passage) => passage.text);

/** A paragraph of sentences with ten words each. */
const paragraph = (sentences: number, name = 'Russland'): string =>
  Array.from(
    { length: sentences },
    (_, i) => `Im Satz ${i} stellt ${name} am Freitag seine Forderungen vor.`,
  ).join(' ');

/** What holds for the passages of every article. */
function expectSound(article: Article, passages: readonly Passage[]): void {
  let end = 0;
  passages.forEach((passage, ordinal) => {
    expect(passage.text).toBe(article.body.slice(...passage.span));
    expect(passage.text.trim()).toBe(passage.text);
    expect(passage.text).not.toBe('');
    expect(passage.id).toBe(`${article.id}-${ordinal}`);
    expect(passage.key).toMatch(/^[a-z2-7]{10}$/);
    expect(passage).toMatchObject({ ordinal, articleId: article.id, language: article.language });
    expect(article.body.slice(end, passage.span[0]).trim()).toBe('');
    expect(passage.span[0]).toBeGreaterThanOrEqual(end);
    end = passage.span[1];
  });
  expect(article.body.slice(end).trim()).toBe('');
}

describe('chunkArticle', () => {
  it('makes one passage of a paragraph of 80 to 160 words', () => {
    const paragraphs = [paragraph(8), paragraph(16), paragraph(12), paragraph(9)];
    expect(textsOf(paragraphs.join('\n\n'))).toEqual(paragraphs);
  });

  it('puts short paragraphs together and ends with one', () => {
    const body = Array.from({ length: 12 }, (_, i) => paragraph(4, `Land ${i}`)).join('\n\n');
    for (const text of textsOf(body)) {
      expect(words(text)).toBeGreaterThanOrEqual(80);
      expect(words(text)).toBeLessThanOrEqual(160);
      expect(body).toMatch(new RegExp(`${text.slice(-20)}(\n\n|$)`));
    }
  });

  it('cuts a long paragraph between sentences, into parts of the right size', () => {
    const body = paragraph(40);
    const ends = new Set(splitSentences(body, 'de').map(([, end]) => end));
    for (const passage of chunkArticle(articleOf(body))) {
      expect(words(passage.text)).toBeGreaterThanOrEqual(80);
      expect(words(passage.text)).toBeLessThanOrEqual(160);
      expect(ends).toContain(passage.span[1]);
    }
  });

  it('never ends with a heading, begins sections with theirs and names it', () => {
    const body = [
      'Titel',
      paragraph(9),
      'Erster Teil',
      'Noch ein Kopf',
      paragraph(10),
      paragraph(9),
      'Zweiter Teil',
      paragraph(9),
    ].join('\n\n');
    const passages = chunkArticle(articleOf(body));
    expect(passages.map(({ text }) => text.split('\n')[0])).toEqual([
      'Titel',
      'Erster Teil',
      paragraph(9),
      'Zweiter Teil',
    ]);
    expect(passages.map(({ heading }) => heading)).toEqual([
      undefined,
      'Noch ein Kopf',
      'Noch ein Kopf',
      'Zweiter Teil',
    ]);
  });

  it('keeps a heading with a very long sentence below it', () => {
    const long = `${'Russland stellt am Freitag seine Forderungen vor und '.repeat(49)}geht.`;
    expect(textsOf(`Bislang keine Ergebnisse\n\n${long}\n\n${paragraph(9)}`)).toEqual([
      `Bislang keine Ergebnisse\n\n${long}`,
      paragraph(9),
    ]);
  });

  it('cuts an article of nothing but headings in time', () => {
    expect(textsOf(`${'Kopf der Seite\n\n'.repeat(20_000)}Ein Satz.`).length).toBeGreaterThan(50);
  });

  it('keeps a short article in one passage', () => {
    expect(textsOf('Ein Satz.')).toEqual(['Ein Satz.']);
    expect(textsOf('  \n\n ')).toEqual([]);
  });

  it('leaves a sentence of up to 400 words whole and cuts a longer one at its clauses', () => {
    const sentence = (clauses: number): string =>
      `${Array.from({ length: clauses }, (_, i) => `sagte der Minister Nummer ${i} im Hotel in Genf`).join(', ')}.`;
    expect(textsOf(sentence(40))).toHaveLength(1);
    const pieces = textsOf(sentence(120));
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) {
      expect(words(piece)).toBeLessThanOrEqual(200);
      expect(piece).toMatch(/[,.]$/);
    }
  });

  it('cuts text without spaces, and no character in two', () => {
    for (const text of textsOf('😀'.repeat(10_000))) expect(text.length).toBeLessThanOrEqual(400 * 15);
    for (const text of textsOf(`a${'😀'.repeat(10_000)}`))
      expect(text).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
  });

  it('keeps ids and keys as long as path and text stay, and keys change with the text', () => {
    const body = [paragraph(9), paragraph(9, 'China')].join('\n\n');
    const [one, two] = chunkArticle(articleOf(body));
    expect(
      chunkArticle({ ...articleOf(body), title: 'Anders', source: 'dpa' }).map(({ key }) => key),
    ).toEqual([one?.key, two?.key]);
    const [same, changed] = chunkArticle(articleOf(body.replace(/China/, 'Indien')));
    expect(same).toEqual(one);
    expect(changed?.key).not.toBe(two?.key);
    const moved = chunkArticle(buildArticle('b.txt', { body, language: 'de' }));
    expect(moved[0]?.key).not.toBe(one?.key);
  });

  it('gives equal passages of one article different keys', () => {
    const keys = chunkArticle(articleOf(Array(5).fill(paragraph(9)).join('\n\n'))).map(({ key }) => key);
    expect(new Set(keys).size).toBe(5);
  });

  it('takes time in proportion to the length', () => {
    const began = performance.now();
    expect(textsOf(`${paragraph(30)}\n\nKopf\n\n`.repeat(500)).length).toBe(1000);
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

describe('chunkArticle on any text', () => {
  const piece = fc.constantFrom(
    ...[
      'Wort',
      'Dr.',
      'z. B.',
      'am 3.',
      '„',
      '“',
      '.',
      '. ',
      '? ',
      ' ',
      '\n',
      '\n\n',
      '\u00a0',
      '## ',
      '- ',
      '😀',
      '\r\n',
      '\0',
    ],
    ...[
      '\n\nBislang keine Ergebnisse\n\n',
      'x'.repeat(300),
      'Lawrow und Blinken haben ihr Gespräch beendet. ',
      ' (dpa)',
      '---\n',
      '[a](b)',
      '**',
    ],
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join('')),
    fc
      .array(fc.tuple(piece, fc.integer({ min: 1, max: 80 })), { maxLength: 12 })
      .map((runs) => runs.map(([unit, times]) => unit.repeat(times)).join(' ')),
  );

  it('covers the body with passages in order', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const article = articleOf(body);
        expectSound(article, chunkArticle(article));
      }),
      { numRuns: 500 },
    );
  });

  it('cuts only between sentences or in sentences of more than 400 words', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const article = articleOf(body);
        const headings = article.headings.flat();
        for (const { span } of chunkArticle(article)) {
          const inside = splitSentences(article.body, 'de').find(
            ([start, end]) => start < span[1] && span[1] < end,
          );
          const long =
            inside && Math.max(words(article.body.slice(...inside)), (inside[1] - inside[0]) / 15) > 400;
          if (inside && !headings.includes(span[1])) expect(long).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a.txt', 'a.md', 'a.html', 'a.pdf'])('holds when it comes as %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        // A file full of control characters is binary, and skipped.
        const visible = `Anfang. ${text.replace(/[^\P{Cc}\n]/gu, ' ')}`;
        const lines = visible
          .split(/\n/)
          .map((line, i) => ({ y: 800 - i * 13, text: line.slice(0, 90).replace(/[^\x20-\xff]/g, '?') }));
        const content = { 'a.html': `<p>${visible}</p>`, 'a.pdf': makePdf([lines]) }[name] ?? visible;
        const article = await readOne(name, content);
        expectSound(article, chunkArticle(article));
        for (const [start, end] of article.headings)
          expect(article.body.slice(start, end).trim()).not.toBe('');
      }),
      { numRuns: 40 },
    );
  });
});
