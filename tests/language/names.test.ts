import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, unknownNameKey } from '../../src/language/names.ts';

describe('nameKey', () => {
  it.each([
    ['Lawrow', 'Lavrov', 'Lawrows', 'Lavrov’s'],
    ['Selenskyj', 'Selenskij', 'Zelensky', 'Zelenskyy', 'Zelenskiy'],
    ['Kiew', 'Kiev', 'Kyiv', 'Kyjiw'],
    ['Schojgu', 'Schoigu', 'Shoigu', 'Šojgu'],
    ['Nawalny', 'Nawalnyj', 'Navalny', 'Navalnyj'],
    ['Rjabkow', 'Ryabkov'],
    ['Medwedew', 'Medvedev'],
    ['Gorbatschow', 'Gorbachev'],
    ['Chruschtschow', 'Khrushchev'],
    ['Jelzin', 'Yeltsin'],
    ['Solschenizyn', 'Solzhenitsyn'],
    ['Tschechow', 'Chekhov'],
    ['Charkiw', 'Kharkiv'],
    ['Sacharowa', 'Zakharova'],
    ['Schukow', 'Zhukov'],
    ['Gerassimow', 'Gerasimov'],
    ['Prigoschin', 'Prigozhin'],
    ['Lukaschenko', 'Lukashenko'],
    ['Dschibuti', 'Djibouti'],
    ['Tokio', 'Tokyo'],
    ['Scheich', 'Sheikh'],
    ['Smirnow', 'Smirnoff'],
    ['Đằng', 'Dang'],
  ])('is one for %s and its other spellings', (...spellings) => {
    expect(new Set(spellings.map(nameKey))).toHaveLength(1);
  });

  it.each([
    ['Putin', 'Patin'],
    ['Lawrow', 'Larow'],
    ['Kiew', 'Kiel'],
    ['Merkel', 'Märkl'],
    ['Biden', 'Baden'],
  ])('tells %s from %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  it('takes terms as well as words', () => {
    expect(nameKey('de:lawrow')).toBe(nameKey('Lavrov'));
  });

  it('is empty for what has no Latin letter or digit', () => {
    expect(nameKey('Лавров')).toBe('');
  });

  it('does not change when a name is written in capitals', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-zÄÖÜäöü]{1,12}$/), (name) => {
        expect(nameKey(name.toUpperCase())).toBe(nameKey(name.toLowerCase()));
      }),
    );
  });
});

describe('unknownNameKey', () => {
  it('is one for the forms of a land', () => {
    const forms = [
      'Tordania',
      'Tordania’s',
      'Tordanien',
      'Tordaniens',
      'Tordanian',
      'Tordanians',
      'tordanische',
    ];
    expect(new Set(forms.map(unknownNameKey))).toHaveLength(1);
  });

  it.each([
    ['Georg', 'Georgia'],
    ['Julia', 'Julian'],
  ])('tells %s from %s', (one, other) => {
    expect(unknownNameKey(one)).not.toBe(unknownNameKey(other));
  });

  it('is that of a known name for all others', () => {
    expect(unknownNameKey('Lawrows')).toBe(nameKey('Lavrov'));
  });
});
