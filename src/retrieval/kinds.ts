import type { LanguageModel } from '../language/model.ts';
import { type PassageIndex, SEQUENCE } from '../types.ts';
import type { WordClass } from './classes.ts';
import { remember } from './remember.ts';

/** Translations that a German word is led through, and the least probable of them. */
const inText = { most: 3, least: 0.05 };
const inQuestion = { most: 2, least: 0.1 };
/** Terms whose broader words are remembered. */
const remembered = 10_000;

type Weights = ReadonlyMap<number, number>;

/**
 * Adds to the classes of a question the terms of some rows that name a kind or an instance of what its words name (building: Hotel;
 * capital: Kiew). What is broader is known of English words only; German ones get there by translation.
 */
export function createKinds(
  index: PassageIndex,
  model: LanguageModel,
  kindWeight: number,
): (classes: readonly WordClass[], rows: readonly number[]) => WordClass[] {
  const isEnglish = (id: number): boolean => model.term(id).startsWith('en:');
  /** English terms for a term, with the square root of their probability: the rarer senses count, too. */
  const toEnglish = (id: number, { most, least }: typeof inText): Weights => {
    if (id < 0) return new Map();
    if (isEnglish(id)) return new Map([[id, 1]]);
    const translations = model.links(id).filter((link) => isEnglish(link.id));
    return new Map(
      translations
        .slice(0, most)
        .filter(({ weight }) => weight >= least)
        .map((link) => [link.id, Math.sqrt(link.weight)]),
    );
  };

  const findBroader = (term: number): Weights => {
    const found = new Map<number, number>();
    for (const [english, chance] of toEnglish(model.id(index.term(term)), inText)) {
      for (const { id, weight } of model.broader(english)) {
        found.set(id, Math.max(weight * chance, found.get(id) ?? 0));
      }
    }
    return found;
  };
  const broaderOf = remember(findBroader, remembered);

  const findTerms = (rows: readonly number[]): Set<number> => {
    const terms = new Set<number>();
    for (const row of rows) {
      for (const value of index.sequence(row)) {
        if (value < SEQUENCE.titleEnd) terms.add(value & ~SEQUENCE.partBit);
      }
    }
    return terms;
  };

  return (classes, rows) => {
    const candidates = [...findTerms(rows)];
    return classes.map((word) => {
      const asked = toEnglish(model.id(word.word), inQuestion);
      const likeliest = Math.max(...asked.values());
      const terms = new Map(word.terms);
      for (const term of candidates) {
        const broader = broaderOf(term);
        for (const [english, chance] of asked) {
          const weight = (kindWeight * (broader.get(english) ?? 0) * chance) / likeliest;
          if (weight > (terms.get(term) ?? 0)) terms.set(term, weight);
        }
      }
      return { ...word, terms };
    });
  };
}
