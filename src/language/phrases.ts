import type { ModelLanguage } from './languages.ts';

/** Words of a phrase, function words among them: "ruled out the deal" has the phrase "rule out". */
export const phraseLength = { least: 2, most: 4 } as const;

/** Articles, possessives and the particle of the infinitive: dictionaries and questions put them in as they like. */
const fillers = new Set(
  (
    'a an the to my your his her its our their der die das den dem des ein eine einen einem einer eines ' +
    'mein dein sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer zu sich'
  ).split(' '),
);

/** A word of a text: its term with the language tag (`en:rule`). */
interface PhraseWord {
  readonly term: string;
}

/** A word as it stands in a phrase, or undefined if phrases are looked up without it. */
export function phraseWord({ term }: PhraseWord): string | undefined {
  const word = term.slice(term.indexOf(':') + 1);
  return fillers.has(word) ? undefined : word;
}

/** The key of a phrase of these words in a language. */
export const phraseKey = (language: ModelLanguage, words: readonly string[]): string =>
  `${language}:${words.join(' ')}`;
