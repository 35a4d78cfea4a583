import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeAnswer,
  escapeMarkdown,
  link,
  quoteBlock,
  stripInvisible,
  subtext,
} from '../../src/discord/markdown.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['ordinary prose stays: „Zitat“ (OSZE), 100.000 – so.', undefined],
    ['**bold** _it_ ~~no~~ `x` ||y||', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`x\\` \\|\\|y\\|\\|'],
    ['<@1> @everyone', '\\<\\@1> \\@everyone'],
    ['[a](https://b.example)', '\\[a\\](https\\://b.example)'],
    ['# a\n> b\n- c\n1. d', '\\# a\n\\> b\n\\- c\n1\\. d'],
    ['-# small', '\\-# small'],
    ['discord.gg/x', 'discord\\.gg/x'],
    ['in 1994. Danach', undefined],
  ])('%j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped ?? text);
  });

  it('loses no visible letter, and leaves nothing to interpret', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab*_~`|<>[]()@#-+.:/\\ \n1') }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replaceAll(/\\([^a-z0-9\s])/g, '$1')).toBe(text);
        expect(escaped.replaceAll(/\\[^a-z0-9\s]/g, 'x')).not.toMatch(/[*_~`|<[\]@]|:\/\/|^\s*[#>+-]/m);
      }),
    );
  });
});

describe('stripInvisible', () => {
  it.each([
    ['a\u200bb\u2060c\ufeffd', 'abcd'],
    ['evil\u202etxet\u202c', 'eviltxet'],
    ['Tag\u{e0041}', 'Tag'],
    ['a\u0000b\rc\td\ne', 'abc\td\ne'],
    ['👩\u200d👧 می\u200cخواهم', '👩\u200d👧 می\u200cخواهم'],
    ['La\u200dtin', 'Latin'],
  ])('%j', (text, stripped) => {
    expect(stripInvisible(text)).toBe(stripped);
  });
});

it('escapeAnswer keeps markers and escapes the rest', () => {
  expect(escapeAnswer('*No* [1](x) and [2][a].')).toBe('\\*No\\* [1]\\(x) and [2]\\[a\\].');
});

describe('link', () => {
  it.each([
    ['A', 'https://a.example/b c', '[A](<https://a.example/b%20c>)'],
    ['A', 'https://a.example/(x)', '[A](<https://a.example/%28x%29>)'],
    ['A*', 'javascript:alert(1)', 'A\\*'],
    ['A', 'no address', 'A'],
    ['A', undefined, 'A'],
    ['A', `https://a.example/${'x'.repeat(600)}`, 'A'],
    ['A\nB', 'https://a.example/', '[A B](<https://a.example/>)'],
  ])('%j to %j', (label, url, expected) => {
    expect(link(label, url)).toBe(expected);
  });
});

it('quotes and small print go line by line', () => {
  expect(quoteBlock('a\nb\n\n \nc\n')).toBe('> a\n> b\n> \n> c');
  expect(subtext('a\nb')).toBe('-# a\n-# b');
});
