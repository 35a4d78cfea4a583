import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageModel } from '../../src/language/model.ts';
import {
  compoundFlag,
  type ModelFile,
  modelFormat,
  nameFlag,
  packedLength,
} from '../../src/language/model-files.ts';
import type { Links } from './links.ts';
import type { Phrases } from './phrases.ts';

/** A trained model, before it is written. */
export interface TrainedModel
  extends Pick<LanguageModel, 'irregular' | 'compounds' | 'isName' | 'isCompound' | 'dimensions'> {
  readonly terms: readonly string[];
  /** 0..1. */
  readonly weights: readonly number[];
  /** terms x dimensions, of any length. */
  readonly vectors: Float32Array;
  readonly links: Links;
  readonly broader: Links;
  readonly phrases: Phrases;
  readonly sources: Readonly<Record<string, string>>;
}

/** Rounds a row to 16 levels so that its length comes out as near as can be to `packedLength`. */
function packRow(values: Float32Array): Uint8Array {
  const target = packedLength(values.length);
  const length = Math.hypot(...values) || 1;
  const round = (scale: number): number[] =>
    Array.from(values, (value) => Math.max(-8, Math.min(7, Math.round((value / length) * scale))));
  let best = round(target);
  for (let percent = -6; percent <= 6; percent++) {
    const levels = round(target * (1 + percent / 100));
    if (Math.abs(Math.hypot(...levels) - target) < Math.abs(Math.hypot(...best) - target)) best = levels;
  }
  return Uint8Array.from(
    { length: values.length / 2 },
    (_, at) => best[2 * at]! + 8 + ((best[2 * at + 1]! + 8) << 4),
  );
}

function packVectors({ terms, vectors, dimensions }: TrainedModel): Buffer {
  const packed = Buffer.alloc((terms.length * dimensions) / 2);
  for (let row = 0; row < terms.length; row++) {
    packed.set(packRow(vectors.subarray(row * dimensions, (row + 1) * dimensions)), (row * dimensions) / 2);
  }
  return packed;
}

/** The layout of `links.bin` and `broader.bin`. */
export function packLinks(links: Links): Buffer {
  const counts = Buffer.from(links.map((row) => row.length));
  const all = links.flat();
  const packed = Buffer.alloc(4 * all.length);
  all.forEach(({ id, weight }, index) => {
    packed.writeUIntLE(id, 4 * index, 3);
    packed[4 * index + 3] = Math.max(1, Math.round(255 * Math.sqrt(weight)));
  });
  return Buffer.concat([counts, packed]);
}

/** The layout of `phrases.txt`. */
export function packPhrases(phrases: Phrases): Buffer {
  const lines = [...phrases].map(([key, meanings]) =>
    Buffer.from(
      `${[key, ...meanings.map(({ id, weight }) => `${id} ${Math.round(100 * weight)}`)].join('\t')}\n`,
    ),
  );
  return Buffer.concat(lines.sort(Buffer.compare));
}

function buildFiles(model: TrainedModel): Record<ModelFile, string | Buffer> {
  const text = (rows: ReadonlyArray<readonly (string | number)[]>): string =>
    rows.map((row) => `${row.join('\t')}\n`).join('');
  return {
    'terms.txt': text(model.terms.map((term) => [term])),
    'forms.txt': text([
      ...[...model.irregular.de].map(([form, stem]) => ['de', form, stem]),
      ...[...model.irregular.en].map(([form, stem]) => ['en', form, stem]),
    ]),
    'compounds.txt': text([
      ...[...model.compounds.modifiers].map(([form, { stem, count }]) => ['first', form, stem, count]),
      ...[...model.compounds.heads].map(([stem, count]) => ['last', stem, count]),
    ]),
    'phrases.txt': packPhrases(model.phrases),
    'marks.bin': Buffer.from(
      model.terms.flatMap((_, id) => [
        Math.round(255 * model.weights[id]!),
        (model.isName(id) ? nameFlag : 0) + (model.isCompound(id) ? compoundFlag : 0),
      ]),
    ),
    'vectors.bin': packVectors(model),
    'links.bin': packLinks(model.links),
    'broader.bin': packLinks(model.broader),
  };
}

/** Writes the files of a model and their manifest; returns the bytes written. */
export async function writeModel(dir: string, model: TrainedModel): Promise<number> {
  await mkdir(dir, { recursive: true });
  const files = buildFiles(model);
  const digests: Record<string, string> = {};
  let bytes = 0;
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(dir, file), content);
    digests[file] = createHash('sha256').update(content).digest('hex');
    bytes += Buffer.byteLength(content);
  }
  const manifest = {
    format: modelFormat,
    dimensions: model.dimensions,
    size: model.terms.length,
    sources: model.sources,
    files: digests,
  };
  await writeFile(join(dir, 'model.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return bytes;
}
