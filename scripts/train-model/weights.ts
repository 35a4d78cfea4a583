import type { ModelLanguage } from '../../src/language/languages.ts';
import type { Links } from './links.ts';

/** Share of the texts' say against the dictionaries'. */
const textShare = 0.4;
/** English terms that a German one is weighed by. */
const mostTranslations = 3;

const clamp = (weight: number): number => Math.max(0.05, Math.min(1, weight));

/** How rare each count is: 0 for the largest, 1 for `rarest` and less, in proportion to logarithms. */
function scaleRarity(counts: readonly number[], rarest: number): number[] {
  const most = counts.reduce((max, count) => Math.max(max, count), 2 * rarest);
  return counts.map((count) => Math.log(most / Math.max(count, rarest)) / Math.log(most / rarest));
}

/**
 * Importance of terms, 0.05..1: how rare a term is in the dictionaries, mixed with how rare it is in running text, where words such
 * as `earlier` are common that few entries are about. The texts are English; German terms are weighed by their translations.
 */
export function buildWeights(
  terms: readonly string[],
  dictionary: readonly number[],
  text: readonly number[],
  links: Links,
): number[] {
  const inDictionary = scaleRarity(dictionary, 2);
  const inText = scaleRarity(text, 0.5);
  const isOf = (id: number, language: ModelLanguage): boolean => terms[id]!.startsWith(`${language}:`);
  const textRarity = (id: number): number | undefined => {
    if (isOf(id, 'en')) return inText[id];
    const translations = links[id]!.filter((link) => isOf(link.id, 'en')).slice(0, mostTranslations);
    const total = translations.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return undefined;
    return translations.reduce((sum, link) => sum + link.weight * inText[link.id]!, 0) / total;
  };
  return terms.map((_, id) => {
    const own = inDictionary[id]!;
    return clamp((1 - textShare) * own + textShare * (textRarity(id) ?? own));
  });
}
