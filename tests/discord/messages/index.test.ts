import { describe, expect, it } from 'vitest';
import { guessLocale, resolveLocale } from '../../../src/discord/messages/index.ts';

describe('locales', () => {
  it.each([
    ['de', 'de'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    [undefined, 'en'],
  ])('%s is answered in %s', (discord, locale) => expect(resolveLocale(discord)).toBe(locale));
  it.each([
    ['Was forderte Russland? Und wer?', 'de'],
    ['What was the demand that led them to die out?', 'en'],
    ['Wo ist Lawrow?', 'de'],
    ['Lavrov?', 'en'],
  ])('%j looks like %s', (text, locale) => expect(guessLocale(text)).toBe(locale));
});
