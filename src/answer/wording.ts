import type { Analyse, Token } from '../language/analyse.ts';
import type { LanguageModel } from '../language/model.ts';
import { nameKey, unknownNameKey } from '../language/names.ts';
import { detectQuestionLanguage } from '../language/question-language.ts';
import type { Language } from '../types.ts';

/** What a model of language knows about which words belong together. */
export type WordLinks = Pick<LanguageModel, 'id' | 'links'>;

/** A text that may prove a claim. */
export interface Source {
  readonly text: string;
  /** Detected when left out. */
  readonly language?: Language;
}

/** A claim compared with its sources, across languages. */
export interface Wording {
  /** Names in the claim that occur in no source, as the claim writes them. */
  readonly missingNames: readonly string[];
  /** 0..1: share of the claim's content words that a source has, or words linked to them; 1 for a claim without any. */
  readonly share: number;
}

/**
 * Compares the words of a claim with its sources. Spellings of a name are compared by `nameKey` (Lawrow, Lavrov),
 * words that differ from language to language by the model's links (Genf, Geneva; russisch, Russland). Names are
 * capitalised words that are names to the model or that it does not know.
 */
export function compareWording(
  claim: string,
  sources: readonly Source[],
  analyse: Analyse,
  links: WordLinks,
): Wording {
  const there = sources.flatMap(({ text, language }) =>
    analyse(text, language ?? detectQuestionLanguage(text, analyse)),
  );
  const terms = new Set(there.flatMap(({ term, parts }) => [term, ...parts]));
  const ids = new Set([...terms].map((term) => links.id(term)).filter((id) => id >= 0));
  const names = new Set(there.map(({ name }) => name));
  // A name may be a common word to the model in one language and unknown in the other.
  for (const { text } of sources)
    for (const [word] of text.matchAll(/\p{Lu}[\p{L}\p{M}]+/gu))
      names.add(nameKey(word)).add(unknownNameKey(word));
  names.delete('');

  const occurs = ({ term, parts, id, name }: Token) =>
    names.has(name) ||
    [term, ...parts].some((each) => terms.has(each)) ||
    (id >= 0 && links.links(id).some((link) => ids.has(link.id)));
  const words = analyse(claim, detectQuestionLanguage(claim, analyse)).filter(({ stop }) => !stop);
  const missing = words.filter((word) => !occurs(word));
  return {
    missingNames: missing
      .filter(({ name }) => name !== '')
      .map(({ start, end }) => claim.slice(start, end))
      .filter((word) => /^\p{Lu}/u.test(word)),
    share: words.length === 0 ? 1 : 1 - missing.length / words.length,
  };
}
