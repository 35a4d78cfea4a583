import type {
  Abstained,
  Answered,
  ArticleInfo,
  Citation,
  Fundstelle,
  Passage,
  ScoredPassage,
} from '../src/types.ts';

/** An article about a fictitious harbour, for tests that need any article. */
export const article: ArticleInfo = {
  id: '0123456789ab',
  path: 'hafen.md',
  title: 'Hafen bleibt gesperrt',
  date: '2022-01-21',
  source: 'dpa',
  language: 'de',
  digest: 'digest',
};

const text = 'Der Hafen bleibt bis Freitag gesperrt. Das teilte die Behörde mit.';

export const passage: Passage = {
  id: `${article.id}-0`,
  key: 'abcdefghij',
  articleId: article.id,
  ordinal: 0,
  span: [10, 10 + text.length],
  text,
  language: 'de',
};

export const scored: ScoredPassage = { passage, article, score: 0.9 };

export const citation: Citation = {
  marker: 1,
  passage,
  article,
  quote: { articleId: article.id, span: [10, 48], text: text.slice(0, 38) },
  verdict: 'verified',
};

const base = {
  question: 'Is the harbour open?',
  language: 'en',
  notes: [],
  nearest: [],
  checks: { verified: 1, repaired: 0, misattributed: 0, notFound: 0 },
  timings: { retrieveMs: 1.5, answerMs: 2 },
} as const;

export const answered: Answered = {
  ...base,
  kind: 'answered',
  by: 'quotes',
  text: '„Der Hafen bleibt bis Freitag gesperrt.“ [1]',
  asOf: '2022-01-21',
  citations: [citation],
};

export const abstained: Abstained = {
  ...base,
  kind: 'abstained',
  reason: 'not-stated',
  text: 'No sentence in the articles says so.',
  suggestion: 'Try the name of a place.',
  closest: [scored],
  nearest: [{ articleId: article.id, title: article.title, date: '2022-01-21', path: article.path }],
  checks: { verified: 0, repaired: 0, misattributed: 0, notFound: 0 },
};

/** A Fundstelle over the one article above; parts can be replaced. */
export function createFakeFundstelle(replaced: Partial<Fundstelle> = {}): Fundstelle {
  return {
    ask: async ({ question }) => ({ ...answered, question }),
    search: async () => ({ passages: [scored], language: 'en', relevance: 0.9 }),
    checkClaims: async () => [],
    articles: () => [article],
    readArticle: (id) =>
      id === article.id ? { ...article, body: `Vorspann: ${text}`, headings: [] } : undefined,
    readPassages: (id) => (id === article.id ? [passage] : []),
    status: () => ({
      generation: 1,
      articles: 1,
      passages: 1,
      languages: { de: 1 },
      builtAt: '2022-01-22T00:00:00.000Z',
      embeddings: 'built-in',
      duplicates: 0,
      skipped: [],
    }),
    refresh: async () => false,
    close: async () => {},
    ...replaced,
  };
}
