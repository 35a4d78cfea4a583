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
  packedLength,
} from './model-files.ts';

/** Lines of a text file that ends with a line break. */
const lines = (file: Buffer): string[] => file.toString('utf8', 0, file.length - 1).split('\n');

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
    const tab = line.indexOf('\t', 3);
    forms[line.startsWith('de') ? 'de' : 'en'].set(line.slice(3, tab), line.slice(tab + 1));
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

/** For every two packed bytes the four values they hold, as the four bytes of a 32-bit number. */
function buildUnpackTable(scale: number): Uint32Array {
  const inputs = new Uint8Array(new Uint16Array(65_536).map((_, index) => index).buffer);
  const table = new Uint32Array(65_536);
  const values = new Int8Array(table.buffer);
  for (let index = 0; index < inputs.length; index++) {
    const byte = inputs[index]!;
    values[2 * index] = Math.round(((byte & 15) - 8) * scale);
    values[2 * index + 1] = Math.round(((byte >> 4) - 8) * scale);
  }
  return table;
}

/** Unpacks 4-bit rows to unit vectors times 127, four values at a time: opening the model waits for this. */
export function unpackVectors(packed: Uint8Array, dimensions: number): Int8Array {
  const table = buildUnpackTable(127 / packedLength(dimensions));
  const aligned = packed.byteOffset % 2 === 0 ? packed : packed.slice();
  const pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
  const unpacked = new Uint32Array(pairs.length);
  for (let at = 0; at < pairs.length; at++) unpacked[at] = table[pairs[at]!]!;
  return new Int8Array(unpacked.buffer);
}

function readWeights(marks: Buffer, size: number): Float32Array {
  const weights = new Float32Array(size);
  for (let id = 0; id < size; id++) weights[id] = marks[2 * id]! / 255;
  return weights;
}

/** Reads the links of a term on demand: together they would be a million objects. */
function createLinks(file: Buffer, size: number): Pick<LanguageModel, 'links' | 'linkWeight'> {
  const starts = new Uint32Array(size + 1);
  for (let id = 0; id < size; id++) starts[id + 1] = starts[id]! + file[id]!;
  const idAt = (link: number): number => {
    const offset = size + 4 * link;
    return file[offset]! + (file[offset + 1]! << 8) + (file[offset + 2]! << 16);
  };
  const weightAt = (link: number): number => (file[size + 4 * link + 3]! / 255) ** 2;
  return {
    links(id) {
      const links: Link[] = [];
      for (let link = starts[id] ?? 0; link < (starts[id + 1] ?? 0); link++) {
        links.push({ id: idAt(link), weight: weightAt(link) });
      }
      return links;
    },
    linkWeight(from, to) {
      for (let link = starts[from] ?? 0; link < (starts[from + 1] ?? 0); link++) {
        if (idAt(link) === to) return weightAt(link);
      }
      return 0;
    },
  };
}

/** Finds phrases by bisection in the file as it is: a map of them would double the time that opening takes. */
function createPhrases(file: Buffer): (key: string) => readonly Link[] {
  return (key) => {
    const wanted = Buffer.from(`${key}\t`);
    let low = 0;
    let high = file.length - 1;
    while (low < high) {
      const start = file.lastIndexOf(10, (low + high) >> 1) + 1;
      const order = file.compare(
        wanted,
        0,
        wanted.length,
        start,
        Math.min(file.length, start + wanted.length),
      );
      const end = file.indexOf(10, start);
      if (order === 0) return parseMeanings(file.toString('utf8', start + wanted.length, end));
      if (order < 0) low = end + 1;
      else high = start - 1;
    }
    return [];
  };
}

const parseMeanings = (line: string): Link[] =>
  line.split('\t').map((meaning) => {
    const [id, percent] = meaning.split(' ');
    return { id: Number(id), weight: Number(percent) / 100 };
  });

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
  const ids = new Map<string, number>();
  for (let id = 0; id < terms.length; id++) ids.set(terms[id]!, id);
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
    vectors: unpackVectors(files['vectors.bin'], dimensions),
    weights: readWeights(marks, size),
    ...createLinks(files['links.bin'], size),
    broader: createLinks(files['broader.bin'], size).links,
    phrase: createPhrases(files['phrases.txt']),
  };
}
