import path from 'node:path';
import type { Article, ArticleInfo, Neighbour, Passage, PassageIndex, Postings, Skipped } from '../types.ts';
import { readChecked } from './files.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { openSegment, type Segment, type SegmentSource } from './open-segment.ts';
import type { PassageRecord } from './segment-format.ts';
import { compareNeighbours } from './top.ts';

/** What a run found out besides articles. */
export interface Report {
  readonly skipped: readonly Skipped[];
  readonly duplicates: readonly { readonly path: string; readonly of: string }[];
}

export const reportFile = 'report.json';

/** An index in files begins at once. */
export interface FileIndex extends PassageIndex {
  readonly nearest: (
    vector: Float32Array | readonly number[],
    k: number,
    accept?: (row: number) => boolean,
  ) => () => readonly Neighbour[];
}

/** An opened generation, with what only the embed run needs. */
export interface Generation {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly segments: readonly Segment[];
  readonly index: FileIndex;
}

/** Characters of article texts kept for the next question. */
const rememberedCharacters = 4_000_000;

/**
 * Opens the generation in a folder, checking every file first.
 * @throws {Error} when something is missing or not as it was written.
 * @throws {Fault} when another version of the program wrote it.
 */
export async function openGeneration(
  folder: string,
  options: Pick<SegmentSource, 'checked' | 'search'> = {},
): Promise<Generation> {
  const manifest = await readManifest(folder);
  const segments: Segment[] = [];
  try {
    let termBase = 0;
    for (const info of manifest.segments) {
      segments.push(
        await openSegment(info, {
          ...options,
          folder,
          dimensions: manifest.dimensions,
          termBase,
          files: manifest.files,
        }),
      );
      termBase += info.terms;
    }
    const report = await readChecked(path.join(folder, reportFile), manifest.files[reportFile]!);
    const index = createPassageIndex(
      manifest,
      segments,
      JSON.parse(Buffer.from(report).toString()) as Report,
    );
    if (index.articles.length !== manifest.articles || index.passageCount !== manifest.passages) {
      throw new Error(`${folder} does not fit its manifest`);
    }
    return { folder, manifest, segments, index };
  } catch (error) {
    for (const segment of segments) segment.close();
    throw error;
  }
}

/** Joins segments into one index: rows and articles of a segment follow those of the one before. */
function createPassageIndex(manifest: Manifest, segments: readonly Segment[], report: Report): FileIndex {
  const rowBases = basesOf(segments.map((segment) => segment.info.rows));
  const rowCount = rowBases.at(-1)!;
  const termCount = segments.reduce((sum, segment) => sum + segment.terms.count, 0);

  /** Article of each row, as a place in `infos`. */
  const infoOfRow = new Uint32Array(rowCount);
  const infos: ArticleInfo[] = [];
  const live: boolean[] = [];
  const places = new Map<string, { readonly segment: number; readonly article: number }>();
  let words = 0;
  let passageCount = 0;
  segments.forEach((segment, number) => {
    const base = rowBases[number]!;
    const infoBase = infos.length;
    segment.articleOfRow.forEach((article, row) => {
      infoOfRow[base + row] = infoBase + article;
      if (segment.isDead(article)) return;
      words += segment.words[row]!;
      passageCount++;
    });
    segment.articles.forEach((line, article) => {
      const info = toInfo(line);
      infos.push(info);
      live.push(!segment.isDead(article));
      if (!segment.isDead(article)) places.set(info.id, { segment: number, article });
    });
  });

  const segmentOf = (row: number): number => {
    if (!(row >= 0 && row < rowCount)) throw new RangeError(`row ${row} is not in the index`);
    let segment = 0;
    while (row >= rowBases[segment + 1]!) segment++;
    return segment;
  };
  const isLive = (row: number): boolean => live[infoOfRow[row]!] === true;

  const readWhole = remember((id: string): WholeArticle | undefined => {
    const place = places.get(id);
    const segment = place && segments[place.segment];
    if (!segment) return undefined;
    const { headings, passages } = segment.record(place.article);
    const info = toInfo(segment.articles[place.article]!);
    return { article: { ...info, body: segment.body(place.article), headings }, passages };
  });

  const passage = (row: number): Passage => {
    const number = segmentOf(row);
    if (!isLive(row)) throw new RangeError(`row ${row} is not live`);
    const segment = segments[number]!;
    const local = row - rowBases[number]!;
    const place = segment.articleOfRow[local]!;
    const ordinal = local - segment.firstRows[place]!;
    const { article, passages } = readWhole(segment.articles[place]!.id)!;
    const record = passages[ordinal]!;
    const text = article.body.slice(...record.span);
    return { id: `${article.id}-${ordinal}`, articleId: article.id, ordinal, text, ...record };
  };

  const rowsOf = (articleId: string): readonly number[] => {
    const place = places.get(articleId);
    if (!place) return [];
    const segment = segments[place.segment]!;
    const first = rowBases[place.segment]! + segment.firstRows[place.article]!;
    return Array.from({ length: segment.articles[place.article]!.rows }, (_, ordinal) => first + ordinal);
  };

  return {
    generation: manifest.generation,
    builtAt: manifest.builtAt,
    fingerprint: manifest.fingerprint,
    dimensions: manifest.dimensions,
    rowCount,
    passageCount,
    articles: infos.filter((_, place) => live[place]),
    skipped: report.skipped,
    duplicates: report.duplicates,
    isLive,
    articleOf: (row) => infos[infoOfRow[row]!]!,
    passage,
    rowOf(passageId) {
      const cut = passageId.lastIndexOf('-');
      const ordinal = passageId.slice(cut + 1);
      if (!/^(0|[1-9]\d*)$/.test(ordinal)) return -1;
      return rowsOf(passageId.slice(0, cut))[Number(ordinal)] ?? -1;
    },
    rowsOf,
    readArticle: (id) => readWhole(id)?.article,
    termCount,
    termId(term) {
      for (const { terms } of segments) {
        const id = terms.find(term);
        if (id >= 0) return id;
      }
      return -1;
    },
    term(id) {
      const owner = segments.find(({ terms }) => id >= terms.base && id < terms.base + terms.count);
      if (!owner) throw new RangeError(`term ${id} is not in the index`);
      return owner.terms.at(id);
    },
    // Both are asked for each of a question's hundreds of terms.
    documentFrequency(id) {
      let count = 0;
      for (const { postings } of segments) count += postings.count(id);
      return count;
    },
    postings(id) {
      const lists: Postings[] = [];
      for (let number = 0; number < segments.length; number++) {
        const found = segments[number]!.postings.list(id);
        if (found) lists.push({ base: rowBases[number]!, rows: found.rows, frequencies: found.frequencies });
      }
      return lists;
    },
    lengthOf(row) {
      const number = segmentOf(row);
      return segments[number]!.words[row - rowBases[number]!]!;
    },
    averageLength: passageCount === 0 ? 0 : words / passageCount,
    sequence(row) {
      const number = segmentOf(row);
      return segments[number]!.sequence(row - rowBases[number]!);
    },
    nearest(vector, k, accept) {
      if (vector.length !== manifest.dimensions) {
        throw new RangeError(`a vector of ${manifest.dimensions} numbers is needed, not of ${vector.length}`);
      }
      const searches = segments.map((segment, number) => {
        const base = rowBases[number]!;
        const end = segment.search(vector, k, accept && ((row) => accept(base + row)));
        return () => end().map(({ row, similarity }) => ({ row: base + row, similarity }));
      });
      return () =>
        searches
          .flatMap((end) => end())
          .sort(compareNeighbours)
          .slice(0, k);
    },
    close() {
      for (const segment of segments) segment.close();
    },
  };
}

/** First row of each segment, and the number of rows at the end. */
function basesOf(lengths: readonly number[]): number[] {
  const bases = [0];
  for (const length of lengths) bases.push(bases.at(-1)! + length);
  return bases;
}

export function toInfo({ id, path, title, date, source, language, url, digest }: ArticleInfo): ArticleInfo {
  return {
    id,
    path,
    title,
    ...(date !== undefined && { date }),
    ...(source !== undefined && { source }),
    language,
    ...(url !== undefined && { url }),
    digest,
  };
}

/** What is read of an article at once. */
interface WholeArticle {
  readonly article: Article;
  readonly passages: readonly PassageRecord[];
}

/** Keeps the articles that were read last. */
function remember(read: (id: string) => WholeArticle | undefined): (id: string) => WholeArticle | undefined {
  const kept = new Map<string, WholeArticle>();
  let characters = 0;
  return (id) => {
    const known = kept.get(id);
    const whole = known ?? read(id);
    if (!whole) return undefined;
    // A map remembers the order in which its keys came: the first is the one not asked for longest.
    kept.delete(id);
    kept.set(id, whole);
    if (!known) characters += whole.article.body.length;
    for (const [oldest, { article }] of kept) {
      if (characters <= rememberedCharacters || oldest === id) break;
      kept.delete(oldest);
      characters -= article.body.length;
    }
    return whole;
  };
}
