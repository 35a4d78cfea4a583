import type { Token } from './analyse.ts';

const prefixes =
  'ab an auf auseinander aus bei bekannt bereit bevor dar durch ein empor entgegen fern fest fort frei gegenüber heim herab heraus herein ' +
  'herum herunter hervor her hinab hinaus hinein hinunter hinweg hinzu hin hoch inne klar los mit nach nahe nieder offen preis stand statt ' +
  'still teil überein über umher um unter voran voraus vorbei vor wahr weg weiter wieder zurecht zurück zusammen zu';

const isPrefix = new Set(prefixes.split(' '));

const prepositions = 'für gegen hinter in neben ohne';

/** What stands behind a prefix that ends its clause. It does not in "vor und nach dem Krieg". */
const endsClause = new RegExp(
  `["”“»«’‘)\\]]*(?:\\s*[,.;:!?…–—]|\\s+-\\s|\\s*$|\\s+(?:und|oder|sowie|als|wie)\\s+` +
    `(?!(?:${`${prefixes} ${prepositions}`.replaceAll(' ', '|')})(?![a-zäöüß])))`,
  'y',
);

/**
 * German verbs that come apart in a main clause: `warf … vor` is `vorwerfen`. Gives for the position of each such verb the term of the
 * whole (`de:vorwerf`), if the model knows it. A prefix ends its clause, and belongs to the nearest word before it with which it makes one.
 */
export function joinSeparableVerbs(
  text: string,
  tokens: readonly Token[],
  isKnown: (term: string) => boolean,
): Map<number, string> {
  const joined = new Map<number, string>();
  for (const [position, token] of tokens.entries()) {
    endsClause.lastIndex = token.end;
    if (!endsClause.test(text)) continue;
    const prefix = text.slice(token.start, token.end).toLowerCase();
    if (!isPrefix.has(prefix)) continue;
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
