import path from 'node:path';
import { MODEL_DIR } from '../../src/config.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import type { KnownItem, QuestionMaterial } from './questions.ts';
import { readSkeletons } from './skeletons.ts';
import type { NewsMaterial } from './text.ts';
import { createTopics } from './topics.ts';
import { listWords, type Word } from './words.ts';

/** Invented news whose sentences lend the generated ones their structure. */
const patterns = path.join(import.meta.dirname, '../../tests/data/news/corpus');

export async function openNewsMaterial(seed: number): Promise<NewsMaterial> {
  const model = await openModel(MODEL_DIR);
  const analyse = createAnalyser(model);
  const words = listWords(model, analyse, 'de');
  return {
    words,
    topics: createTopics(model, words, seed),
    skeletons: readSkeletons(patterns, model, analyse),
    seed,
  };
}

export async function openQuestionMaterial(): Promise<QuestionMaterial> {
  const model = await openModel(MODEL_DIR);
  const analyse = createAnalyser(model);
  const byId = (language: KnownItem['language']) =>
    new Map<number, Word>(listWords(model, analyse, language).map((word) => [word.id, word]));
  return { model, analyse, words: { de: byId('de'), en: byId('en') } };
}
