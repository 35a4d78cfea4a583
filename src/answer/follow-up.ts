import type { Analyse, Token } from '../language/analyse.ts';
import { detectQuestionLanguage } from '../language/question-language.ts';
import type { Turn } from '../types.ts';
import { monthOf } from './dates.ts';

/** What a question begins with, or holds, when it goes on from the one before. */
const goesOn =
  /^\W*(?:und|aber|oder|auch|and|but|or|also|what about|how about|was ist mit|wie steht es|wie sieht es|why|warum|wieso|since when|seit wann)(?![\p{L}])/iu;
const refersBack =
  /(?<![\p{L}])(?:er|sie|ihm|ihn|ihnen|ihre?[mnrs]?|dies(?:e[mnrs]?)?|davon|dazu|dabei|damit|daran|darauf|darüber|dagegen|dafür|dort|damals|dann|he|she|it|they|him|them|his|her|their|its|this|that|these|those|there|then)(?![\p{L}])/iu;
/** A question with fewer words of its own lacks its subject. */
const fewWords = 2;

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

  const hasOwnTime = own.some(isTime);
  const carried = contentWords(last, analyse).filter(
    (word) => !own.some(({ token }) => isSame(token, word.token)) && !(hasOwnTime && isTime(word)),
  );
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

const isSame = (a: Token, b: Token) => a.term === b.term || (a.name !== '' && a.name === b.name);

const isTime = ({ surface }: Word) => monthOf(surface) !== undefined || /^(?:19|20)\d{2}$/.test(surface);

/** Names, and acronyms such as USA whatever the model knows about them. */
const isName = (word: Word) =>
  !isTime(word) &&
  (/^\p{Lu}{2,}$/u.test(word.surface) || (word.token.name !== '' && /^\p{Lu}/u.test(word.surface)));

const contentWords = (text: string, analyse: Analyse): Word[] =>
  analyse(text, detectQuestionLanguage(text, analyse))
    .filter((token) => !token.stop)
    .map((token) => ({ token, surface: text.slice(token.start, token.end) }));
