import snowball from 'snowball-stemmers';
import type { ModelLanguage } from './languages.ts';

const german = snowball.newStemmer('german');
const english = snowball.newStemmer('english');

/** Removes accents and typographic variants; keeps ä, ö and ü, which tell German words apart (fordern, fördern). */
export function fold(word: string, language: ModelLanguage): string {
  const lower = word.toLowerCase().replace(/ß/g, 'ss');
  if (!/[^a-z0-9äöü]/.test(lower) && language === 'de') return lower;
  const bare = (text: string): string => text.normalize('NFD').replace(/[̀-ͯ]/g, '');
  return language === 'en' ? bare(lower) : lower.normalize('NFC').replace(/[^äöü]+/g, (run) => bare(run));
}

/**
 * Stem of a folded word: Porter's English stemmer (Porter 2001) or the German one of the same family, without that one's
 * last step, which would take the dots off umlauts.
 */
export function stem(word: string, language: ModelLanguage): string {
  if (language === 'en') return english.stem(word);
  return word.slice(0, german.stem(word).length);
}
