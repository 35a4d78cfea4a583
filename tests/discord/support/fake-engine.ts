import { createHash } from 'node:crypto';
import type {
  Abstained,
  Answer,
  Answered,
  AnswerRequest,
  Article,
  ArticleInfo,
  Citation,
  ClaimCheck,
  Fundstelle,
  Passage,
  ScoredPassage,
} from '../../../src/types.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** An article as the engine would have it; one passage for each paragraph. */
export function buildArticle(spec: Partial<Article> & { body: string }): Article {
  const path = spec.path ?? `${spec.title ?? 'article'}.md`;
  return {
    id: hash(path).slice(0, 12),
    path,
    title: 'Krisengespräch in Genf endet früher als geplant',
    date: '2022-01',
    source: 'dpa/afp/red',
    language: 'de',
    digest: hash(JSON.stringify(spec)),
    headings: [],
    ...spec,
  };
}

export const GENEVA = buildArticle({
  path: 'genf.txt',
  url: 'https://news.example/genf',
  body: [
    'Russlands Außenminister Sergej Lawrow und sein US-Kollege Antony Blinken haben ihr Krisengespräch in Genf früher als geplant beendet.',
    'Auch die russische Regierung hat ihre weitreichenden Forderungen an den Westen bekräftigt. Die Nato müsse ihre ausländischen Soldaten sowie „Ausrüstung und Waffen“ aus allen Ländern abziehen, die bis 1997 nicht Teil des Verteidigungsbündnisses gewesen seien, erklärte das Außenministerium in Moskau am Freitag.',
    'Der Westen droht Moskau in dem Konflikt seit Wochen mit erheblichen Sanktionen.',
  ].join('\n\n'),
});

export const KYIV = buildArticle({
  path: 'kiew.md',
  title: 'Blinken reist nach Kiew',
  date: '2022-01-19',
  source: 'Reuters',
  body: 'Blinken hat in Kiew mit Verbündeten gesprochen. Er warnte vor einem Angriff auf das Nachbarland.',
});

export function passagesOf(article: Article): readonly Passage[] {
  return [...article.body.matchAll(/[^\n]+/g)].map((match, ordinal) => ({
    id: `${article.id}-${ordinal}`,
    key: hash(match[0]).slice(0, 10),
    articleId: article.id,
    ordinal,
    span: [match.index, match.index + match[0].length],
    text: match[0],
    language: article.language,
  }));
}

/** A citation of the sentence or run that is given; it has to stand in the article. */
export function cite(article: Article, text: string, marker = 1): Citation {
  const start = article.body.indexOf(text);
  if (start < 0) throw new Error(`not in the article: ${text}`);
  const span = [start, start + text.length] as const;
  const passage = passagesOf(article).find((p) => p.span[0] <= start && start < p.span[1])!;
  return { marker, passage, article, quote: { articleId: article.id, span, text }, verdict: 'verified' };
}

const BASE = {
  language: 'en',
  notes: [],
  nearest: [],
  checks: { verified: 1, repaired: 0, misattributed: 0, notFound: 0 },
  timings: { retrieveMs: 1, answerMs: 1 },
} as const;

export const answered = (question: string, parts: Partial<Answered> = {}): Answered => {
  const citations = parts.citations ?? [cite(GENEVA, passagesOf(GENEVA)[1]!.text.split('. ')[1]!)];
  return {
    ...BASE,
    kind: 'answered',
    by: 'quotes',
    question,
    text: citations.map((citation) => `${citation.quote.text} [${citation.marker}]`).join('\n'),
    asOf: '2022-01',
    checks: { ...BASE.checks, verified: citations.length },
    ...parts,
    citations,
  };
};

export const abstained = (question: string, parts: Partial<Abstained> = {}): Abstained => ({
  ...BASE,
  kind: 'abstained',
  reason: 'nothing-relevant',
  question,
  text: 'The articles say nothing about this.',
  suggestion: 'Try the name of a person.',
  closest: [],
  nearest: [{ articleId: GENEVA.id, title: GENEVA.title, date: '2022-01', path: GENEVA.path }],
  checks: { verified: 0, repaired: 0, misattributed: 0, notFound: 0 },
  ...parts,
});

export interface FakeEngine extends Fundstelle {
  readonly asked: AnswerRequest[];
  /** What is answered from now on. */
  answer: (request: AnswerRequest) => Answer | Promise<Answer>;
  claims: (text: string) => readonly ClaimCheck[];
  articlesNow: Article[];
}

/** The engine as the bot sees it, with answers that a test chooses. */
export function createFakeEngine(articles: readonly Article[] = [KYIV, GENEVA]): FakeEngine {
  const asked: AnswerRequest[] = [];
  const engine: FakeEngine = {
    asked,
    articlesNow: [...articles],
    answer: ({ question }) => answered(question),
    claims: (text) => [
      { claim: text, verdict: 'covered', citations: [cite(GENEVA, GENEVA.body.slice(0, 60))] },
    ],
    async ask(request) {
      asked.push(request);
      request.onProgress?.({ step: 'searching' });
      return engine.answer(request);
    },
    async search(question) {
      const words = question.toLowerCase().split(/\s+/);
      const passages = engine.articlesNow.flatMap((article) =>
        passagesOf(article)
          .filter(({ text }) => words.some((word) => text.toLowerCase().includes(word)))
          .map((passage): ScoredPassage => ({ passage, article, score: 0.5 })),
      );
      return { passages, language: 'en', relevance: passages.length > 0 ? 0.9 : 0 };
    },
    checkClaims: async ({ text }) => engine.claims(text),
    articles: (filter = {}) =>
      engine.articlesNow.filter(
        ({ source = '', date = '' }: ArticleInfo) =>
          source.toLowerCase().includes((filter.outlet ?? '').toLowerCase()) &&
          (filter.since === undefined || date >= filter.since),
      ),
    readArticle: (id) => engine.articlesNow.find((article) => article.id === id),
    readPassages: (id) => {
      const article = engine.articlesNow.find((candidate) => candidate.id === id);
      return article === undefined ? [] : passagesOf(article);
    },
    status: () => ({
      generation: 3,
      articles: engine.articlesNow.length,
      passages: 4,
      languages: { de: engine.articlesNow.length },
      builtAt: '2026-01-01T00:00:00.000Z',
      embeddings: 'built-in',
      newest: '2022-01-19',
      oldest: '2022-01',
      duplicates: 0,
      skipped: [],
    }),
    refresh: async () => true,
    close: async () => undefined,
  };
  return engine;
}
