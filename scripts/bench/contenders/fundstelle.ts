import { openFundstelle } from '../../../src/library.ts';
import { type Open, resultCount } from './contender.ts';

/** The product, opened as a library; the index was written by `embed`. */
export const openProduct: Open =
  async ({ indexDir }) =>
  async () => {
    const { search } = await openFundstelle({ INDEX_DIR: indexDir });
    return async (question) => {
      const { passages } = await search(question, { limit: resultCount });
      return passages.map(({ passage }) => passage.id);
    };
  };
