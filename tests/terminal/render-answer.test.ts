import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { renderDate } from '../../src/terminal/labels.ts';
import { renderAnswer, wrap } from '../../src/terminal/render-answer.ts';
import { abstained, answered, citation } from '../fakes.ts';

const options = { colors: picocolors.createColors(false), width: 80 };

describe('renderAnswer', () => {
  test('shows answer, what was checked and the source', () => {
    expect(renderAnswer(answered, options)).toBe(
      [
        '„Der Hafen bleibt bis Freitag gesperrt.“ [1]',
        '',
        'as of 21 January 2022 · 1 of 1 quotes checked, letter for letter',
        '',
        'Sources',
        '[1] Hafen bleibt gesperrt · dpa · 21 January 2022 · hafen.md',
      ].join('\n'),
    );
  });

  test('speaks German to a German question', () => {
    expect(renderAnswer({ ...answered, language: 'de' }, options)).toContain(
      'Stand 21. Januar 2022 · 1 von 1 Zitaten geprüft',
    );
  });

  test('names one article once, with all its markers', () => {
    const two = { ...answered, citations: [citation, { ...citation, marker: 2 }] as const };
    expect(renderAnswer(two, options)).toContain('[1][2] Hafen bleibt gesperrt');
  });

  test('keeps quote and translation of a written answer apart', () => {
    const written = {
      ...answered,
      by: 'model',
      text: 'The harbour stays closed. [1]',
      citations: [{ ...citation, translation: 'The harbour remains closed until Friday.' }],
    } as const;
    const shown = renderAnswer(written, options);
    expect(shown).toContain('[1] Der Hafen bleibt bis Freitag gesperrt.');
    expect(shown).toContain('(translation, unchecked: The harbour remains closed until Friday.)');
  });

  test('says how many quotes were dropped', () => {
    const checks = { verified: 1, repaired: 1, misattributed: 0, notFound: 2 };
    expect(renderAnswer({ ...answered, checks }, options)).toContain('2 of 4 quotes checked');
  });

  test('an abstention shows the closest passages as what they are, headlines and a suggestion', () => {
    const shown = renderAnswer(abstained, options);
    expect(shown).toMatch(
      /No sentence in the articles says so\.\n\nClosest passages, not an answer\nDer Hafen/,
    );
    expect(shown).toContain('- Hafen bleibt gesperrt (21 January 2022)');
    expect(shown).toMatch(/Try the name of a place\.$/);
  });

  test('an irrelevant question shows no passages', () => {
    expect(renderAnswer({ ...abstained, reason: 'nothing-relevant' }, options)).not.toContain('Closest');
  });
});

test.each([
  ['2022', 'en', '2022'],
  ['2022-01', 'en', 'January 2022'],
  ['2022-01', 'de', 'Januar 2022'],
  ['2022-03-05', 'de', '5. März 2022'],
] as const)('the date %s reads %s: %s', (date, locale, shown) => {
  expect(renderDate(date, locale)).toBe(shown);
});

test.each([
  ['aa bb cc', 5, 'aa bb\ncc'],
  ['aa bb cc', 5, 'aa bb\n  cc', 2],
  ['a\n\nb', 5, 'a\n\nb'],
  ['aaaaaaaa bb', 5, 'aaaaaaaa\nbb'],
  ['', 5, ''],
])('wraps %j at %i', (text, width, shown, indent = 0) => {
  expect(wrap(text, width, indent)).toBe(shown);
});
