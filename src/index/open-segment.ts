import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { type ColumnReader, parseColumns } from './columns.ts';
import { bytesOf, checkFile, type FileDigest, readChecked } from './files.ts';
import type { SegmentInfo } from './manifest.ts';
import {
  type ArticleLine,
  type ArticleRecord,
  hashBytes,
  type SegmentFile,
  segmentFile,
} from './segment-format.ts';
import { openTermTable, type TermTable } from './term-table.ts';
import { createExactSearch, openGraph, type SearchVectors } from './vectors.ts';

/** One opened segment. Rows and articles are numbered from 0; term ids are those of the whole generation. */
export interface Segment {
  readonly info: SegmentInfo;
  readonly articles: readonly ArticleLine[];
  readonly isDead: (article: number) => boolean;
  /** First row of each article; one more entry than articles. */
  readonly firstRows: Uint32Array;
  /** Article of each row. */
  readonly articleOfRow: Uint32Array;
  readonly terms: TermTable;
  readonly postings: (
    id: number,
  ) => { readonly rows: Uint32Array; readonly frequencies: Uint8Array } | undefined;
  readonly sequence: (row: number) => Uint32Array;
  readonly words: Uint32Array;
  /** Digest of what was embedded. */
  readonly hashAt: (row: number) => Uint8Array;
  readonly record: (article: number) => ArticleRecord;
  readonly body: (article: number) => string;
  readonly vectorAt: (row: number) => Float32Array;
  readonly search: SearchVectors;
  readonly close: () => void;
}

export interface SegmentSource {
  readonly folder: string;
  readonly dimensions: number;
  readonly termBase: number;
  readonly files: Readonly<Record<string, FileDigest>>;
  /** Files whose digest this process has checked already; they cannot have changed since. */
  readonly trusted?: ReadonlySet<string>;
  /** Open the flat vectors, for `vectorAt`; default false. */
  readonly vectors?: boolean;
  /** Open the vectors for searching; default true. */
  readonly search?: boolean;
}

/**
 * Opens a segment after checking the digest of every file it will read.
 * @throws {Error} when a file is missing or not as it was written.
 */
export async function openSegment(info: SegmentInfo, source: SegmentSource): Promise<Segment> {
  const { dimensions } = source;
  const pathOf = (file: SegmentFile): string => path.join(source.folder, segmentFile(info.name, file));
  const digestOf = (file: SegmentFile): FileDigest => {
    const digest = source.files[segmentFile(info.name, file)];
    if (!digest) throw new Error(`${pathOf(file)} is not in the manifest`);
    return digest;
  };
  const read = (file: SegmentFile): Promise<Uint8Array> => readChecked(pathOf(file), digestOf(file));
  const readColumns = async (file: SegmentFile): Promise<ColumnReader> => parseColumns(await read(file));
  const check = async (file: SegmentFile): Promise<void> => {
    if (source.trusted?.has(segmentFile(info.name, file))) return;
    await checkFile(pathOf(file), digestOf(file));
  };

  const hasDead = source.files[segmentFile(info.name, 'dead')] !== undefined;
  const [lines, dead, rows, terms, postings, sequences] = await Promise.all([
    read('articles'),
    hasDead ? read('dead') : new Uint8Array(),
    readColumns('rows'),
    readColumns('terms'),
    readColumns('postings'),
    read('sequences'),
    check('records'),
    check('bodies'),
    source.vectors ? check('vectors') : undefined,
    info.graph ? check('graph') : undefined,
  ]);

  const articles = parseLines(lines);
  const deadArticles = new Set(numbersOf(dead));
  const { firstRows, articleOfRow } = numberRows(articles);
  if (articles.length !== info.articles || articleOfRow.length !== info.rows) {
    throw new Error(`${pathOf('articles')} does not fit its manifest`);
  }
  const isDead = (article: number): boolean => deadArticles.has(article);
  const isRowLive = (row: number): boolean => !isDead(articleOfRow[row]!);

  const openSearch = async (): Promise<SearchVectors> => {
    if (!info.graph) return createExactSearch(floatsOf(await read('vectors')), dimensions, isRowLive);
    const deadRows = [...deadArticles].flatMap((article) =>
      Array.from({ length: articles[article]!.rows }, (_, ordinal) => firstRows[article]! + ordinal),
    );
    return openGraph(pathOf('graph'), { rows: info.rows, dimensions, deadRows });
  };
  const search = source.search === false ? refuseSearch : await openSearch();

  const records = openOffsets(
    pathOf('records'),
    articles.map((article) => article.bytes[0]),
  );
  const bodies = openOffsets(
    pathOf('bodies'),
    articles.map((article) => article.bytes[1]),
  );
  const vectors = source.vectors ? openSync(pathOf('vectors'), 'r') : undefined;
  const starts = rows.numbers('starts');
  const hashes = rows.bytes('hashes');
  const values = numbersOf(sequences);

  return {
    info,
    articles,
    isDead,
    firstRows,
    articleOfRow,
    terms: openTermTable(terms, source.termBase),
    postings: openPostings(postings),
    sequence: (row) => values.subarray(starts[row], starts[row + 1]),
    words: rows.numbers('words'),
    hashAt: (row) => hashes.subarray(row * hashBytes, (row + 1) * hashBytes),
    record: (article) => JSON.parse(records.read(article)) as ArticleRecord,
    body: bodies.read,
    vectorAt(row) {
      if (vectors === undefined) throw new Error('the vectors were not opened');
      const vector = new Float32Array(dimensions);
      readSync(vectors, bytesOf(vector), 0, vector.byteLength, row * vector.byteLength);
      return vector;
    },
    search,
    close() {
      records.close();
      bodies.close();
      if (vectors !== undefined) closeSync(vectors);
    },
  };
}

const refuseSearch: SearchVectors = () => {
  throw new Error('the vectors were not opened for searching');
};

function parseLines(content: Uint8Array): ArticleLine[] {
  const lines: ArticleLine[] = [];
  const buffer = Buffer.from(content.buffer);
  for (let start = 0; start < buffer.length; ) {
    const end = buffer.indexOf(10, start);
    lines.push(JSON.parse(buffer.toString('utf8', start, end)) as ArticleLine);
    start = end + 1;
  }
  return lines;
}

function numberRows(articles: readonly ArticleLine[]): { firstRows: Uint32Array; articleOfRow: Uint32Array } {
  const firstRows = new Uint32Array(articles.length + 1);
  articles.forEach(({ rows }, article) => {
    firstRows[article + 1] = firstRows[article]! + rows;
  });
  const articleOfRow = new Uint32Array(firstRows.at(-1)!);
  articles.forEach((_, article) => {
    articleOfRow.fill(article, firstRows[article], firstRows[article + 1]);
  });
  return { firstRows, articleOfRow };
}

const numbersOf = (content: Uint8Array): Uint32Array => new Uint32Array(content.buffer);
const floatsOf = (content: Uint8Array): Float32Array => new Float32Array(content.buffer);

function openPostings(columns: ColumnReader): Segment['postings'] {
  const ids = columns.numbers('ids');
  const starts = columns.numbers('starts');
  const rows = columns.numbers('rows');
  const frequencies = columns.bytes('frequencies');
  return (id) => {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    if (ids[low] !== id) return undefined;
    return {
      rows: rows.subarray(starts[low], starts[low + 1]),
      frequencies: frequencies.subarray(starts[low], starts[low + 1]),
    };
  };
}

/** Texts that lie end to end in a file, read one at a time. */
function openOffsets(
  file: string,
  lengths: readonly number[],
): { readonly read: (place: number) => string; readonly close: () => void } {
  // Offsets may pass 4 GB.
  const offsets = new Float64Array(lengths.length + 1);
  lengths.forEach((length, place) => {
    offsets[place + 1] = offsets[place]! + length;
  });
  const descriptor = openSync(file, 'r');
  return {
    read(place) {
      const content = Buffer.allocUnsafe(lengths[place]!);
      readSync(descriptor, content, 0, content.length, offsets[place]!);
      return content.toString('utf8');
    },
    close: () => closeSync(descriptor),
  };
}
