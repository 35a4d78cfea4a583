import type { Analyse, Token } from '../language/analyse.ts';
import { type Language, type Passage, SEQUENCE, type Span } from '../types.ts';

/** Sentences of a text as spans, in reading order. */
export type SplitSentences = (text: string, language: Language) => readonly Span[];

export interface TermOptions {
  readonly analyse: Analyse;
  readonly splitSentences: SplitSentences;
}

/** Under this prefix the spellings of a name (Lawrow, Lavrov) are one term. */
const namePrefix = 'name:';

/** A passage taken apart. Together these are the words of `textToEmbed`, in its order. */
export interface PassageWords {
  /** Title and heading. */
  readonly above: readonly Token[];
  readonly sentences: readonly (readonly Token[])[];
}

export function readWords(
  { heading, text, language }: Passage,
  title: string,
  { analyse, splitSentences }: TermOptions,
): PassageWords {
  return {
    above: [title, heading ?? ''].flatMap((line) => analyse(line, language)),
    sentences: splitSentences(text, language).map((span) => analyse(text.slice(...span), language)),
  };
}

/**
 * The terms of a passage in the order described at `SEQUENCE`: title, heading, `titleEnd`, then the text with
 * `sentenceEnd` between its sentences, also around sentences without terms: run i belongs to sentence i.
 * Stop words are left out. Behind a word stand, each with `partBit`, its compound parts and its name key.
 * `idOf` numbers the terms and must stay below `SEQUENCE.partBit`.
 */
export function buildSequence(
  { above, sentences }: PassageWords,
  idOf: (term: string) => number,
): Uint32Array {
  const sequence: number[] = [];
  const append = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.stop) continue;
      sequence.push(idOf(token.term));
      for (const part of token.parts) sequence.push((idOf(part) | SEQUENCE.partBit) >>> 0);
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
