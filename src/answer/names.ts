import type { LanguageModel } from '../language/model.ts';

/** What a model of language knows about how words belong together. */
export type WordLinks = Pick<LanguageModel, 'links' | 'isName'>;
