import { z } from 'zod';

/** Version of the files' layout; a reader refuses any other. */
export const modelFormat = 2;

/**
 * Files of the model folder besides `model.json`. Text is UTF-8, a record a line, fields separated by tabs:
 * - `terms.txt`: term; the line number is its id.
 * - `forms.txt`: language, irregular form, stem.
 * - `compounds.txt`: `first`, form inside a compound, stem, count; or `last`, stem, count.
 * - `phrases.txt`: key of a phrase, then the terms it stands for, best first, each as id, space, weight in percent. Lines are
 *   in the order of their bytes.
 *
 * Binary, row after row in the order of ids:
 * - `marks.bin`: two bytes a term: its weight times 255, and a sum of flags.
 * - `vectors.bin`: 4 bits a dimension, low half first, value plus 8; all rows have nearly `packedLength`.
 * - `links.bin`: the number of links of each term (a byte each), then all links (4 bytes each, little-endian: the id in
 *   24 bits, then 255 times the square root of the weight).
 * - `broader.bin`: the broader words of each term, as in `links.bin`.
 */
export const modelFiles = [
  'terms.txt',
  'forms.txt',
  'compounds.txt',
  'phrases.txt',
  'marks.bin',
  'vectors.bin',
  'links.bin',
  'broader.bin',
] as const;

export type ModelFile = (typeof modelFiles)[number];

/** Flags of `marks.bin`. */
export const nameFlag = 1;
export const compoundFlag = 2;

/** The step between two of sixteen levels that loses least of a normally distributed value, in standard deviations (Max 1960). */
const levelStep = 0.335;

/** Length of a packed row of `vectors.bin`. */
export const packedLength = (dimensions: number): number => Math.sqrt(dimensions) / levelStep;

/** `model.json`. */
export const manifestSchema = z.object({
  format: z.literal(modelFormat),
  dimensions: z.int().positive().multipleOf(4),
  size: z.int().positive(),
  /** What it was trained on, with versions. */
  sources: z.record(z.string(), z.string()),
  /** SHA-256 (hex) of each file. */
  files: z.record(z.enum(modelFiles), z.string()),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
