import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Analyse } from '../../src/language/analyse.ts';
import type { LanguageModel } from '../../src/language/model.ts';

/** A place in a sentence where a word is put. */
export type Slot = 'noun' | 'word' | 'name' | 'number';

/** A sentence without its content: runs of function words and punctuation, and slots between them. */
export type Skeleton = readonly (string | { readonly slot: Slot })[];

/** Fewer words than this are a heading, a place line or a byline. */
const shortest = 6;

/**
 * Skeletons of the German sentences in a folder of Markdown articles: their lengths, punctuation and
 * function words are those of real sentences, their content words are gone.
 */
export function readSkeletons(folder: string, model: LanguageModel, analyse: Analyse): readonly Skeleton[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .filter((text) => /^language: de$/m.test(text))
    .flatMap((text) => text.replace(/^---\n.*?\n---\n/s, '').split(/\n+/))
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(/(?<=[a-zäöüß]{3}[.?!][“"]?) (?=[A-ZÄÖÜ„])/))
    .map((sentence) => emptySentence(sentence, model, analyse))
    .filter((skeleton) => skeleton.filter((part) => typeof part !== 'string').length >= shortest);
}

/** A sentence with its content words, names and numbers taken out. */
export function emptySentence(sentence: string, model: LanguageModel, analyse: Analyse): Skeleton {
  const parts: (string | { slot: Slot })[] = [];
  let end = 0;
  for (const token of analyse(sentence, 'de')) {
    if (token.stop) continue;
    parts.push(sentence.slice(end, token.start), { slot: slotOf(token) });
    end = token.end;
  }
  parts.push(sentence.slice(end));
  return parts.filter((part) => part !== '');

  function slotOf(token: ReturnType<Analyse>[number]): Slot {
    const written = sentence.slice(token.start, token.end);
    if (/^\d/.test(written)) return 'number';
    if (!/^\p{Lu}/u.test(written)) return 'word';
    const unknown = token.id < 0 && token.parts.length === 0;
    return unknown || (token.id >= 0 && model.isName(token.id)) ? 'name' : 'noun';
  }
}
