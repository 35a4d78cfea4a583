import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { type ColumnReader, parseColumns } from './columns.ts';
import { checkFile, type FileDigest, readChecked } from './files.ts';
import type { SegmentInfo } from './manifest.ts';
import {
  type ArticleLine,
  type ArticleRecord,
  hashBytes,
  type SegmentFile,
  segmentFile,
} from './segment-format.ts';
import { createSignatureSearch } from './signature-search.ts';
import { openTermTable, type TermTable } from './term-table.ts';
import { openVectorFile, type VectorFile } from './vector-file.ts';
import { createExactSearch, openGraph, type SearchVectors, signaturesFrom } from './vectors.ts';

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
  readonly postings: PostingLists;
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

/** Rows with a term, ascending, and how often each has it. */
export interface PostingLists {
  /** How many rows have a term. */
  readonly count: (id: number) => number;
  readonly list: (id: number) => { readonly rows: Uint32Array; readonly frequencies: Uint8Array } | undefined;
}

export interface SegmentSource {
  readonly folder: string;
  readonly dimensions: number;
  readonly termBase: number;
  readonly files: Readonly<Record<string, FileDigest>>;
  /** Open the vectors for searching; default true. */
  readonly search?: boolean;
  /** Segments whose files this process has checked already: not checked again, and not opened for searching. */
  readonly checked?: ReadonlySet<string>;
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
  const isChecked = source.checked?.has(info.name) ?? false;
  const isSearched = source.search !== false && !isChecked;
  // Which articles are dead is written anew for each generation.
  const read = (file: SegmentFile): Promise<Uint8Array> =>
    readChecked(pathOf(file), digestOf(file), isChecked && file !== 'dead');
  const readColumns = async (file: SegmentFile): Promise<ColumnReader> => parseColumns(await read(file));
  const check = async (file: SegmentFile): Promise<void> => {
    if (!isChecked) await checkFile(pathOf(file), digestOf(file));
  };

  const has = (file: SegmentFile): boolean => source.files[segmentFile(info.name, file)] !== undefined;
  const [articles, dead] = await Promise.all([
    read('articles').then(parseLines),
    has('dead') ? read('dead').then(numbersOf) : [],
  ]);
  const deadArticles = new Set(dead);
  const { firstRows, articleOfRow } = numberRows(articles);
  if (articles.length !== info.articles || articleOfRow.length !== info.rows) {
    throw new Error(`${pathOf('articles')} does not fit its manifest`);
  }
  const isDead = (article: number): boolean => deadArticles.has(article);
  const isLive = deadArticles.size === 0 ? undefined : (row: number) => !deadArticles.has(articleOfRow[row]!);

  const openSearch = async (): Promise<SearchVectors> => {
    if (!isSearched) return refuseSearch;
    if (!info.graph && info.rows < signaturesFrom) {
      return createExactSearch(floatsOf(await read('vectors')), dimensions, isLive);
    }
    if (!info.graph) {
      await check('vectors');
      const file = openVectorFile(pathOf('vectors'), dimensions, info.rows, 1024);
      try {
        return createSignatureSearch(info.rows, dimensions, file.at, isLive);
      } finally {
        file.close();
      }
    }
    await check('graph');
    const deadRows = [...deadArticles].flatMap((article) =>
      Array.from({ length: articles[article]!.rows }, (_, ordinal) => firstRows[article]! + ordinal),
    );
    return openGraph(pathOf('graph'), {
      rows: info.rows,
      dimensions,
      deadRows,
      vectorAt: (row) => vectors.at(row),
    });
  };
  // The graph is loaded by another thread while this one reads the rest.
  const [search, rows, terms, postings, sequences] = await Promise.all([
    openSearch(),
    readColumns('rows'),
    readColumns('terms'),
    readColumns('postings'),
    read('sequences').then(numbersOf),
    check('records'),
    check('bodies'),
    has('vectors') && (info.graph || !isSearched) ? check('vectors') : undefined,
    has('graph') && !isSearched ? check('graph') : undefined,
  ]);

  const records = openOffsets(
    pathOf('records'),
    articles.map((article) => article.bytes[0]),
  );
  const bodies = openOffsets(
    pathOf('bodies'),
    articles.map((article) => article.bytes[1]),
  );
  // A segment whose vectors are in a database has none in files.
  const vectors = has('vectors') ? openVectorFile(pathOf('vectors'), dimensions, info.rows, 8) : noVectors;
  const starts = rows.numbers('starts');
  const hashes = rows.bytes('hashes');

  return {
    info,
    articles,
    isDead,
    firstRows,
    articleOfRow,
    terms: openTermTable(terms, source.termBase),
    postings: openPostings(postings),
    sequence: (row) => sequences.subarray(starts[row], starts[row + 1]),
    words: rows.numbers('words'),
    hashAt: (row) => hashes.subarray(row * hashBytes, (row + 1) * hashBytes),
    record: (article) => JSON.parse(records.read(article)) as ArticleRecord,
    body: bodies.read,
    vectorAt: (row) => vectors.at(row).slice(),
    search,
    close() {
      records.close();
      bodies.close();
      vectors.close();
    },
  };
}

const refuseSearch: SearchVectors = () => {
  throw new Error('the vectors were not opened for searching');
};

const noVectors: VectorFile = {
  at: () => {
    throw new Error('the vectors are not in files');
  },
  close: () => {},
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

function openPostings(columns: ColumnReader): PostingLists {
  const ids = columns.numbers('ids');
  const starts = columns.numbers('starts');
  const rows = columns.numbers('rows');
  const frequencies = columns.bytes('frequencies');
  const find = (id: number): number => {
    // A first segment has all terms up to its last.
    if (ids[id] === id) return id;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count(id) {
      const place = find(id);
      return ids[place] === id ? starts[place + 1]! - starts[place]! : 0;
    },
    list(id) {
      const place = find(id);
      if (ids[place] !== id) return undefined;
      const start = starts[place]!;
      const end = starts[place + 1]!;
      return { rows: rows.subarray(start, end), frequencies: frequencies.subarray(start, end) };
    },
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
  let content = Buffer.alloc(0);
  return {
    read(place) {
      const length = lengths[place]!;
      if (content.length < length) content = Buffer.allocUnsafe(2 * length);
      readSync(descriptor, content, 0, length, offsets[place]!);
      return content.toString('utf8', 0, length);
    },
    close: () => closeSync(descriptor),
  };
}
