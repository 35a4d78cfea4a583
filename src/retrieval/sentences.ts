import { splitSentences } from '../language/sentences.ts';
import type { PassageIndex, RankSentences, ScoredPassage, ScoredSentence } from '../types.ts';
import { chanceAmong } from './chance.ts';
import { classifyQuestion, type QuestionKind } from './question-kind.ts';
import type { Reader, Reading } from './reading.ts';
import { hasSignOf, isReported, namesSpeechAct } from './sentence-signs.ts';
import { type SentenceWeights, sentenceWeights } from './weights.ts';

/** Match from which on a sentence is taken to speak of what a word of the question names. */
const surely = 0.4;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * Scores sentences by how much of the question they carry themselves, through the sentence before them and through the title, by the
 * passage they stand in, and by whether they have a number, a time, a reason or an instance (Kiew, of capitals) where one is
 * asked for. What somebody demanded or
 * announced news tells in reported speech after the sentence that says so: such a sentence is given all of the words of that one.
 */
export function createSentenceRanker(
  index: PassageIndex,
  reader: Reader,
  weights: SentenceWeights = sentenceWeights,
): RankSentences {
  return (question, passages) => {
    const reading = reader.read(reader.readWords(question));
    const middle = weights.middle + chanceAmong(reader.passages);
    const kind = classifyQuestion(question);
    const rows = passages.map(({ passage }) => index.rowOf(passage.id));
    const closerAt = reading.matchesIn(rows.filter((row) => row >= 0));
    return passages.map((scored, position) => {
      const row = rows[position]!;
      const looks =
        row < 0 ? blind : { strengths: closerAt(row).strengths, plain: reading.matchesAt(row).strengths };
      const importance = row < 0 ? [] : reading.importanceAt(row);
      return rankPassage(scored, looks, importance, reading, kind, { ...weights, middle });
    });
  };
}

/** Matches of a passage's title and sentences, those by kinds and instances among them, and without these. */
interface Looks {
  readonly strengths: Float32Array;
  readonly plain: Float32Array;
}

const blind: Looks = { strengths: new Float32Array(), plain: new Float32Array() };

function rankPassage(
  { passage, score: passageScore }: ScoredPassage,
  { strengths, plain }: Looks,
  importance: readonly number[],
  reading: Reading,
  kind: QuestionKind,
  weights: SentenceWeights,
): ScoredSentence[] {
  const spans = splitSentences(passage.text, passage.language);
  const sentences = spans.map(([start, end]) => passage.text.slice(start, end));
  const total = importance.reduce((sum, weight) => sum + weight, 0) || 1;
  const words = importance.length;
  /** Match of a word in the title (0) or a sentence (from 1). */
  const matchOf = (run: number, word: number): number => strengths[run * words + word] ?? 0;
  const asked = reading.classes.flatMap((word, position) => (word.asked ? [position] : []));
  /** Whether a sentence has an instance of what is asked for, and not only the word for it. */
  const hasInstance = (run: number): boolean =>
    asked.some((word) => {
      const match = matchOf(run, word);
      return match >= 0.5 && match > 0.1 + (plain[run * words + word] ?? 0);
    });
  const asksForContent = reading.classes.map(({ word }) => namesSpeechAct(word));

  return sentences.map((text, ordinal) => {
    const run = ordinal + 1;
    const handedOn =
      ordinal > 0 &&
      isReported(text) &&
      asksForContent.some((asks, word) => asks && matchOf(run - 1, word) >= surely);
    let own = 0;
    let before = 0;
    let title = 0;
    for (let word = 0; word < words; word++) {
      const weight = importance[word]! / total;
      const previous = ordinal > 0 ? matchOf(run - 1, word) : 0;
      const here = Math.max(matchOf(run, word), handedOn ? previous : 0);
      own += weight * here;
      before += weight * Math.max(0, previous - here);
      title += weight * Math.max(0, matchOf(0, word) - here);
    }
    const sign = handedOn ? weights.content : hasSignOf(kind, text) ? weights.sign[kind] : 0;
    const sum =
      weights.own * own +
      weights.before * before +
      weights.title * title +
      weights.passage * passageScore +
      (hasInstance(run) ? weights.instance : 0) +
      sign;
    const [start, end] = spans[ordinal]!;
    return {
      span: [passage.span[0] + start, passage.span[0] + end],
      text,
      score: Math.min(1, own + before / 3 + (2 * title) / 3),
      confidence: logistic(weights.steepness * (sum - weights.middle)),
    };
  });
}
