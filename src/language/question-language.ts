import type { Language } from '../types.ts';
import type { Analyse } from './analyse.ts';
import { detectLanguage } from './detect.ts';
import { isModelLanguage, type ModelLanguage, modelLanguages } from './languages.ts';
import { stopWords } from './stopwords.ts';

/** Function words of a language; acronyms (US, IT) are none. */
const countStopWords = (question: string, language: ModelLanguage): number =>
  (question.match(/\p{L}+/gu) ?? []).filter(
    (word) =>
      stopWords[language].has(word.toLowerCase()) && (word.length === 1 || word !== word.toUpperCase()),
  ).length;

/**
 * Language of a question. Questions are short and may have no function word that tells (Was forderte Russland?): then the
 * language that knows more of the words wins.
 */
export function detectQuestionLanguage(question: string, analyse: Analyse): Language {
  const detected = detectLanguage(question);
  const [some, ...others] = modelLanguages.map((language) => countStopWords(question, language));
  if (others.some((count) => count !== some)) return detected;
  const counts = modelLanguages.map((language) => {
    const tokens = analyse(question, language);
    const known = tokens.filter(
      ({ id, stop, term }) => stop || (id >= 0 && term.startsWith(`${language}:`)),
    ).length;
    return { language, known, all: tokens.length };
  });
  const [best, second] = counts.sort((a, b) => b.known - a.known);
  if (!best || !second || best.known === second.known) return detected;
  const certain = best.known === best.all;
  return certain || detected === 'und' || isModelLanguage(detected) ? best.language : detected;
}
