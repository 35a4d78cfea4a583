import type { AnswerRequest, DateWindow, Nearest, Retrieval, Retrieve, SearchOptions } from '../types.ts';
import { readTimePhrase } from './time-phrases.ts';

export interface Search {
  readonly retrieval: Retrieval;
  /** Window applied, from options or words; undefined for the whole corpus. */
  readonly window?: DateWindow;
  /** What in the question asked for the window. */
  readonly words?: string;
  /** Nearest articles, best first; three at most. Outside the window when nothing is inside. */
  readonly nearest: readonly Nearest[];
}

const nearestShown = 3;

/**
 * Searches with the window that the request's options give or, failing these, the question's own words. A bare year
 * in the question that no article falls into was the year of an event: the search goes on without it.
 */
export async function searchArticles(
  question: string,
  request: AnswerRequest,
  retrieve: Retrieve,
  now: Date,
): Promise<Search> {
  const { since, until, outlet, limit, signal } = request;
  const given: DateWindow = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
  const hasWindow = since !== undefined || until !== undefined;
  const phrase = hasWindow || request.timePhrases === false ? undefined : readTimePhrase(question, now);
  const options: SearchOptions = {
    ...(outlet !== undefined && { outlet }),
    ...(limit !== undefined && { limit }),
    ...(signal !== undefined && { signal }),
  };

  const window = hasWindow ? given : phrase?.window;
  const retrieval = await retrieve(question, { ...options, ...window });
  if (retrieval.passages.length > 0 || (window === undefined && outlet === undefined))
    return {
      retrieval,
      nearest: listNearest(retrieval),
      ...(window && { window }),
      ...(phrase && { words: phrase.words }),
    };

  const { outlet: _, ...anywhere } = options;
  if (phrase && !phrase.firm) {
    const whenever = await retrieve(question, options);
    if (whenever.passages.length > 0) return { retrieval: whenever, nearest: listNearest(whenever) };
  }
  const nearest = listNearest(await retrieve(question, anywhere));
  return { retrieval, nearest, ...(window && { window }), ...(phrase && { words: phrase.words }) };
}

/** The articles of a retrieval, best first, each once. */
export function listNearest({ passages }: Retrieval): readonly Nearest[] {
  const articles = new Map(passages.map(({ article }) => [article.id, article]));
  return [...articles.values()].slice(0, nearestShown).map(({ id, title, date, path }) => ({
    articleId: id,
    title,
    ...(date !== undefined && { date }),
    path,
  }));
}
