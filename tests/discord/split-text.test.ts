import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/discord/split-text.ts';

describe('splitText', () => {
  it('leaves what fits', () => {
    expect(splitText('short', 10)).toEqual(['short']);
    expect(splitText('', 10)).toEqual([]);
  });

  it.each([
    ['paragraphs', `${'a'.repeat(40)}\n\n${'b'.repeat(40)}`, ['a'.repeat(40), 'b'.repeat(40)]],
    ['sentences', `${'Word word. '.repeat(4)}${'x '.repeat(20)}`.trim(), undefined],
    ['quotes', `> ${'wort '.repeat(20)}`.trim(), undefined],
    ['bold quotes', `> vor **${'wort '.repeat(20).trim()}** nach`, undefined],
  ])('%s', (_name, text, expected) => {
    const pieces = splitText(text, 60);
    if (expected) expect(pieces).toEqual(expected);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(60);
      if (text.startsWith('> ')) expect(piece).toMatch(/^> \S/);
      expect((piece.match(/\*\*/g)?.length ?? 0) % 2).toBe(0);
    }
    const readable = (parts: readonly string[]) => parts.join(' ').replaceAll(/> |\*\*|\s/g, '');
    expect(readable(pieces)).toBe(readable([text]));
  });

  it('cuts no link, marker, timestamp, escape or code point, and loses nothing', () => {
    const atom = fc.constantFrom(
      '[Titel mit Wort](<https://a.example/b>)',
      '[1]',
      '<t:1642723200:D>',
      '\\*',
      '🙂',
      'wort',
      'x',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(atom, fc.constantFrom(' ', '')), { minLength: 20, maxLength: 80 }),
        fc.integer({ min: 100, max: 160 }),
        (parts, max) => {
          const text = parts.map(([a, b]) => a + b).join('');
          const pieces = splitText(text, max);
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(max);
            expect(piece).not.toMatch(/\p{Cs}/u);
          }
          const whole = (list: readonly string[], what: RegExp) =>
            list.flatMap((piece) => piece.match(what) ?? []).length;
          for (const what of [
            /\[Titel mit Wort\]\(<https:\/\/a\.example\/b>\)/g,
            /\[1\]/g,
            /<t:1642723200:D>/g,
            /\\\*/g,
          ])
            expect(whole(pieces, what)).toBe(whole([text], what));
          expect(pieces.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        },
      ),
    );
  });
});
