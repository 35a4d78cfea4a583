import type { Analyse } from '../../src/language/analyse.ts';
import type { ModelLanguage } from '../../src/language/languages.ts';
import type { LanguageModel } from '../../src/language/model.ts';

/** A term of the model with ways to write it that the analysis leads back to it. */
export interface Word {
  /** Id in the model. */
  readonly id: number;
  /** At least one, lower case. */
  readonly forms: readonly string[];
}

/** Endings that make a form of a stem; whether one fits a stem is left to the analysis. */
const endings: Readonly<Record<ModelLanguage, readonly string[]>> = {
  de: ['', 'e', 'en', 'er', 't', 'es', 's'],
  en: ['', 'e', 's', 'ed', 'ing', 'es'],
};

/** Most forms kept of one word, and words of one language. */
const formsKept = 3;
const wordsKept = 40_000;

/**
 * The most frequent words of a language that can stand in a text: those of the model's terms for which
 * a written form is found. Names are left out.
 */
export function listWords(model: LanguageModel, analyse: Analyse, language: ModelLanguage): readonly Word[] {
  const words: Word[] = [];
  for (const id of idsByFrequency()) {
    const forms = writeForms(model.term(id).slice(3), id);
    if (forms.length > 0) words.push({ id, forms });
    if (words.length === wordsKept) break;
  }
  return words;

  function idsByFrequency(): number[] {
    const ids = Array.from({ length: model.size }, (_, id) => id);
    return ids
      .filter((id) => model.term(id).startsWith(`${language}:`) && !model.isName(id))
      .sort((a, b) => model.weights[a]! - model.weights[b]! || a - b);
  }

  function writeForms(stem: string, id: number): string[] {
    if (!/^\p{Ll}{3,}$/u.test(stem)) return [];
    const stems = language === 'en' && stem.endsWith('i') ? [stem, `${stem.slice(0, -1)}y`] : [stem];
    const forms: string[] = [];
    for (const base of stems) {
      for (const ending of endings[language]) {
        if (forms.length === formsKept) return forms;
        const [token, ...others] = analyse(base + ending, language);
        if (token?.id === id && !token.stop && others.length === 0) forms.push(base + ending);
      }
    }
    return forms;
  }
}
