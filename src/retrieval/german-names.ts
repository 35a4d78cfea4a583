import type { Analyse, Token } from '../language/analyse.ts';

/**
 * Words of an English question that are names by their capital letter, as terms of a German text, by position: what Lady Gaga is in
 * English, she is not in German, where her names are read as the words that they are. Names by their key meet without.
 */
export function readGermanNames(
  question: string,
  tokens: readonly Token[],
  analyse: Analyse,
): Map<number, string> {
  const names = new Map<number, string>();
  for (const [position, { start, end, stop, name }] of tokens.entries()) {
    const surface = question.slice(start, end);
    if (stop || name !== '' || position === 0 || !/^[A-Z]/.test(surface)) continue;
    const [german] = analyse(surface, 'de');
    if (german && !german.stop) names.set(position, german.term);
  }
  return names;
}
