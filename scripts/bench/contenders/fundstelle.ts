import path from 'node:path';
import { type Open, resultCount } from './contender.ts';

/** What a program that imports the package gets. */
const library = path.join(import.meta.dirname, '../../../dist/library.js');

/** The product, opened as a library; the index was written by `embed`. */
export const openProduct: Open =
  async ({ indexDir }) =>
  async () => {
    const { openFundstelle } = (await import(library)) as typeof import('../../../src/library.ts');
    const { search } = await openFundstelle({ INDEX_DIR: indexDir });
    return async (question) => {
      const { passages } = await search(question, { limit: resultCount });
      return passages.map(({ passage }) => passage.id);
    };
  };
