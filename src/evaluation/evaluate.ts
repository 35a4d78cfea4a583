import type { Answer, ArticleInfo, Fundstelle, ScoredPassage, Span } from '../types.ts';
import { measureRanks, type RankMetrics, rankOf, share } from './metrics.ts';
import { type GoldQuestion, locateAnswer } from './questions.ts';

export interface QuestionResult {
  readonly id: string;
  /** Rank of the first right passage, from 1; null when none was found or none exists. */
  readonly rank: number | null;
  readonly answered: boolean;
  /** Whether a citation overlaps the answer; null for questions that have none. */
  readonly quoteHit: boolean | null;
}

/** Shares are 0..1, or null where nothing was there to measure. */
export interface Evaluation {
  readonly passages: RankMetrics;
  readonly articles: RankMetrics;
  readonly quotes: { readonly hit: number | null };
  readonly abstention: { readonly precision: number | null; readonly recall: number | null };
  readonly questions: number;
  readonly questionsPerSecond: number;
  readonly perQuestion: readonly QuestionResult[];
  /** Questions left out because their answer is not in the article they name. */
  readonly unusable: readonly string[];
}

type Gold = { readonly article: ArticleInfo; readonly span: Span };

const overlaps = (a: Span, b: Span) => a[0] < b[1] && b[0] < a[1];

/**
 * Asks every question and compares passages, quotes and abstentions with the gold answers.
 * @param duplicates articles that were indexed under another path; their questions count there.
 */
export async function evaluate(
  fundstelle: Fundstelle,
  questions: readonly GoldQuestion[],
  options: {
    readonly ks: readonly number[];
    readonly duplicates?: readonly { readonly path: string; readonly of: string }[];
    readonly onAnswer?: (answer: Answer) => void;
  },
): Promise<Evaluation> {
  const byPath = new Map(fundstelle.articles().map((article) => [article.path, article]));
  for (const { path, of } of options.duplicates ?? []) {
    const indexed = byPath.get(of);
    if (indexed) byPath.set(path, indexed);
  }
  const depth = Math.max(10, ...options.ks);
  const passageRanks: (number | null)[] = [];
  const articleRanks: (number | null)[] = [];
  const perQuestion: QuestionResult[] = [];
  const unusable: string[] = [];
  let seconds = 0;

  for (const { id, question, places } of questions) {
    const gold = locateAll(places);
    if (places.length > 0 && gold.length === 0) {
      unusable.push(id);
      continue;
    }
    const started = performance.now();
    const { passages } = await fundstelle.search(question, { limit: depth });
    const answer = await fundstelle.ask({ question });
    seconds += (performance.now() - started) / 1000;

    const rank = rankOf(passages, (found) => isGoldPassage(found, gold));
    if (gold.length > 0) {
      passageRanks.push(rank);
      const articles = [...new Set(passages.map((found) => found.article.id))];
      articleRanks.push(rankOf(articles, (article) => gold.some((right) => right.article.id === article)));
    }
    const answered = answer.kind === 'answered';
    perQuestion.push({ id, rank, answered, quoteHit: gold.length > 0 ? hasGoldQuote(answer, gold) : null });
    options.onAnswer?.(answer);
  }

  const answerable = perQuestion.filter((result) => result.quoteHit !== null);
  const abstained = perQuestion.filter((result) => !result.answered);
  const rightlyAbstained = abstained.filter((result) => result.quoteHit === null).length;
  return {
    passages: measureRanks(passageRanks, options.ks),
    articles: measureRanks(articleRanks, options.ks),
    quotes: { hit: share(answerable.filter((result) => result.quoteHit).length, answerable.length) },
    abstention: {
      precision: share(rightlyAbstained, abstained.length),
      recall: share(rightlyAbstained, perQuestion.length - answerable.length),
    },
    questions: perQuestion.length,
    questionsPerSecond: seconds > 0 ? perQuestion.length / seconds : 0,
    perQuestion,
    unusable,
  };

  function locateAll(places: GoldQuestion['places']): Gold[] {
    return places.flatMap((place) => {
      const info = byPath.get(place.article);
      const article = info && fundstelle.readArticle(info.id);
      const span = article && locateAnswer(article, place);
      return info && span ? [{ article: info, span }] : [];
    });
  }
}

function isGoldPassage({ passage }: ScoredPassage, gold: readonly Gold[]): boolean {
  return gold.some(({ article, span }) => article.id === passage.articleId && overlaps(span, passage.span));
}

function hasGoldQuote(answer: Answer, gold: readonly Gold[]): boolean {
  if (answer.kind === 'abstained') return false;
  return answer.citations.some(({ quote }) =>
    gold.some(({ article, span }) => article.id === quote.articleId && overlaps(span, quote.span)),
  );
}
