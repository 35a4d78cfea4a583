import { createRequire } from 'node:module';
import type Snowball from 'snowball-stemmers';
import type { ModelLanguage } from './languages.ts';

// An import would first search the 870 kB of all languages for its exports: a twentieth of a second at every start.
const snowball = createRequire(import.meta.url)('snowball-stemmers') as typeof Snowball;

const german = snowball.newStemmer('german');
const english = snowball.newStemmer('english');

/** Removes accents and typographic variants; keeps ä, ö and ü, which tell German words apart (fordern, fördern). */
export function fold(word: string, language: ModelLanguage): string {
  const lower = word.toLowerCase().replace(/ß/g, 'ss');
  if (!/[^a-z0-9äöü]/.test(lower) && language === 'de') return lower;
  const bare = (text: string): string => text.normalize('NFD').replace(/[̀-ͯ]/g, '');
  return language === 'en' ? bare(lower) : lower.normalize('NFC').replace(/[^äöü]+/g, (run) => bare(run));
}

export const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Words whose stems are kept: the stemmer takes ten times as long as a look-up, and parts of compounds recur. */
const remembered = 100_000;
const stems: Readonly<Record<ModelLanguage, Map<string, string>>> = { de: new Map(), en: new Map() };

/**
 * Stem of a folded word: Porter's English stemmer (Porter 2001) or the German one of the same family, without that one's
 * last step, which would take the dots off umlauts.
 */
export function stem(word: string, language: ModelLanguage): string {
  const known = stems[language];
  let stemmed = known.get(word);
  if (stemmed === undefined) {
    stemmed = language === 'en' ? english.stem(word) : word.slice(0, german.stem(word).length);
    if (known.size >= remembered) known.clear();
    known.set(word, stemmed);
  }
  return stemmed;
}
