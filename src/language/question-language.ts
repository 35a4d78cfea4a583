import type { Language } from '../types.ts';
import type { Analyse } from './analyse.ts';
import { detectLanguage } from './detect.ts';
import { isModelLanguage, modelLanguages } from './languages.ts';

/**
 * Language of a question. Questions are short and may have no function word that tells (Was forderte Russland?): then the
 * language that knows more of the words wins.
 */
export function detectQuestionLanguage(question: string, analyse: Analyse): Language {
  const detected = detectLanguage(question);
  const counts = modelLanguages.map((language) => {
    const tokens = analyse(question, language);
    const stops = tokens.filter(({ stop }) => stop).length;
    const words = tokens.filter(({ id, term }) => id >= 0 && term.startsWith(`${language}:`)).length;
    return { language, stops, known: stops + words, all: tokens.length };
  });
  const [best, second] = counts.sort((a, b) => b.known - a.known);
  if (!best || !second || best.stops !== second.stops || best.known === second.known) return detected;
  const certain = best.known === best.all;
  return certain || detected === 'und' || isModelLanguage(detected) ? best.language : detected;
}
