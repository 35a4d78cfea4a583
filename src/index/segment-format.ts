import type { ArticleInfo, Language, Span } from '../types.ts';
import type { SegmentInfo } from './manifest.ts';

/** Files of a segment: `<name>.<kind>`. All numbers little-endian. */
export const segmentFiles = {
  /** One `ArticleLine` for each article, JSON lines; read whole. */
  articles: 'articles.jsonl',
  /** One `ArticleRecord` for each article, JSON lines; read by offset. */
  records: 'records.jsonl',
  /** Bodies end to end, UTF-8; read by offset. */
  bodies: 'bodies.txt',
  /** Columns by row: `starts` of its sequence (one more than rows), `words`, `hashes` (16 bytes each). */
  rows: 'rows.bin',
  /** Term table. */
  terms: 'terms.bin',
  /** Columns: `ids` ascending, `starts` (one more), then `rows` and `frequencies`. */
  postings: 'postings.bin',
  /** Sequences end to end, uint32. */
  sequences: 'sequences.bin',
  /** Vectors end to end, float32, unit length. */
  vectors: 'vectors.bin',
  /** HNSW graph with its own copy of the vectors, as hnswlib writes it; only in large segments. */
  graph: 'graph.hnsw',
  /** Numbers of the removed articles, uint32, ascending; only when there are any. */
  dead: 'dead.bin',
} as const;

export type SegmentFile = keyof typeof segmentFiles;

export function segmentFile(segment: string, file: SegmentFile): string {
  return `${segment}.${segmentFiles[file]}`;
}

/** The files of a segment that stay the same from generation to generation. */
export function segmentFileNames({ name, graph }: SegmentInfo): string[] {
  return (Object.keys(segmentFiles) as SegmentFile[])
    .filter((file) => file !== 'dead' && (graph || file !== 'graph'))
    .map((file) => segmentFile(name, file));
}

/** Bytes of a content hash in column `hashes`. */
export const hashBytes = 16;

/** What is known of an article in memory. */
export interface ArticleLine extends ArticleInfo {
  /** Its passages: so many rows, following those of the article before. */
  readonly rows: number;
  /** Bytes in `records` and in `bodies`. */
  readonly bytes: readonly [record: number, body: number];
}

/** What is read when somebody asks. */
export interface ArticleRecord {
  readonly headings: readonly Span[];
  readonly passages: readonly PassageRecord[];
}

export interface PassageRecord {
  readonly key: string;
  readonly span: Span;
  readonly language: Language;
  readonly heading?: string;
}
