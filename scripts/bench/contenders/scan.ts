import { scan } from '../measure.ts';
import { type Open, resultCount } from './contender.ts';

/** Every vector compared with the question's, in plain JavaScript. */
export const openScan: Open = async ({ passages, vectors, embeddings }) => {
  const ids = (await passages()).map(({ id }) => id);
  const { values } = vectors();
  const model = await embeddings();
  return async () => async (question) =>
    scan(values, await model.embedQuery(question), resultCount).map(({ row }) => ids[row]!);
};
