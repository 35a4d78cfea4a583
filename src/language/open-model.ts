import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../errors.ts';
import type { CompoundParts } from './compounds.ts';
import type { LanguageModel, Link } from './model.ts';
import {
  compoundFlag,
  type ModelFile,
  type ModelManifest,
  manifestSchema,
  modelFiles,
  nameFlag,
} from './model-files.ts';

const lines = (file: Buffer): string[] => file.toString('utf8').split('\n').filter(Boolean);

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

async function readManifest(dir: string): Promise<ModelManifest> {
  const path = join(dir, 'model.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw damaged(`cannot read ${path}`, cause);
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(`${path} is not the manifest of a model this version can read`, cause);
  }
}

const damaged = (what: string, cause?: unknown): Fault =>
  new Fault(`The built-in language model: ${what}. Restore embeddings/model from the repository.`, { cause });

async function readFiles(dir: string, manifest: ModelManifest): Promise<Record<ModelFile, Buffer>> {
  const read = async (file: ModelFile): Promise<[ModelFile, Buffer]> => {
    const path = join(dir, file);
    const content = await readFile(path).catch((cause: unknown) => {
      throw damaged(`cannot read ${path}`, cause);
    });
    if (sha256(content) !== manifest.files[file]) throw damaged(`${path} is damaged`);
    return [file, content];
  };
  return Object.fromEntries(await Promise.all(modelFiles.map(read))) as Record<ModelFile, Buffer>;
}

function parseForms(file: Buffer): { de: Map<string, string>; en: Map<string, string> } {
  const forms = { de: new Map<string, string>(), en: new Map<string, string>() };
  for (const line of lines(file)) {
    const [language, form = '', stem = ''] = line.split('\t');
    forms[language === 'de' ? 'de' : 'en'].set(form, stem);
  }
  return forms;
}

function parseCompounds(file: Buffer): CompoundParts {
  const modifiers = new Map<string, { stem: string; count: number }>();
  const heads = new Map<string, number>();
  for (const line of lines(file)) {
    const [place, ...fields] = line.split('\t');
    if (place === 'first')
      modifiers.set(fields[0] ?? '', { stem: fields[1] ?? '', count: Number(fields[2]) });
    else heads.set(fields[0] ?? '', Number(fields[1]));
  }
  return { modifiers, heads };
}

/** Unpacks 4-bit rows to unit vectors times 127. */
export function unpackVectors(packed: Uint8Array, size: number, dimensions: number): Int8Array {
  const width = dimensions / 2;
  const vectors = new Int8Array(size * dimensions);
  const squares = Float64Array.from(
    { length: 256 },
    (_, byte) => ((byte & 15) - 8) ** 2 + ((byte >> 4) - 8) ** 2,
  );
  const scaled = new Int8Array(16);
  for (let row = 0; row < size; row++) {
    const start = row * width;
    let sum = 0;
    for (let at = start; at < start + width; at++) sum += squares[packed[at]!]!;
    const scale = sum > 0 ? 127 / Math.sqrt(sum) : 0;
    for (let value = 0; value < 16; value++) scaled[value] = Math.round((value - 8) * scale);
    let to = row * dimensions;
    for (let at = start; at < start + width; at++) {
      const byte = packed[at]!;
      vectors[to++] = scaled[byte & 15]!;
      vectors[to++] = scaled[byte >> 4]!;
    }
  }
  return vectors;
}

/** Reads the links of a term on demand: together they would be a million objects. */
function createLinks(file: Buffer, size: number): (id: number) => readonly Link[] {
  const starts = new Uint32Array(size + 1);
  for (let id = 0; id < size; id++) starts[id + 1] = starts[id]! + file[id]!;
  return (id) => {
    const links: Link[] = [];
    for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at++) {
      const offset = size + 4 * at;
      links.push({ id: file.readUIntLE(offset, 3), weight: (file[offset + 3]! / 255) ** 2 });
    }
    return links;
  };
}

/**
 * Opens the model in a folder; its files are checked against the digests of its manifest.
 * Throws a Fault that names the file if one is missing, damaged, or of another format.
 */
export async function openModel(dir: string): Promise<LanguageModel> {
  const manifest = await readManifest(dir);
  const files = await readFiles(dir, manifest);
  const { size, dimensions } = manifest;
  const terms = lines(files['terms.txt']);
  const marks = files['marks.bin'];
  if (terms.length !== size) throw damaged(`${join(dir, 'terms.txt')} does not fit its manifest`);
  const ids = new Map(terms.map((term, id) => [term, id]));
  const flagged = (id: number, flag: number): boolean => ((marks[2 * id + 1] ?? 0) & flag) !== 0;
  return {
    fingerprint: sha256(modelFiles.map((file) => manifest.files[file]).join()).slice(0, 16),
    dimensions,
    size,
    id: (term) => ids.get(term) ?? -1,
    term: (id) => terms[id] ?? '',
    isName: (id) => flagged(id, nameFlag),
    isCompound: (id) => flagged(id, compoundFlag),
    irregular: parseForms(files['forms.txt']),
    compounds: parseCompounds(files['compounds.txt']),
    vectors: unpackVectors(files['vectors.bin'], size, dimensions),
    weights: Float32Array.from({ length: size }, (_, id) => (marks[2 * id] ?? 0) / 255),
    links: createLinks(files['links.bin'], size),
  };
}
