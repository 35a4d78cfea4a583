import MiniSearch from 'minisearch';
import { type Open, resultCount } from './contender.ts';

export const openMiniSearch: Open = async ({ passages }) => {
  const documents = await passages();
  return async () => {
    const index = new MiniSearch({ fields: ['text'] });
    index.addAll(documents);
    return async (question) =>
      index
        .search(question)
        .slice(0, resultCount)
        .map(({ id }) => String(id));
  };
};
