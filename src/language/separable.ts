import type { Token } from '../language/analyse.ts';

const prefixes = new Set(
  'ab an auf aus bei bereit dar durch ein entgegen fern fest fort frei her heraus hervor hin hinaus hinzu los mit nach nieder statt teil um vor voran voraus vorbei weg weiter wieder zu zurück zusammen'.split(
    ' ',
  ),
);

const endsClause = /^\s*(?:[,.;:!?…]|$)/;

/**
 * German verbs that come apart in a main clause: `warf … vor` in a question is `vorwerfen`. Gives for the position of each such verb the term of the
 * whole (`de:vorwerf`), if the model knows it. A prefix belongs to the nearest word before it with which it makes one.
 */
export function joinSeparableVerbs(
  text: string,
  tokens: readonly Token[],
  isKnown: (term: string) => boolean,
): Map<number, string> {
  const joined = new Map<number, string>();
  for (const [position, token] of tokens.entries()) {
    const prefix = text.slice(token.start, token.end).toLowerCase();
    if (!prefixes.has(prefix) || !endsClause.test(text.slice(token.end))) continue;
    for (let at = position - 1; at >= 0; at--) {
      const verb = tokens[at]!;
      if (verb.stop || !verb.term.startsWith('de:')) continue;
      if (/^[A-ZÄÖÜ]/.test(text.slice(verb.start, verb.end)) && at > 0) continue;
      const whole = `de:${prefix}${verb.term.slice(3)}`;
      if (!isKnown(whole)) continue;
      joined.set(at, whole);
      break;
    }
  }
  return joined;
}
