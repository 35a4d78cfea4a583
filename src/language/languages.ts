/** The languages that the built-in model knows. */
export type ModelLanguage = 'de' | 'en';

/** The languages that the built-in model knows. */
export const modelLanguages: readonly ModelLanguage[] = ['de', 'en'];

export const isModelLanguage = (language: string): language is ModelLanguage =>
  language === 'de' || language === 'en';
