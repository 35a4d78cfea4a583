import type { Corpus, Terms } from './corpus.ts';

/** Translation probabilities: for each source term its translations, best first, probabilities summing to at most 1. */
export type TranslationTable = ReadonlyMap<
  number,
  ReadonlyArray<readonly [target: number, probability: number]>
>;

interface Example {
  readonly source: Terms;
  readonly target: Terms;
  readonly weight: number;
}

/** Expressions longer than this are sentences, where the model's blindness to order does more harm than they teach. */
const longest = 24;
const iterations = 5;
/** Share of the empty word, which explains what has no counterpart, against each real one. */
const emptyShare = 0.3;

function buildExamples(corpus: Corpus): Example[] {
  return corpus.pairs.flatMap(({ german, english }) =>
    german.flatMap((source) =>
      english
        .filter((target) => source.length <= longest && target.length <= longest)
        .map((target) => ({ source, target, weight: 1 / Math.sqrt(german.length * english.length) })),
    ),
  );
}

/** Expectation maximisation over the cells (source term, target term) that occur together. */
function estimate(examples: readonly Example[], size: number): TranslationTable {
  const empty = size;
  const cellOf = new Map<number, number>();
  const sources: number[] = [];
  const targets: number[] = [];
  const cell = (source: number, target: number): number => {
    const key = source * size + target;
    let index = cellOf.get(key);
    if (index === undefined) {
      index = sources.length;
      cellOf.set(key, index);
      sources.push(source);
      targets.push(target);
    }
    return index;
  };
  // For each target occurrence: its weight and the cells that may explain it, the empty word's first.
  const weights: number[] = [];
  const ends: number[] = [];
  const explained: number[] = [];
  for (const { source, target, weight } of examples) {
    for (const term of target) {
      explained.push(cell(empty, term));
      for (const from of source) explained.push(cell(from, term));
      weights.push(weight);
      ends.push(explained.length);
    }
  }
  const cells = Int32Array.from(explained);
  let probability = new Float64Array(sources.length).fill(1);
  for (let iteration = 0; iteration <= iterations; iteration++) {
    const expected = new Float64Array(sources.length);
    const totals = new Float64Array(size + 1);
    let begin = 0;
    for (let index = 0; index < weights.length; index++) {
      const end = ends[index]!;
      let sum = emptyShare * probability[cells[begin]!]!;
      for (let at = begin + 1; at < end; at++) sum += probability[cells[at]!]!;
      const share = weights[index]! / sum;
      for (let at = begin; at < end; at++) {
        const credit = share * probability[cells[at]!]! * (at === begin ? emptyShare : 1);
        expected[cells[at]!]! += credit;
        totals[sources[cells[at]!]!]! += credit;
      }
      begin = end;
    }
    probability = expected.map((value, index) => value / totals[sources[index]!]!);
  }
  const table = new Map<number, [number, number][]>();
  probability.forEach((value, index) => {
    const source = sources[index]!;
    if (source === empty || value < 0.003) return;
    const row = table.get(source) ?? [];
    row.push([targets[index]!, value]);
    table.set(source, row);
  });
  for (const row of table.values()) row.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return table;
}

/**
 * Learns how terms translate, in both directions, from the translated expressions of the corpus
 * (IBM Model 1: Brown, Della Pietra, Della Pietra and Mercer, 1993).
 */
export function learnTranslations(
  corpus: Corpus,
  size: number,
): { readonly toEnglish: TranslationTable; readonly toGerman: TranslationTable } {
  const examples = buildExamples(corpus);
  return {
    toEnglish: estimate(examples, size),
    toGerman: estimate(
      examples.map(({ source, target, weight }) => ({ source: target, target: source, weight })),
      size,
    ),
  };
}
