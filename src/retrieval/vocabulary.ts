import { storeBytes } from '../kernels/products.ts';
import { createSignatures, deviationOf } from '../kernels/signatures.ts';
import type { LanguageModel } from '../language/model.ts';
import type { PassageIndex } from '../types.ts';
import { remember } from './remember.ts';

/** A term of the index, and how well it stands for something, 0..1. */
export interface Match {
  readonly term: number;
  readonly weight: number;
}

/** The words of one index, seen through the model. */
export interface Vocabulary {
  /** Index term of a model term, or -1. */
  fromModel(modelId: number): number;
  /** Index terms whose vectors have at least a given cosine with a model term's, most similar first: `weight` is the cosine. */
  neighbours(modelId: number): readonly Match[];
}

/** Neighbours that a word can have: past these only rare chance similarities are left. */
const mostNeighbours = 400;
/** Words whose neighbours are remembered. */
const remembered = 4_000;

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

  const findNeighbours =
    model && scanned.length > 0 ? createSearch(model, scanned, scannedTerms, leastCosine) : () => [];

  return {
    fromModel: (modelId) => indexTerm[modelId] ?? -1,
    neighbours: remember(findNeighbours, remembered),
  };
}

/** Deviations by which a signature may undersell a word: of 18,000 neighbours measured one was lost. */
const doubt = 2.5;
/** Rows of the model are unit vectors times this. */
const unit = 127;

/** Search for the terms of some model words whose cosine with another is high enough. */
function createSearch(
  { vectors, dimensions }: LanguageModel,
  modelIds: readonly number[],
  terms: readonly number[],
  leastCosine: number,
): (modelId: number) => readonly Match[] {
  const vectorOf = (modelId: number) => vectors.subarray(modelId * dimensions, (modelId + 1) * dimensions);
  const rows = storeBytes(modelIds.length, dimensions, (row) => vectorOf(modelIds[row]!));
  const compare = createSignatures(rows);
  const possible = leastCosine - doubt * deviationOf(dimensions);

  return (modelId) => {
    const vector = vectorOf(modelId);
    const comparison = compare(vector);
    const chosen = comparison.above(comparison.markOf(possible * unit ** 2));
    const products = rows.multiply(vector, chosen);
    const found: Match[] = [];
    for (let i = 0; i < chosen.length; i++) {
      const cosine = products[i]! / unit ** 2;
      if (cosine >= leastCosine) found.push({ term: terms[chosen[i]!]!, weight: Math.min(1, cosine) });
    }
    return found.sort((a, b) => b.weight - a.weight || a.term - b.term).slice(0, mostNeighbours);
  };
}
