import type { Token } from '../language/analyse.ts';

const interrogative = /^(?:which|what|welche[mnrs]?)$/iu;

/**
 * Position of the word that says of what kind the answer is: which capitals, in what kind of building, welche deutschen Städte.
 * Undefined if the question does not put it that way.
 */
export function findAsked(
  question: string,
  tokens: readonly Token[],
  isFrame: (offset: number) => boolean,
): number | undefined {
  const textOf = ({ start, end }: Token): string => question.slice(start, end);
  for (const [at, token] of tokens.entries()) {
    if (!interrogative.test(textOf(token))) continue;
    const isGerman = token.term.startsWith('de:');
    for (let position = at + 1; position < tokens.length; position++) {
      const next = tokens[position]!;
      if (isFrame(next.start) || /^(?:of|von)$/iu.test(textOf(next))) continue;
      if (next.stop) break;
      // German adjectives stand before the noun, which has a capital letter.
      if (!isGerman || /^\p{Lu}/u.test(textOf(next))) return position;
    }
  }
  return undefined;
}
