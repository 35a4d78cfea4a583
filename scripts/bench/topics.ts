import type { LanguageModel } from '../../src/language/model.ts';
import { createRandom, drawBelow } from './random.ts';
import type { Word } from './words.ts';

/** Words of a topic, the closest to its heart first. */
export type Topic = readonly Word[];

const topicCount = 400;
const topicSize = 250;
/** Rare words make poor topics and cost time to compare. */
const comparedWords = 20_000;

/**
 * The n-th topic of a news desk: a word drawn at random and those nearest to it by the model's
 * vectors. Articles of a topic thus lie close together, and articles of different topics do not.
 */
export function createTopics(
  model: LanguageModel,
  words: readonly Word[],
  seed: number,
): { readonly count: number; readonly topic: (n: number) => Topic } {
  const compared = words.slice(0, comparedWords);
  const topics = new Map<number, Topic>();
  return {
    count: topicCount,
    topic: (n) => {
      let topic = topics.get(n);
      if (topic === undefined) {
        topic = gatherAround(compared[drawBelow(compared.length, createRandom(seed, 1, n))]!);
        topics.set(n, topic);
      }
      return topic;
    },
  };

  function gatherAround(heart: Word): Topic {
    const { vectors, dimensions } = model;
    const scored = compared.map((word) => {
      let dot = 0;
      for (let i = 0; i < dimensions; i++) {
        dot += vectors[heart.id * dimensions + i]! * vectors[word.id * dimensions + i]!;
      }
      return { word, dot };
    });
    scored.sort((a, b) => b.dot - a.dot || a.word.id - b.word.id);
    return scored.slice(0, topicSize).map(({ word }) => word);
  }
}
