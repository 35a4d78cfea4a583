import type { Analyse, Token } from '../language/analyse.ts';
import { joinSeparableVerbs } from '../language/separable.ts';
import { type Language, type Passage, SEQUENCE, type Span } from '../types.ts';

/** Sentences of a text as spans, in reading order. */
export type SplitSentences = (text: string, language: Language) => readonly Span[];

export interface TermOptions {
  readonly analyse: Analyse;
  readonly splitSentences: SplitSentences;
  /** Whether the model knows a term. */
  readonly isKnown: (term: string) => boolean;
}

/** Under this prefix the spellings of a name (Lawrow, Lavrov) are one term. */
const namePrefix = 'name:';

/** A passage taken apart. Together these are the words of `textToEmbed`, in its order. */
export interface PassageWords {
  /** Title and heading. */
  readonly above: readonly PassageWord[];
  readonly sentences: readonly (readonly PassageWord[])[];
}

/** A word, and the term of the verb that it is together with a prefix further on: `warf … vor` is vorwerfen. */
export interface PassageWord extends Token {
  readonly whole?: string;
}

export function readWords(
  { heading, text, language }: Passage,
  title: string,
  { analyse, splitSentences, isKnown }: TermOptions,
): PassageWords {
  const read = (line: string): readonly PassageWord[] => {
    const tokens = analyse(line, language);
    if (language !== 'de') return tokens;
    const verbs = joinSeparableVerbs(line, tokens, isKnown);
    if (verbs.size === 0) return tokens;
    return tokens.map((token, position) => {
      const whole = verbs.get(position);
      return whole === undefined ? token : { ...token, whole };
    });
  };
  return {
    above: [title, heading ?? ''].flatMap(read),
    sentences: splitSentences(text, language).map((span) => read(text.slice(...span))),
  };
}

/**
 * The terms of a passage in the order described at `SEQUENCE`: title, heading, `titleEnd`, then the text with
 * `sentenceEnd` between its sentences, also around sentences without terms: run i belongs to sentence i.
 * Stop words are left out. Behind a word stand, each with `partBit`, its compound parts, the verb that it is with its prefix and its name key.
 * `idOf` numbers the terms and must stay below `SEQUENCE.partBit`.
 */
export function buildSequence(
  { above, sentences }: PassageWords,
  idOf: (term: string) => number,
): Uint32Array {
  const sequence: number[] = [];
  const append = (tokens: readonly PassageWord[]): void => {
    for (const token of tokens) {
      if (token.stop) continue;
      sequence.push(idOf(token.term));
      for (const part of token.parts) sequence.push((idOf(part) | SEQUENCE.partBit) >>> 0);
      if (token.whole !== undefined) sequence.push((idOf(token.whole) | SEQUENCE.partBit) >>> 0);
      if (token.name) sequence.push((idOf(namePrefix + token.name) | SEQUENCE.partBit) >>> 0);
    }
  };
  append(above);
  sequence.push(SEQUENCE.titleEnd);
  sentences.forEach((words, ordinal) => {
    if (ordinal > 0) sequence.push(SEQUENCE.sentenceEnd);
    append(words);
  });
  return Uint32Array.from(sequence);
}

/** Whether a value of a sequence is a term, and not a mark between terms. */
export function isTerm(value: number): boolean {
  return value < SEQUENCE.titleEnd;
}

/** Words in a sequence: terms that are no parts. */
export function countWords(sequence: Uint32Array): number {
  let words = 0;
  for (const value of sequence) if (value < SEQUENCE.partBit) words++;
  return words;
}

/** What is embedded: title, heading and text. Quoted is the text alone. */
export function textToEmbed(passage: Passage, title: string): string {
  return [title, passage.heading ?? '', passage.text].filter((line) => line !== '').join('\n');
}
