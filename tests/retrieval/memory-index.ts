import { createHash } from 'node:crypto';
import { buildSequence, countWords, isTerm, readWords } from '../../src/index/terms.ts';
import type { Analyse } from '../../src/language/analyse.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import {
  type Article,
  type ArticleInfo,
  type Passage,
  type PassageIndex,
  type Postings,
  SEQUENCE,
} from '../../src/types.ts';

export interface IndexedPassage {
  readonly passage: Passage;
  readonly vector?: Float32Array;
}

/** What a test says about an article; its passages are the paragraphs of the body. */
export interface Draft {
  readonly path: string;
  readonly title?: string;
  readonly date?: string;
  readonly source?: string;
  readonly language: string;
  readonly body: string;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

export const draftArticle = (draft: Draft): Article => {
  const { title = '', date, source, path, language, body } = draft;
  return {
    id: digestOf(path).slice(0, 12),
    path,
    title,
    language,
    body,
    headings: [],
    digest: digestOf(JSON.stringify(draft)),
    ...(date === undefined ? {} : { date }),
    ...(source === undefined ? {} : { source }),
  };
};

/** One passage for each paragraph. */
export const cutParagraphs = (article: Article): Passage[] =>
  [...article.body.matchAll(/\S(?:(?!\n\n)(?:.|\n))*/g)].map((match, ordinal) => ({
    id: `${article.id}-${ordinal}`,
    key: digestOf(`${article.id}-${ordinal}-${match[0]}`).slice(0, 10),
    articleId: article.id,
    ordinal,
    span: [match.index, match.index + match[0].length],
    text: match[0],
    language: article.language,
  }));

/** The whole of an index in memory, with exact vector search: the smallest thing that keeps the promises of `PassageIndex`. */
export function buildMemoryIndex(
  articles: readonly Article[],
  analyse: Analyse,
  options: {
    readonly cut?: (article: Article) => Passage[];
    readonly embed?: (text: string, language: string) => Float32Array;
    readonly isKnown?: (term: string) => boolean;
  } = {},
): PassageIndex {
  const { cut = cutParagraphs, embed, isKnown = () => false } = options;
  const ids = new Map<string, number>();
  const terms: string[] = [];
  const postings: { rows: number[]; frequencies: number[] }[] = [];
  const rows: {
    passage: Passage;
    article: ArticleInfo;
    sequence: Uint32Array;
    length: number;
    vector?: Float32Array;
  }[] = [];
  const rowsOf = new Map<string, number[]>();

  const idOf = (term: string): number => {
    const known = ids.get(term);
    if (known !== undefined) return known;
    ids.set(term, terms.length);
    terms.push(term);
    postings.push({ rows: [], frequencies: [] });
    return terms.length - 1;
  };

  for (const article of articles) {
    for (const passage of cut(article)) {
      const row = rows.length;
      const sequence = buildSequence(
        readWords(passage, article.title, { analyse, splitSentences, isKnown }),
        idOf,
      );
      for (const value of sequence) {
        if (!isTerm(value)) continue;
        const entry = postings[value & ~SEQUENCE.partBit]!;
        const last = entry.rows.length - 1;
        if (entry.rows[last] === row) entry.frequencies[last] = Math.min(255, entry.frequencies[last]! + 1);
        else {
          entry.rows.push(row);
          entry.frequencies.push(1);
        }
      }
      const vector = embed?.(`${article.title}\n${passage.text}`, passage.language);
      rows.push({
        passage,
        article,
        sequence,
        length: countWords(sequence),
        ...(vector ? { vector } : {}),
      });
      rowsOf.set(article.id, [...(rowsOf.get(article.id) ?? []), row]);
    }
  }

  const packed: Postings[] = postings.map((entry) => ({
    base: 0,
    rows: Uint32Array.from(entry.rows),
    frequencies: Uint8Array.from(entry.frequencies),
  }));
  const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
    return sum;
  };

  return {
    generation: 1,
    builtAt: '2025-01-01T00:00:00.000Z',
    fingerprint: 'memory',
    dimensions: rows[0]?.vector?.length ?? 0,
    rowCount: rows.length,
    passageCount: rows.length,
    articles: articles.map(({ body: _body, headings: _headings, ...info }) => info),
    skipped: [],
    duplicates: [],
    isLive: (row) => row >= 0 && row < rows.length,
    articleOf: (row) => rows[row]!.article,
    passage: (row) => rows[row]!.passage,
    rowOf: (passageId) => rows.findIndex(({ passage }) => passage.id === passageId),
    rowsOf: (articleId) => rowsOf.get(articleId) ?? [],
    readArticle: (articleId) => articles.find(({ id }) => id === articleId),
    termCount: terms.length,
    termId: (term) => ids.get(term) ?? -1,
    term: (id) => terms[id]!,
    documentFrequency: (id) => packed[id]!.rows.length,
    postings: (id) => [packed[id]!],
    lengthOf: (row) => rows[row]!.length,
    averageLength: rows.reduce((sum, { length }) => sum + length, 0) / Math.max(1, rows.length),
    sequence: (row) => rows[row]!.sequence,
    nearest:
      (vector, k, accept = () => true) =>
      () =>
        rows
          .flatMap(({ vector: own }, row) =>
            own && accept(row) ? [{ row, similarity: cosine(own, vector) }] : [],
          )
          .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
          .slice(0, k),
    close: () => {},
  };
}
