import type { Token } from '../language/analyse.ts';
import type { ModelLanguage } from '../language/languages.ts';
import type { Link } from '../language/model.ts';
import { phraseKey, phraseLength, phraseWord } from '../language/phrases.ts';

/**
 * Phrases of a text that mean a word of their own (secretary of state, ruled out), the longest first from left to right: what
 * they mean, by the position of each of their words.
 */
export function findPhrases(
  tokens: readonly Token[],
  language: ModelLanguage,
  meaningsOf: (key: string) => readonly Link[],
): Map<number, readonly Link[]> {
  const words = tokens.flatMap((token, position) => {
    const word = phraseWord(token);
    return word === undefined ? [] : [{ word, position }];
  });
  const found = new Map<number, readonly Link[]>();
  for (let start = 0; start < words.length; ) {
    const end = findEnd(words, start, language, meaningsOf, found);
    start = Math.max(start + 1, end);
  }
  return found;
}

/** Enters the longest phrase that begins at `start`; returns where it ends, `start` if there is none. */
function findEnd(
  words: ReadonlyArray<{ readonly word: string; readonly position: number }>,
  start: number,
  language: ModelLanguage,
  meaningsOf: (key: string) => readonly Link[],
  found: Map<number, readonly Link[]>,
): number {
  for (let length = phraseLength.most; length >= phraseLength.least; length--) {
    const phrase = words.slice(start, start + length);
    if (phrase.length < length) continue;
    const meanings = meaningsOf(
      phraseKey(
        language,
        phrase.map(({ word }) => word),
      ),
    );
    if (meanings.length === 0) continue;
    for (const { position } of phrase) found.set(position, meanings);
    return start + length;
  }
  return start;
}
