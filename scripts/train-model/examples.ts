import type { Corpus, Terms } from './corpus.ts';
import type { Links } from './links.ts';

/** Words of an expression, and expressions of a set, that are paired with one another. */
const mostWords = 6;
const glossWords = 12;
/** How much a pair of synonyms counts against a translation of the same probability. */
const synonymShare = 0.7;
/** Occurrences beyond this do not make a word's links more frequent in training. */
const frequencyCap = 100;

/** Sets of expressions in one language that are near in meaning: synonyms, a word and its definition or broader term. */
function buildSets({ thesaurus, synsets }: Corpus): Array<readonly Terms[]> {
  const sets: Array<readonly Terms[]> = [...thesaurus];
  for (const { words, gloss, broader } of synsets) {
    const [first] = words;
    if (!first) continue;
    if (words.length > 1) sets.push(words);
    if (gloss.length > 0) sets.push([first, gloss.slice(0, glossWords)]);
    if (broader[0]) sets.push([first, broader[0]]);
  }
  return sets;
}

/** The input of vectors.cpp: 32-bit integers and floats, see readSources there. */
export function buildExamples(
  corpus: Corpus,
  links: Links,
  counts: readonly number[],
  weights: readonly number[],
): Uint8Array {
  const words: number[] = [];
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  const pushFloat = (value: number): void => {
    float[0] = value;
    words.push(bits[0]!);
  };
  const pushGroups = (groups: ReadonlyArray<readonly Terms[]>): void => {
    words.push(groups.length);
    for (const group of groups) {
      words.push(group.length);
      for (const terms of group) {
        words.push(terms.length);
        for (const term of terms) words.push(term);
      }
    }
  };
  words.push(weights.length);
  for (const weight of weights) pushFloat(weight);
  pushGroups(corpus.pairs.map(({ german }) => german));
  pushGroups(corpus.pairs.map(({ english }) => english));
  const sets = buildSets(corpus);
  pushGroups(sets);

  const countAt = words.push(0) - 1;
  const pushLink = (from: number, to: number, weight: number): void => {
    if (from === to) return;
    words.push(from, to);
    pushFloat(weight);
    words[countAt]!++;
  };
  links.forEach((row, from) => {
    const frequency = Math.sqrt(Math.min(counts[from]!, frequencyCap));
    for (const { id, weight } of row) pushLink(from, id, frequency * weight);
  });
  for (const set of sets) {
    const members = set.slice(0, mostWords);
    for (const a of members) {
      for (const b of members) {
        if (a === b) continue;
        const share = synonymShare / (members.length - 1) / (a.length * b.length) ** 0.75;
        for (const from of a.slice(0, mostWords)) {
          for (const to of b.slice(0, mostWords)) pushLink(from, to, share * weights[from]! * weights[to]!);
        }
      }
    }
  }
  return new Uint8Array(Int32Array.from(words).buffer);
}
