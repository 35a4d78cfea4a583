import { lengths } from '../kernels/postings.ts';
import type { ArticleInfo, Language, PassageIndex } from '../types.ts';

/** What is asked of every passage for every question, in flat arrays by row. */
export interface PassageTable {
  /** Number of the passage's language, or `gone` for rows without a live passage. */
  readonly language: Uint8Array;
  /** Words, as far as lengths are told apart. */
  readonly length: Uint8Array;
  /** Position of the passage's article in `articles`. */
  readonly article: Uint32Array;
  readonly articles: readonly ArticleInfo[];
  /** Languages by number. */
  readonly languages: readonly Language[];
  /** Live passages of each language. */
  readonly counts: readonly number[];
}

export const gone = 255;

export function tabulatePassages(index: PassageIndex): PassageTable {
  const language = new Uint8Array(index.rowCount).fill(gone);
  const length = new Uint8Array(index.rowCount);
  const article = new Uint32Array(index.rowCount);
  const languages: Language[] = [];
  const counts: number[] = [];
  for (const [position, info] of index.articles.entries()) {
    let number = languages.indexOf(info.language);
    if (number < 0) {
      number = languages.length;
      languages.push(info.language);
      counts.push(0);
    }
    for (const row of index.rowsOf(info.id)) {
      language[row] = number;
      length[row] = Math.min(lengths - 1, index.lengthOf(row));
      article[row] = position;
      counts[number]!++;
    }
  }
  return { language, length, article, articles: index.articles, languages, counts };
}
