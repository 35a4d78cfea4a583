import { type AnswerEvent, type AnswererDeps, createAnswerer } from '../answer/answer.ts';
import { createClaimChecker } from '../answer/claims.ts';
import type { Config } from '../config.ts';
import { createHolder } from '../index/holder.ts';
import { watchVersion } from '../index/watch.ts';
import { createRetriever } from '../retrieval/retrieve.ts';
import { chooseWeights } from '../retrieval/weights.ts';
import { isInWindow } from '../retrieval/window.ts';
import type {
  Answerer,
  ArticleFilter,
  ArticleInfo,
  Fundstelle,
  Generate,
  PassageIndex,
  Retrieve,
  Status,
} from '../types.ts';
import { type LanguageTools, openLanguage } from './language.ts';
import { openIndexStore } from './open-index-store.ts';

export interface OpenOptions {
  /** Something the operator should know and mend; the program goes on. */
  readonly onWarning?: (message: string) => void;
  /** What happened while answering, for logs and measurements. */
  readonly onEvent?: (event: AnswerEvent) => void;
  /** Move to a new generation as soon as there is one. */
  readonly watch?: boolean;
}

/** Everything that is bound to one generation of the index. */
interface Engine {
  readonly index: PassageIndex;
  readonly retrieve: Retrieve;
  readonly ask: Answerer;
  readonly checkClaims: Fundstelle['checkClaims'];
}

/**
 * Opens the index and everything that answers from it.
 * @throws {Fault} when there is no usable index, or it was made by another model; the message says what to run.
 */
export async function openFundstelle(config: Config, options: OpenOptions = {}): Promise<Fundstelle> {
  const [language, generate] = await Promise.all([openLanguage(config), openGenerate(config)]);
  const store = await openIndexStore(config, {
    fingerprint: language.embedder.fingerprint,
    ...pickWarning(options),
  });
  const holder = await createHolder<Engine>({
    version: store.version,
    open: async () => createEngine(await store.open(), language, generate, config, options),
    close: ({ index }) => index.close(),
    nameOf: ({ index }) => index.generation,
  });
  const refresh = async () => {
    try {
      return await holder.refresh();
    } catch (error) {
      options.onWarning?.(`The new generation of the index cannot be used, the old one goes on: ${error}`);
      return false;
    }
  };
  const stopWatching = options.watch ? watchVersion(store.version, refresh) : () => {};

  return {
    ask: (request) => holder.use((engine) => engine.ask(request)),
    search: (question, search) => holder.use((engine) => engine.retrieve(question, search)),
    checkClaims: (request) => holder.use((engine) => engine.checkClaims(request)),
    articles: (filter) => listArticles(holder.current().index, filter),
    readArticle: (id) => holder.current().index.readArticle(id),
    readPassages: (id) => {
      const { index } = holder.current();
      return index.rowsOf(id).map((row) => index.passage(row));
    },
    status: () => describe(holder.current().index, language.embedder.name, config.CHAT_MODEL),
    refresh,
    close: async () => {
      stopWatching();
      await holder.close();
      await store.close();
    },
  };
}

function createEngine(
  index: PassageIndex,
  { model, analyse, embedder }: LanguageTools,
  generate: Generate | undefined,
  config: Config,
  { onEvent }: OpenOptions,
): Engine {
  const { retrieve, rankSentences } = createRetriever({
    index,
    model,
    analyse,
    embedQuery: embedder.embedQuery,
    weights: chooseWeights(config.EMBEDDINGS, config.FUSION_WEIGHTS),
  });
  const deps: AnswererDeps = {
    retrieve,
    rankSentences,
    readArticle: index.readArticle,
    analyse,
    links: model,
    reword: config.CHAT_REWRITE,
    limits: { modelPassages: config.CHAT_MAX_PASSAGES, answerMs: config.CHAT_ANSWER_TIMEOUT * 1000 },
    ...(generate && { generate }),
    ...(onEvent && { report: onEvent }),
  };
  return { index, retrieve, ask: createAnswerer(deps), checkClaims: createClaimChecker(deps) };
}

const pickWarning = ({ onWarning }: OpenOptions) => (onWarning ? { onWarning } : {});

/** The chat model, if one is configured; without one nothing of LangChain's chat stack is loaded. */
async function openGenerate(config: Config): Promise<Generate | undefined> {
  if (config.CHAT_MODEL === undefined) return undefined;
  const { openChatModel } = await import('../providers/chat.ts');
  return openChatModel({
    model: config.CHAT_MODEL,
    callTimeoutMs: config.CHAT_CALL_TIMEOUT * 1000,
    maxTokens: config.CHAT_MAX_TOKENS,
    concurrency: config.CHAT_CONCURRENCY,
    ...(config.CHAT_BASE_URL !== undefined && { baseUrl: config.CHAT_BASE_URL }),
    ...(config.CHAT_API_KEY !== undefined && { apiKey: config.CHAT_API_KEY }),
  });
}

/** Newest first; articles without a date last; then by path. */
function listArticles(index: PassageIndex, filter: ArticleFilter = {}): readonly ArticleInfo[] {
  const outlet = filter.outlet?.toLowerCase();
  return index.articles
    .filter(
      ({ date, source }) =>
        isInWindow(date, filter) && (outlet === undefined || source?.toLowerCase().includes(outlet)),
    )
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || a.path.localeCompare(b.path));
}

function describe(index: PassageIndex, embeddings: string, chatModel: string | undefined): Status {
  const languages: Record<string, number> = {};
  const dates: string[] = [];
  for (const { language, date } of index.articles) {
    languages[language] = (languages[language] ?? 0) + 1;
    if (date !== undefined) dates.push(date);
  }
  dates.sort();
  const newest = dates.at(-1);
  const oldest = dates[0];
  return {
    generation: index.generation,
    articles: index.articles.length,
    passages: index.passageCount,
    languages,
    builtAt: index.builtAt,
    embeddings,
    duplicates: index.duplicates.length,
    skipped: index.skipped,
    ...(chatModel !== undefined && { chatModel }),
    ...(newest !== undefined && { newest }),
    ...(oldest !== undefined && { oldest }),
  };
}
