import type { CompoundParts } from './compounds.ts';
import type { ModelLanguage } from './languages.ts';

/** A term of the model that another one leads to, by translation, derivation or spelling. */
export interface Link {
  readonly id: number;
  /** 0..1; for translations the probability that the term is meant. */
  readonly weight: number;
}

/** What the analysis of a text needs to know about words. */
export interface Lexicon {
  /** Id of a term (`de:forder`), or -1. */
  id(term: string): number;
  /** Whether the term is the name of a person, a place, a people, an organisation. */
  isName(id: number): boolean;
  /** Whether the term is a compound whose parts tell its meaning. */
  isCompound(id: number): boolean;
  /** Stems of irregular forms by surface form, without language tag; a capitalised entry holds for capitalised words only. */
  readonly irregular: Readonly<Record<ModelLanguage, ReadonlyMap<string, string>>>;
  readonly compounds: CompoundParts;
}

/** The built-in German-English model. Terms have the ids 0..size-1. */
export interface LanguageModel extends Lexicon {
  /** SHA-256 (hex, 16 characters) over the model's files. */
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly size: number;
  term(id: number): string;
  /** size x dimensions, by rows; each row is a unit vector times 127. */
  readonly vectors: Int8Array;
  /** Importance of each term, 0..1: high for rare ones. */
  readonly weights: Float32Array;
  /** Terms of the same meaning, in either language, best first. */
  links(id: number): readonly Link[];
  /** Weight of the link from one term to another; 0 if there is none. */
  linkWeight(from: number, to: number): number;
  /** Words that a phrase (`phraseKey`) means though its own words do not lead to them, best first; [] for others. */
  phrase(key: string): readonly Link[];
  /** Of an English term the English terms for what it is a kind or an instance of, best first; the weight falls with the distance. */
  broader(id: number): readonly Link[];
}
