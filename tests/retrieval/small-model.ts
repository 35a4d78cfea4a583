import type { LanguageModel } from '../../src/language/model.ts';

const dimensions = 8;

/**
 * A model with the given words. Words of one line mean the same: their links lead to each other with the weight given
 * for the line, and their vectors are alike; words of different lines have nothing in common.
 */
export function buildSmallModel(
  lines: readonly { readonly terms: readonly string[]; readonly weight?: number; readonly name?: boolean }[],
): LanguageModel {
  const terms = lines.flatMap((line) => line.terms);
  const lineOf = lines.flatMap((line, number) => line.terms.map(() => number));
  const ids = new Map(terms.map((term, id) => [term, id]));
  const vectors = new Int8Array(terms.length * dimensions);
  for (const [id, line] of lineOf.entries()) {
    vectors[id * dimensions + (line % dimensions)] = 90;
    vectors[id * dimensions + ((line * 3 + 1) % dimensions)]! += 70;
  }
  const linksOf = (id: number) => {
    const line = lines[lineOf[id]!]!;
    return line.terms
      .filter((term) => term !== terms[id])
      .map((term) => ({ id: ids.get(term)!, weight: line.weight ?? 0.5 }));
  };
  return {
    fingerprint: 'small',
    dimensions,
    size: terms.length,
    term: (id) => terms[id] ?? '',
    id: (term) => ids.get(term) ?? -1,
    vectors,
    weights: new Float32Array(terms.length).fill(0.6),
    links: linksOf,
    linkWeight: (from, to) => linksOf(from).find(({ id }) => id === to)?.weight ?? 0,
    broader: () => [],
    phrase: () => [],
    isName: (id) => lines[lineOf[id]!]?.name ?? false,
    isCompound: () => false,
    irregular: { de: new Map(), en: new Map() },
    compounds: { modifiers: new Map(), heads: new Map() },
  };
}
