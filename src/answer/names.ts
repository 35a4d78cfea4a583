import type { Analyse, Token } from '../language/analyse.ts';
import { detectLanguage } from '../language/detect.ts';
import type { LanguageModel } from '../language/model.ts';
import { nameKey } from '../language/names.ts';

/** What a model of language knows about which words are names and which belong together. */
export type WordLinks = Pick<LanguageModel, 'links' | 'isName'>;

/** A text in which a name may occur. */
export interface Source {
  readonly text: string;
  /** ISO 639-1; detected when left out. */
  readonly language?: string;
}

/**
 * Names in a claim that occur in none of the sources. Spellings are compared by `nameKey` (Lawrow, Lavrov), names that
 * differ from language to language (Genf, Geneva; Russland, russisch) by the model's links. Compared are capitalised
 * words that are names to the model or that it does not know; what it knows as a common word is no name.
 */
export function findUnprovedNames(
  claim: string,
  sources: readonly Source[],
  analyse: Analyse,
  links: WordLinks,
): readonly string[] {
  const there = sources.flatMap(({ text, language }) => analyse(text, language ?? detectLanguage(text)));
  const keys = new Set(there.map(({ name }) => name).filter(Boolean));
  for (const { text } of sources)
    for (const word of text.match(/\p{Lu}[\p{L}\p{M}]+/gu) ?? []) keys.add(nameKey(word));
  const terms = new Set(there.flatMap(({ term, parts }) => [term, ...parts]));
  const ids = new Set(there.map(({ id }) => id).filter((id) => id >= 0));

  const occurs = (token: Token) =>
    keys.has(token.name) ||
    [token.term, ...token.parts].some((term) => terms.has(term)) ||
    (token.id >= 0 && links.links(token.id).some(({ id }) => ids.has(id)));
  return analyse(claim, detectLanguage(claim))
    .filter((token) => isName(token, claim, links) && !occurs(token))
    .map(({ start, end }) => claim.slice(start, end));
}

/** The first word of a sentence is capitalised whatever it is, so that there only the model's word counts. */
function isName({ id, name, start, end, stop }: Token, claim: string, links: WordLinks): boolean {
  if (stop || name === '' || !/^\p{Lu}/u.test(claim.slice(start, end))) return false;
  const isFirst = /(?:^|[.!?:]\s*["„“»‚‘']?)\s*$/.test(claim.slice(0, start));
  return (id >= 0 && links.isName(id)) || !isFirst;
}
