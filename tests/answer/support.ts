import { createHash } from 'node:crypto';
import type { ReadArticle } from '../../src/answer/citations.ts';
import { type Analyse, createAnalyser } from '../../src/language/analyse.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import type {
  Article,
  Generate,
  GenerateRequest,
  GenerationFailure,
  Passage,
  RankSentences,
  Retrieval,
  Retrieve,
  ScoredPassage,
  Span,
} from '../../src/types.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

export function createArticle(body: string, info: Partial<Article> = {}): Article {
  const path = info.path ?? `${hash(body).slice(0, 6)}.txt`;
  return {
    id: hash(path).slice(0, 12),
    path,
    title: body.split(/(?<=[.!?])\s/)[0] ?? '',
    date: '2022-01-21',
    source: 'dpa',
    language: 'de',
    digest: hash(body),
    body,
    headings: [],
    ...info,
  };
}

/** One passage for each paragraph, or for the spans given. */
export function cutPassages(article: Article, spans?: readonly Span[]): ScoredPassage[] {
  const paragraphs: Span[] = [...article.body.matchAll(/[^\n]+(?:\n(?!\n)[^\n]+)*/g)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  return (spans ?? paragraphs).map((span, ordinal) => {
    const text = article.body.slice(...span);
    const passage: Passage = {
      id: `${article.id}-${ordinal}`,
      key: hash(`${article.id} ${ordinal} ${text}`).slice(0, 10),
      articleId: article.id,
      ordinal,
      span,
      text,
      language: article.language,
    };
    return { passage, article, score: 1 - ordinal / 100 };
  });
}

export const readFrom =
  (articles: readonly Article[]): ReadArticle =>
  (id) =>
    articles.find((article) => article.id === id);

/** Knows no word: every word that is no function word may be a name. */
export const analyse: Analyse = createAnalyser({
  id: () => -1,
  isName: () => false,
  isCompound: () => false,
  irregular: { de: new Map(), en: new Map() },
  compounds: { modifiers: new Map(), heads: new Map() },
});

const wordsOf = (text: string) =>
  new Set(
    analyse(text, 'de')
      .filter(({ stop }) => !stop)
      .map(({ term }) => term),
  );

const share = (question: string, text: string) => {
  const asked = [...wordsOf(question)];
  const there = wordsOf(text);
  return asked.length === 0 ? 0 : asked.filter((word) => there.has(word)).length / asked.length;
};

/** Sure of a sentence in so far as it has the question's words. */
export const rankSentences: RankSentences = (question, passages) =>
  passages.map(({ passage }) =>
    splitSentences(passage.text, passage.language).map(([start, end]) => {
      const text = passage.text.slice(start, end);
      const score = share(question, text);
      return {
        span: [passage.span[0] + start, passage.span[0] + end],
        text,
        score,
        confidence: score,
      };
    }),
  );

/** Finds passages by the share of the question's words they have. Windows are compared by year and month only. */
export function retrieveFrom(articles: readonly Article[]): Retrieve & { readonly asked: string[] } {
  const asked: string[] = [];
  const retrieve: Retrieve = async (question, options = {}): Promise<Retrieval> => {
    asked.push(question);
    const { since = '0000', until = '9999', outlet = '', limit = 8 } = options;
    const passages = articles
      .filter(({ date = '' }) => date.slice(0, since.length) >= since && date.slice(0, until.length) <= until)
      .filter(({ source = '' }) => source.toLowerCase().includes(outlet.toLowerCase()))
      .flatMap((article) => cutPassages(article))
      .map((found) => ({ ...found, score: share(question, found.passage.text) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
    return { passages, language: 'de', relevance: passages[0]?.score ?? 0 };
  };
  return Object.assign(retrieve, { asked });
}

/** A chat model that replies what it is told, word by word; remembers what it was asked. */
export function createScriptedModel(
  script: (request: GenerateRequest) => string | GenerationFailure | Promise<string | GenerationFailure>,
): Generate & { readonly requests: GenerateRequest[] } {
  const requests: GenerateRequest[] = [];
  const generate: Generate = async (request) => {
    requests.push(request);
    const reply = await script(request);
    if (typeof reply !== 'string') return reply;
    let sent = '';
    for (const piece of reply.match(/\S+\s*/g) ?? []) {
      sent += piece;
      request.onText?.(sent);
    }
    return { kind: 'generated', text: reply, inputTokens: 100, outputTokens: 20 };
  };
  return Object.assign(generate, { requests });
}

export interface ScriptedQuote {
  readonly quote: string;
  readonly passage?: string;
  readonly translation?: string;
}

/** A structured reply. Keys that are left out are looked up in the prompt, as an honest model would. */
export const writeReply =
  (...claims: readonly { readonly text: string; readonly quotes: readonly ScriptedQuote[] }[]) =>
  ({ prompt }: GenerateRequest): string =>
    JSON.stringify({
      answered: true,
      claims: claims.map(({ text, quotes }) => ({
        text,
        quotes: quotes.map(({ quote, passage = findKey(prompt, quote), translation = null }) => ({
          passage,
          quote,
          translation,
        })),
      })),
    });

/** Key of the fenced passage that holds a text; of the first one if none does. */
export function findKey(prompt: string, text: string): string {
  const fenced = [...prompt.matchAll(/<<<\w+ passage (\w+)\n(.*?)\w+>>>/gs)];
  return (fenced.find(([, , body]) => body?.includes(text)) ?? fenced[0])?.[1] ?? '';
}
