import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MODEL_DIR } from '../../src/config.ts';
import { chunkArticle } from '../../src/corpus/chunk.ts';
import { openIndex, openNewest } from '../../src/index/open-index.ts';
import { textToEmbed } from '../../src/index/terms.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { createBuiltInEmbeddings, createEncoder } from '../../src/language/embeddings.ts';
import { openModel } from '../../src/language/open-model.ts';
import type { Article, PassageIndex } from '../../src/types.ts';
import { contenders } from './contenders/all.ts';
import { readPassages, readQuestions, readVectors, writeData, writeQuestions } from './data.ts';
import { openNewsMaterial, openQuestionMaterial } from './material.ts';
import { cpuMs, overlap, percentile, scan, time } from './measure.ts';
import { askKnownItems } from './questions.ts';
import { type RaceResult, race } from './race.ts';
import { createNewsWriter } from './text.ts';

/** Each runs in a process of its own, so that its memory is its own and nothing is warm from another. */
export const tasks = { writeCorpus, measureAnalysis, prepare, measureNearest, enterRace };

/** Passages of generated text that are analysed and encoded in a second of processor time. */
export interface AnalysisRates {
  /** Words of an average passage. */
  readonly words: number;
  /** Every word is new. */
  readonly coldPerSecond: number;
  readonly warmPerSecond: number;
  /** Processor time. */
  readonly modelOpenMs: number;
}

/** How the vectors answer alone, against comparing all of them. */
export interface NearestResult {
  readonly passages: number;
  readonly dimensions: number;
  readonly openMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the ten nearest that are found. */
  readonly recallAt10: number;
}

/** Articles numbered from 0 are written until they hold as many passages. */
async function writeCorpus({ folder, passages, seed }: { folder: string; passages: number; seed: number }) {
  const write = createNewsWriter(await openNewsMaterial(seed));
  mkdirSync(folder, { recursive: true });
  let articles = 0;
  for (let written = 0; written < passages; articles++) {
    const { name, title, body, text } = write(articles);
    const article: Article = { id: name, path: name, title, language: 'de', digest: '', body, headings: [] };
    written += chunkArticle(article).length;
    writeFileSync(path.join(folder, name), text);
  }
  return { articles };
}

async function measureAnalysis({ seed }: { seed: number }): Promise<AnalysisRates> {
  const write = createNewsWriter(await openNewsMaterial(seed));
  const words = Array.from({ length: 500 }, (_, n) => write(n).body)
    .join(' ')
    .split(/\s+/);
  const passages = Array.from({ length: Math.floor(words.length / 100) }, (_, n) =>
    words.slice(100 * n, 100 * n + 100).join(' '),
  );
  const start = cpuMs();
  const model = await openModel(MODEL_DIR);
  const modelOpenMs = cpuMs() - start;
  const analyse = createAnalyser(model);
  const encode = createEncoder(model);
  const pass = () => {
    const passStart = cpuMs();
    for (const passage of passages) encode(analyse(passage, 'de'));
    return (1000 * passages.length) / (cpuMs() - passStart);
  };
  const coldPerSecond = pass();
  pass();
  return { words: 100, coldPerSecond, warmPerSecond: pass(), modelOpenMs };
}

/** Writes what the contenders share: texts, vectors and questions, from the product's own index. */
async function prepare(request: { indexDir: string; folder: string; questions: number; seed: number }) {
  const { generation } = await openNewest(request.indexDir, { search: false });
  const { index, segments } = generation!;
  function* records() {
    let row = 0;
    for (const { info, vectorAt } of segments) {
      for (let local = 0; local < info.rows; local++, row++) {
        if (!index.isLive(row)) continue;
        const passage = index.passage(row);
        const text = textToEmbed(passage, index.articleOf(row).title);
        yield { passage: { id: passage.id, text }, vector: vectorAt(local) };
      }
    }
  }
  writeData(request.folder, index.dimensions, records());
  const material = await openQuestionMaterial();
  const rows = liveRows(index);
  const passages = { count: rows.length, read: (n: number) => index.passage(rows[n]!) };
  writeQuestions(request.folder, askKnownItems(request.questions, passages, material, request.seed));
  return { passages: rows.length, terms: index.termCount };
}

async function measureNearest(request: { indexDir: string; folder: string }): Promise<NearestResult> {
  const { ms: openMs, result: index } = await time(() => openIndex(request.indexDir));
  const model = await openModel(MODEL_DIR);
  const embeddings = createBuiltInEmbeddings(model, createAnalyser(model));
  const { values, dimensions } = readVectors(request.folder);
  const rows = liveRows(index);
  const times: number[] = [];
  const shares: number[] = [];
  for (const { question } of readQuestions(request.folder).slice(0, 250)) {
    const vector = await embeddings.embedQuery(question);
    // Without a word that the model knows there is no direction to be near to.
    if (vector.every((value) => value === 0)) continue;
    const { ms, result: near } = await time(async () => (await index.nearest(vector, 10))());
    times.push(ms);
    const exact = scan(values, vector, 10);
    shares.push(
      overlap(
        near.map(({ row }) => row),
        exact.map(({ row }) => rows[row]!),
      ),
    );
  }
  return {
    passages: index.passageCount,
    dimensions,
    openMs,
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    recallAt10: shares.reduce((sum, share) => sum + share, 0) / shares.length,
  };
}

async function enterRace(request: { name: string; folder: string; indexDir: string }): Promise<RaceResult> {
  const contender = contenders.find(({ name }) => name === request.name)!;
  const supplies = {
    passages: () => readPassages(request.folder),
    vectors: () => readVectors(request.folder),
    embeddings: async () => {
      const model = await openModel(MODEL_DIR);
      return createBuiltInEmbeddings(model, createAnalyser(model));
    },
    indexDir: request.indexDir,
  };
  return race(contender, supplies, readQuestions(request.folder));
}

const liveRows = (index: PassageIndex): number[] =>
  Array.from({ length: index.rowCount }, (_, row) => row).filter(index.isLive);
