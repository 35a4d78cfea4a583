/**
 * What each part of the retrieval is worth: recall, MRR and median time of a question file with parts switched off.
 * npx tsx scripts/ablate-retrieval.ts --corpus DIR --questions FILE.jsonl [--only PREFIX-OF-ID]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embedCorpus } from '../src/app/embed-corpus.ts';
import { openLanguage } from '../src/app/language.ts';
import { measureRanks, rankOf } from '../src/evaluation/metrics.ts';
import { type GoldQuestion, locateAnswer, parseQuestions } from '../src/evaluation/questions.ts';
import { openIndex } from '../src/index/open-index.ts';
import type { LanguageModel } from '../src/language/model.ts';
import { createRetriever, type RetrieverOptions } from '../src/retrieval/retrieve.ts';
import { builtInWeights, type FusionWeights, matching } from '../src/retrieval/weights.ts';
import type { PassageIndex, ScoredPassage, Span } from '../src/types.ts';
import { percentile } from './bench/measure.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    questions: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
if (!values.corpus || !values.questions) {
  console.error('Usage: ablate-retrieval.ts --corpus DIR --questions FILE.jsonl [--only PREFIX]');
  process.exit(2);
}

/** Questions asked before the clock runs. */
const warmUp = 100;

const none: FusionWeights = { bm25: 0, sentence: 0, pairs: 0, article: 0, dense: 0 };
const noNeighbours = { ...matching, leastCosine: 2 };
const withoutLinks = (model: LanguageModel): LanguageModel => ({
  ...model,
  links: () => [],
  phrase: () => [],
});

type Part = Partial<Pick<RetrieverOptions, 'model' | 'weights' | 'settings'>>;
const variants = (model: LanguageModel): Readonly<Record<string, Part>> => ({
  'BM25 on stems and names': {
    model: withoutLinks(model),
    settings: noNeighbours,
    weights: { ...none, bm25: 1 },
  },
  '+ lexicon': { settings: noNeighbours, weights: { ...none, bm25: 1 } },
  '+ similar words': { weights: { ...none, bm25: 1 } },
  'mean vectors alone': { weights: { ...none, dense: 1 } },
  'late interaction alone': { weights: { ...none, sentence: 1, pairs: 1 } },
  fused: {},
  ...Object.fromEntries(
    (Object.keys(builtInWeights) as (keyof FusionWeights)[]).map((part) => [
      `fused without ${part}`,
      { weights: { ...builtInWeights, [part]: 0 } },
    ]),
  ),
});

const overlaps = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1];

function isRight({ article, passage }: ScoredPassage, question: GoldQuestion, index: PassageIndex): boolean {
  return question.places.some((place) => {
    if (place.article !== article.path) return false;
    const whole = index.readArticle(article.id);
    const span = whole && locateAnswer(whole, place);
    return span !== undefined && overlaps(span, passage.span);
  });
}

const config = {
  EMBEDDINGS: 'built-in',
  EMBEDDINGS_TIMEOUT: 60,
  VECTOR_STORE: 'hnsw',
  MAX_FILE_MB: 20,
} as const;
const indexDir = await mkdtemp(path.join(tmpdir(), 'fundstelle-ablation-'));
try {
  await embedCorpus({ ...config, CORPUS_DIR: values.corpus, INDEX_DIR: indexDir, DATABASE_URL: undefined });
  const index = await openIndex(indexDir);
  const { model, analyse, embedder } = await openLanguage(config);
  const questions = parseQuestions(await readFile(values.questions, 'utf8'), values.questions).filter(
    ({ id, places }) => id.startsWith(values.only) && places.length > 0,
  );
  console.log(`${questions.length} questions, ${index.passageCount} passages`);
  for (const [name, part] of Object.entries(variants(model))) {
    const { retrieve } = createRetriever({ index, model, analyse, embedQuery: embedder.embedQuery, ...part });
    const ranks: (number | null)[] = [];
    const times: number[] = [];
    for (const { question } of questions.slice(0, warmUp)) await retrieve(question);
    for (const question of questions) {
      const start = performance.now();
      const { passages } = await retrieve(question.question, { limit: 10 });
      times.push(performance.now() - start);
      ranks.push(rankOf(passages, (found) => isRight(found, question, index)));
    }
    const figures = Object.values(measureRanks(ranks, [1, 3, 5])).map((value) =>
      (100 * (value ?? 0)).toFixed(1),
    );
    const median = `${percentile(times, 50).toFixed(2)} ms`;
    console.log(`${name.padEnd(26)} R@1 R@3 R@5 MRR@10  ${figures.join('  ')}  ${median}`);
  }
  index.close();
} finally {
  await rm(indexDir, { recursive: true });
}
