import { storeRows } from '../kernels/near-rows.ts';
import { deviationOf } from '../kernels/signatures.ts';
import type { LanguageModel } from '../language/model.ts';
import type { PassageIndex } from '../types.ts';

/** Terms of the index, and how well each stands for something, 0..1. */
export type TermWeights = ReadonlyMap<number, number>;

/** The words of one index, seen through the model. */
export interface Vocabulary {
  /** Index term of a model term, or -1. */
  fromModel(modelId: number): number;
  /** Index terms whose vectors have at least a given cosine with a model term's, with that cosine. */
  neighbours(modelId: number): TermWeights;
  /** Begins to look for the neighbours of terms that will be asked for: the second thread may find them meanwhile. */
  prepare(modelIds: readonly number[]): void;
}

/** Neighbours that a word can have: past these only rare chance similarities are left. */
const mostNeighbours = 400;
/** Words whose neighbours are remembered; then all are forgotten. */
const remembered = 4_000;
/** Words that are looked for at once; of a longer question the others come one by one. */
const atOnce = 8;

/** Reads the index's words once; the closure remembers the neighbours of the words asked for. */
export function createVocabulary(
  index: PassageIndex,
  model: LanguageModel | undefined,
  leastCosine: number,
): Vocabulary {
  const indexTerm = new Int32Array(model?.size ?? 0).fill(-1);
  const scanned: number[] = [];
  const scannedTerms: number[] = [];
  for (let id = 0; model && id < index.termCount; id++) {
    const modelId = model.id(index.term(id));
    if (modelId < 0) continue;
    indexTerm[modelId] = id;
    // The parts of a compound that tells its own meaning are terms themselves, and nearer to their like.
    if (model.isCompound(modelId)) continue;
    scanned.push(modelId);
    scannedTerms.push(id);
  }

  const search =
    model && scanned.length > 0
      ? createSearch(model, scanned, scannedTerms, leastCosine)
      : () => (): TermWeights => new Map();

  const known = new Map<number, TermWeights>();
  const begun = new Map<number, () => TermWeights>();
  const finish = (modelId: number, end: () => TermWeights): TermWeights => {
    begun.delete(modelId);
    if (known.size >= remembered) known.clear();
    const matches = end();
    known.set(modelId, matches);
    return matches;
  };
  const finishAll = (): void => {
    for (const [modelId, end] of begun) finish(modelId, end);
  };

  return {
    fromModel: (modelId) => indexTerm[modelId] ?? -1,
    neighbours(modelId) {
      const matches = known.get(modelId);
      if (matches) return matches;
      const end = begun.get(modelId);
      if (end) return finish(modelId, end);
      finishAll();
      return finish(modelId, search(modelId, 0));
    },
    prepare(modelIds) {
      finishAll();
      const unknown = [...new Set(modelIds)].filter((modelId) => !known.has(modelId));
      for (const [place, modelId] of unknown.slice(0, atOnce).entries()) {
        begun.set(modelId, search(modelId, place));
      }
    },
  };
}

/** Deviations by which a signature may undersell a word: of 13,938 neighbours measured 79 were lost, half of them with cosines below 0.257. */
const doubt = 1.5;
/** Rows of the model are unit vectors times this. */
const unit = 127;

/** Search for the terms of some model words whose cosine with another is high enough: begins it in a place, and returns what ends it. */
function createSearch(
  { vectors, dimensions }: LanguageModel,
  modelIds: readonly number[],
  terms: readonly number[],
  leastCosine: number,
): (modelId: number, place: number) => () => TermWeights {
  const vectorOf = (modelId: number) => vectors.subarray(modelId * dimensions, (modelId + 1) * dimensions);
  const search = storeRows('bytes', modelIds.length, dimensions, (row) => vectorOf(modelIds[row]!), atOnce);
  const product = (leastCosine - doubt * deviationOf(dimensions, 1)) * unit ** 2;

  return (modelId, place) => {
    const end = search(vectorOf(modelId), { product }, place);
    return () => {
      const { rows, products } = end();
      const found = new Map<number, number>();
      for (let i = 0; i < rows.length; i++) {
        const cosine = products[i]! / unit ** 2;
        if (cosine >= leastCosine) found.set(terms[rows[i]!]!, Math.min(1, cosine));
      }
      if (found.size <= mostNeighbours) return found;
      return new Map([...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostNeighbours));
    };
  };
}
