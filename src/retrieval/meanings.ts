import type { LanguageModel } from '../language/model.ts';
import { remember } from './remember.ts';
import type { MatchingSettings } from './weights.ts';

/** A term that may mean the same: in the model, in the index (-1 if it is not there), and how likely. */
export interface Meaning {
  readonly id: number;
  readonly term: number;
  readonly weight: number;
}

export interface Meanings {
  /** Relatives and spellings, in the language of the term; 0..1. */
  readonly alike: readonly Meaning[];
  /** Translations, likely ones higher; only their proportions count. */
  readonly translations: readonly Meaning[];
}

/** Probability of a translation back that the lexicon has pruned. */
const leastBack = 0.01;
/** Terms whose meanings are remembered. */
const remembered = 10_000;

const tagOf = (term: string): string => term.slice(0, term.indexOf(':') + 1);

/**
 * Reads what the lexicon links a term to. Those translations are likely that translate back, too: `demand` may be a part of what a
 * `Nachfrage` is, but a `Forderung` is a demand. The closure remembers the terms asked for.
 */
export function createMeanings(
  model: LanguageModel,
  fromModel: (id: number) => number,
  settings: MatchingSettings,
): (id: number) => Meanings {
  const read = (id: number): Meanings => {
    const tag = tagOf(model.term(id));
    const alike: Meaning[] = [];
    const translations: Meaning[] = [];
    for (const link of model.links(id)) {
      const term = fromModel(link.id);
      if (tagOf(model.term(link.id)) === tag) {
        if (term >= 0) alike.push({ ...link, term });
        continue;
      }
      const back = model.linkWeight(link.id, id);
      const weight =
        link.weight ** settings.translationExponent * (back + leastBack) ** settings.backExponent;
      translations.push({ id: link.id, term, weight });
    }
    return { alike, translations };
  };
  return remember(read, remembered);
}
