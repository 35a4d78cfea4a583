import {
  closeSync,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bytesOf, createFileWriter } from '../../src/index/files.ts';
import type { KnownItem } from './questions.ts';

/** A passage as every contender gets it; `text` is what the product embeds: title, heading and passage. */
export interface BenchPassage {
  readonly id: string;
  readonly text: string;
}

/** Unit vectors, one row for each passage in the order of the passages. */
export interface BenchVectors {
  readonly dimensions: number;
  readonly values: Float32Array;
}

const passagesFile = (folder: string) => path.join(folder, 'passages.jsonl');
const vectorsFile = (folder: string) => path.join(folder, 'vectors.f32');
const questionsFile = (folder: string) => path.join(folder, 'questions.json');

/** Writes what the contenders share. */
export function writeData(
  folder: string,
  dimensions: number,
  records: Iterable<{ readonly passage: BenchPassage; readonly vector: Float32Array }>,
): void {
  const passages = createFileWriter(passagesFile(folder));
  const vectors = createFileWriter(vectorsFile(folder));
  // The first number of the file is the length of a row.
  vectors.write(bytesOf(Float32Array.of(dimensions)));
  for (const { passage, vector } of records) {
    passages.write(`${JSON.stringify(passage)}\n`);
    vectors.write(bytesOf(vector));
  }
  passages.finish();
  vectors.finish();
}

export async function readPassages(folder: string): Promise<BenchPassage[]> {
  const passages: BenchPassage[] = [];
  // JSON that this benchmark wrote itself.
  for await (const line of createInterface({ input: createReadStream(passagesFile(folder)) })) {
    passages.push(JSON.parse(line) as BenchPassage);
  }
  return passages;
}

export function readVectors(folder: string): BenchVectors {
  const file = openSync(vectorsFile(folder), 'r');
  try {
    const numbers = new Float32Array(fstatSync(file).size / 4);
    const bytes = new Uint8Array(numbers.buffer);
    // A single read ends at 2 GB.
    for (let read = 0; read < bytes.length; )
      read += readSync(file, bytes, read, Math.min(2 ** 30, bytes.length - read), read);
    return { dimensions: numbers[0]!, values: numbers.subarray(1) };
  } finally {
    closeSync(file);
  }
}

export function writeQuestions(folder: string, questions: readonly KnownItem[]): void {
  writeFileSync(questionsFile(folder), JSON.stringify(questions));
}

export const readQuestions = (folder: string): readonly KnownItem[] =>
  JSON.parse(readFileSync(questionsFile(folder), 'utf8')) as KnownItem[];
