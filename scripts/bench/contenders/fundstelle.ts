import { openFundstelle } from '../../../src/app.ts';
import { parseConfig } from '../../../src/config.ts';
import { type Open, resultCount } from './contender.ts';

/** The product, opened as its own programs open it; the index was written by `embed`. */
export const openProduct: Open = async ({ indexDir }) => {
  const config = parseConfig({ INDEX_DIR: indexDir, LOG_LEVEL: 'warn' });
  return async () => {
    const { search } = await openFundstelle(config);
    return async (question) => {
      const { passages } = await search(question, { limit: resultCount });
      return passages.map(({ passage }) => passage.id);
    };
  };
};
