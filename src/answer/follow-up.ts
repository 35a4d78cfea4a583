import type { Analyse, Token } from '../language/analyse.ts';
import { detectLanguage } from '../language/detect.ts';
import type { Turn } from '../types.ts';

/** What a question begins with, or holds, when it goes on from the one before. */
const goesOn =
  /^\W*(?:und|aber|oder|auch|and|but|or|also|what about|how about|was ist mit|wie steht es|wie sieht es|why|warum|wieso|since when|seit wann)(?![\p{L}])/iu;
const refersBack =
  /(?<![\p{L}])(?:er|sie|ihm|ihn|ihnen|ihre?[mnrs]?|dies(?:e[mnrs]?)?|davon|dazu|dabei|damit|daran|darauf|darüber|dagegen|dafür|dort|damals|dann|he|she|it|they|him|them|his|her|their|its|this|that|these|those|there|then)(?![\p{L}])/iu;
/** A question with so few words of its own may lack its subject. */
const fewWords = 3;

/**
 * A follow-up made to stand alone without a model: the words of the last question that it leaves open are carried
 * over, in brackets. "what did Russia demand in Geneva?", "and the US?" becomes "and the US? (demand Geneva)": a
 * name of its own takes the place of the last question's first. Undefined when the question stands alone.
 */
export function carryTerms(question: string, history: readonly Turn[], analyse: Analyse): string | undefined {
  const last = history.at(-1)?.question;
  if (last === undefined) return undefined;
  const own = contentWords(question, analyse);
  const isOpen = goesOn.test(question) || refersBack.test(question) || own.length < fewWords;
  if (!isOpen) return undefined;

  const carried = contentWords(last, analyse).filter(
    ({ token }) =>
      !own.some(
        (word) => word.token.term === token.term || (token.name !== '' && word.token.name === token.name),
      ),
  );
  const isName = ({ token, surface }: Word) => token.name !== '' && /^\p{Lu}/u.test(surface);
  // The first word of a question is capitalised whatever it is.
  const replaced = own.some(isName)
    ? carried.find((word) => word.token.start > 0 && isName(word))
    : undefined;
  const words = carried.filter((word) => word !== replaced).map(({ surface }) => surface);
  return words.length === 0 ? undefined : `${question.trim()} (${words.join(' ')})`;
}

interface Word {
  readonly token: Token;
  readonly surface: string;
}

const contentWords = (text: string, analyse: Analyse): Word[] =>
  analyse(text, detectLanguage(text))
    .filter((token) => !token.stop)
    .map((token) => ({ token, surface: text.slice(token.start, token.end) }));
