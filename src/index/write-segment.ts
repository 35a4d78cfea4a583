import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ArticleInfo, SEQUENCE, type Span } from '../types.ts';
import { writeColumns } from './columns.ts';
import { bytesOf, createFileWriter, type FileDigest } from './files.ts';
import type { SegmentInfo } from './manifest.ts';
import {
  type ArticleLine,
  type ArticleRecord,
  hashBytes,
  type PassageRecord,
  type SegmentFile,
  segmentFile,
} from './segment-format.ts';
import { buildTermColumns } from './term-table.ts';
import { countWords, isTerm } from './terms.ts';

/** A row of the index before it is written. */
export interface NewRow {
  readonly record: PassageRecord;
  readonly sequence: Uint32Array;
  /** Digest of what was embedded, `hashBytes` long. */
  readonly hash: Uint8Array;
  /** Unit length, or all zero when the text says nothing to the model. */
  readonly vector: Float32Array;
}

export interface NewArticle {
  readonly info: ArticleInfo;
  readonly headings: readonly Span[];
  readonly body: string;
  readonly rows: readonly NewRow[];
}

/** A segment that is on the disk. */
export interface WrittenSegment {
  readonly info: SegmentInfo;
  readonly files: Readonly<Record<string, FileDigest>>;
}

export interface SegmentWriter {
  readonly add: (article: NewArticle) => void;
  /** Writes what is left and flushes all files. `terms`: those that no earlier segment has, in order of their ids. */
  readonly finish: (terms: readonly string[], termCount: number) => WrittenSegment;
  readonly abandon: () => void;
}

/** Writes a segment without graph into a folder. Memory grows by a few bytes for each row, not with the texts. */
export function createSegmentWriter(folder: string, name: string): SegmentWriter {
  const pathOf = (file: SegmentFile): string => path.join(folder, segmentFile(name, file));
  const writers = {
    articles: createFileWriter(pathOf('articles')),
    records: createFileWriter(pathOf('records')),
    bodies: createFileWriter(pathOf('bodies')),
    sequences: createFileWriter(pathOf('sequences')),
    vectors: createFileWriter(pathOf('vectors')),
  };
  const starts = [0];
  const words: number[] = [];
  let hashes = new Uint8Array(1024 * hashBytes);
  let articles = 0;

  const abandon = (): void => {
    for (const writer of Object.values(writers)) writer.abandon();
  };

  return {
    abandon,
    add({ info, headings, body, rows }) {
      const record: ArticleRecord = { headings, passages: rows.map((row) => row.record) };
      const recordLine = Buffer.from(`${JSON.stringify(record)}\n`);
      const bodyBytes = Buffer.from(body, 'utf8');
      const line: ArticleLine = { ...info, rows: rows.length, bytes: [recordLine.length, bodyBytes.length] };
      writers.articles.write(`${JSON.stringify(line)}\n`);
      writers.records.write(recordLine);
      writers.bodies.write(bodyBytes);
      for (const { sequence, vector, hash } of rows) {
        writers.sequences.write(bytesOf(sequence));
        writers.vectors.write(bytesOf(vector));
        starts.push(starts.at(-1)! + sequence.length);
        if (words.length * hashBytes === hashes.length) hashes = doubled(hashes);
        hashes.set(hash, words.length * hashBytes);
        words.push(countWords(sequence));
      }
      articles++;
    },
    finish(terms, termCount) {
      const files: Record<string, FileDigest> = {};
      for (const file of ['articles', 'records', 'bodies', 'sequences', 'vectors'] as const) {
        files[segmentFile(name, file)] = writers[file].finish();
      }
      const columns = {
        rows: {
          starts: Uint32Array.from(starts),
          words: Uint32Array.from(words),
          hashes: hashes.subarray(0, words.length * hashBytes),
        },
        terms: buildTermColumns(terms),
        postings: buildPostings(readSequences(pathOf('sequences')), starts, termCount),
      };
      for (const file of ['rows', 'terms', 'postings'] as const) {
        files[segmentFile(name, file)] = writeColumns(pathOf(file), columns[file]);
      }
      return {
        info: { name, articles, rows: words.length, terms: terms.length, graph: false },
        files,
      };
    },
  };
}

function doubled(numbers: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

function readSequences(file: string): Uint32Array {
  const content = readFileSync(file);
  return new Uint32Array(content.buffer, content.byteOffset, content.length / 4);
}

/** Inverts sequences: counts first, so that every list is written once, at its place. */
function buildPostings(
  sequences: Uint32Array,
  starts: readonly number[],
  termCount: number,
): Readonly<Record<'ids' | 'starts' | 'rows', Uint32Array>> & { readonly frequencies: Uint8Array } {
  // Row in which a term was seen last, plus one.
  const lastRow = new Uint32Array(termCount);
  const lengths = new Uint32Array(termCount);
  const eachTerm = (visit: (id: number, row: number, isFirst: boolean) => void): void => {
    lastRow.fill(0);
    for (let row = 0; row + 1 < starts.length; row++) {
      for (let place = starts[row]!; place < starts[row + 1]!; place++) {
        const value = sequences[place]!;
        if (!isTerm(value)) continue;
        const id = (value & ~SEQUENCE.partBit) >>> 0;
        visit(id, row, lastRow[id] !== row + 1);
        lastRow[id] = row + 1;
      }
    }
  };

  eachTerm((id, _row, isFirst) => {
    if (isFirst) lengths[id]!++;
  });
  const ids = new Uint32Array(lengths.reduce((used, length) => used + (length > 0 ? 1 : 0), 0));
  const listStarts = new Uint32Array(ids.length + 1);
  // Where the next entry of a term goes.
  const next = new Uint32Array(termCount);
  let list = 0;
  lengths.forEach((length, id) => {
    if (length === 0) return;
    ids[list] = id;
    next[id] = listStarts[list]!;
    listStarts[list + 1] = listStarts[list]! + length;
    list++;
  });
  const rows = new Uint32Array(listStarts[list]!);
  const frequencies = new Uint8Array(rows.length);
  eachTerm((id, row, isFirst) => {
    if (isFirst) rows[next[id]!++] = row;
    const place = next[id]! - 1;
    if (frequencies[place]! < 255) frequencies[place]!++;
  });
  return { ids, starts: listStarts, rows, frequencies };
}
