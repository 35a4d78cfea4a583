import { createRequire } from 'node:module';
import type * as Tinyld from 'tinyld';
import type { Language } from '../types.ts';
import type { ModelLanguage } from './languages.ts';
import type { Lexicon } from './model.ts';
import { fold, stem } from './stem.ts';
import { stopWords } from './stopwords.ts';

/** Below this share of telling words a long text is in neither language, whichever leads. */
const leastShare = 0.08;
/** Characters looked at: enough to be certain, and passages cost no more than this. */
const horizon = 600;
/** Share of a text's words that the model has to know before its vocabulary says anything about the language. */
const leastKnown = 0.6;

/**
 * Language of a text as an ISO 639-1 code, or `und`. Function words decide between German and English, which is certain
 * for passages and nearly so for questions. A text without them, or with as many of each, goes by the words that only
 * one language of the lexicon knows, if one is given; then to a detector for sixty languages.
 */
export function detectLanguage(text: string, lexicon?: Lexicon): Language {
  const start = text.slice(0, horizon);
  const words = start.toLowerCase().match(/[a-zß-öø-ɏ]{2,}/g) ?? [];
  return (
    decide(words, (word, language) => stopWords[language].has(word), leastShare) ??
    (lexicon && decide(words, (word, language) => knows(lexicon, word, language), leastKnown)) ??
    (detectAny(start) || 'und')
  );
}

/** The language that has more of the words, if it has at least the given share of them. */
function decide(
  words: readonly string[],
  has: (word: string, language: ModelLanguage) => boolean,
  share: number,
): ModelLanguage | undefined {
  const german = words.filter((word) => has(word, 'de')).length;
  const english = words.filter((word) => has(word, 'en')).length;
  if (german === english || Math.max(german, english) < share * words.length) return undefined;
  return german > english ? 'de' : 'en';
}

function knows(lexicon: Lexicon, word: string, language: ModelLanguage): boolean {
  const folded = fold(word, language);
  return lexicon.irregular[language].has(folded) || lexicon.id(`${language}:${stem(folded, language)}`) >= 0;
}

/** The detector for sixty languages; loaded when first needed, which most questions never do: it takes as long as the model. */
let tinyld: typeof Tinyld | undefined;

function detectAny(text: string): string {
  tinyld ??= createRequire(import.meta.url)('tinyld') as typeof Tinyld;
  return tinyld.detect(text);
}
