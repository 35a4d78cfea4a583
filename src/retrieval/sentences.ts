import { splitSentences } from '../language/sentences.ts';
import type { PassageIndex, RankSentences, ScoredSentence } from '../types.ts';
import type { Reader } from './reading.ts';

/** What a word counts that stands in a neighbouring sentence, or only in the title. */
const fromNeighbour = 0.5;
const fromTitle = 0.3;

/** Scores the sentences of passages by how much of the question they and their neighbours carry. */
export function createSentenceRanker(index: PassageIndex, reader: Reader): RankSentences {
  return (question, passages) => {
    const reading = reader.read(question);
    return passages.map(({ passage }) => {
      const row = index.rowOf(passage.id);
      const spans = splitSentences(passage.text, passage.language);
      const importance = row < 0 ? [] : reading.importanceAt(row);
      const total = importance.reduce((sum, weight) => sum + weight, 0) || 1;
      const { words, strengths } = row < 0 ? { words: 0, strengths: [] } : reading.matchesAt(row);
      return spans.map(([start, end], ordinal): ScoredSentence => {
        const matchOf = (sentence: number, word: number) =>
          sentence < 0 || sentence >= spans.length ? 0 : strengths[(sentence + 1) * words + word]!;
        let covered = 0;
        for (let word = 0; word < words; word++) {
          covered +=
            importance[word]! *
            Math.max(
              matchOf(ordinal, word),
              fromNeighbour * matchOf(ordinal - 1, word),
              fromNeighbour * matchOf(ordinal + 1, word),
              fromTitle * strengths[word]!,
            );
        }
        const score = covered / total;
        return {
          span: [passage.span[0] + start, passage.span[0] + end],
          text: passage.text.slice(start, end),
          score,
          confidence: score,
        };
      });
    });
  };
}
