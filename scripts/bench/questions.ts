import type { Analyse } from '../../src/language/analyse.ts';
import { isModelLanguage, type ModelLanguage } from '../../src/language/languages.ts';
import type { LanguageModel } from '../../src/language/model.ts';
import type { Passage } from '../../src/types.ts';
import { createRandom, drawFrom, type Random, shuffle } from './random.ts';
import type { Word } from './words.ts';

/** A question that one passage of the corpus, known in advance, answers best. */
export interface KnownItem {
  readonly question: string;
  readonly language: ModelLanguage;
  /** Id of that passage. */
  readonly passageId: string;
}

/** Content words taken from a passage for one question. */
const wordsTaken = 5;
/** A passage with fewer words to choose from is passed over. */
const fewestWords = 10;

/** Function words that make a question of the words, and tell its language. */
const frames: Readonly<Record<ModelLanguage, (words: readonly string[]) => string>> = {
  de: (words) => `Was ist das mit ${words.slice(0, -1).join(', ')} und ${words.at(-1)}?`,
  en: (words) => `What is this about ${words.slice(0, -1).join(', ')} and ${words.at(-1)}?`,
};

/** What is asked for. */
export type Target = Pick<Passage, 'id' | 'text' | 'language'>;

export interface QuestionMaterial {
  readonly model: LanguageModel;
  readonly analyse: Analyse;
  /** Words of each language by model id. */
  readonly words: Readonly<Record<ModelLanguage, ReadonlyMap<number, Word>>>;
}

/**
 * Asks for a passage in other words: five of its content words, no names and no numbers, shuffled and in any of their
 * forms; or, in the other language, the most probable translations of five. Undefined when the passage has too few words
 * for that, or is in a language that the model does not know.
 */
export function askFor(
  passage: Target,
  language: ModelLanguage,
  { model, analyse, words }: QuestionMaterial,
  random: Random,
): KnownItem | undefined {
  if (!isModelLanguage(passage.language)) return undefined;
  const own = passage.language;
  const written = new Map<number, string>();
  for (const token of analyse(passage.text, own)) {
    if (token.id < 0 || token.stop || model.isName(token.id) || token.term.startsWith('#')) continue;
    written.set(token.id, passage.text.slice(token.start, token.end).toLowerCase());
  }
  const asked = shuffle([...written.keys()], random)
    .map((id) => (language === own ? reword(id) : translate(id)))
    .filter((word) => word !== undefined);
  if (asked.length < fewestWords) return undefined;
  return { question: frames[language](asked.slice(0, wordsTaken)), language, passageId: passage.id };

  function reword(id: number): string {
    return drawFrom([written.get(id)!, ...(words[own].get(id)?.forms ?? [])], random);
  }

  function translate(id: number): string | undefined {
    const best = model.links(id).find((link) => model.term(link.id).startsWith(`${language}:`));
    return best && words[language].get(best.id)?.forms[0];
  }
}

/** Half German, half English questions for passages drawn at random; fewer when the corpus is too poor for more. */
export function askKnownItems(
  count: number,
  passages: { readonly count: number; readonly read: (n: number) => Target },
  material: QuestionMaterial,
  seed: number,
): readonly KnownItem[] {
  const random = createRandom(seed, 4);
  const items: KnownItem[] = [];
  for (let tries = 0; items.length < count && tries < 10 * count; tries++) {
    const passage = passages.read(Math.floor(random() * passages.count));
    const item = askFor(passage, items.length % 2 === 0 ? 'de' : 'en', material, random);
    if (item) items.push(item);
  }
  return items;
}
