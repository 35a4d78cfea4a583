import MiniSearch, { type SearchOptions } from 'minisearch';
import { type Open, resultCount } from './contender.ts';

const openWith =
  (options: SearchOptions): Open =>
  async ({ passages }) => {
    const documents = await passages();
    return async () => {
      const index = new MiniSearch({ fields: ['text'] });
      index.addAll(documents);
      return async (question) =>
        index
          .search(question, options)
          .slice(0, resultCount)
          .map(({ id }) => String(id));
    };
  };

export const openMiniSearch = openWith({});

/** The options its documentation gives for inexact search. */
export const openMiniSearchFuzzy = openWith({ prefix: true, fuzzy: 0.2 });
