/**
 * How often questions are answered that the articles answer, and how often questions about other articles, in indexes of different size:
 * the corpus is cut into groups of so many articles, each asked its own questions and as many of the others'.
 * npx tsx scripts/measure-abstention.ts --corpus DIR --questions FILE.jsonl [--groups 1,4,24]
 */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embedCorpus } from '../src/app/embed-corpus.ts';
import { openFundstelle } from '../src/app/open-fundstelle.ts';
import { parseConfig } from '../src/config.ts';
import { evaluate, type QuestionResult } from '../src/evaluation/evaluate.ts';
import { type GoldQuestion, parseQuestions } from '../src/evaluation/questions.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    questions: { type: 'string' },
    groups: { type: 'string', default: '1,4,24' },
  },
});
if (!values.corpus || !values.questions) {
  console.error('Usage: measure-abstention.ts --corpus DIR --questions FILE.jsonl [--groups 1,4,24]');
  process.exit(2);
}
const corpus = values.corpus;

/** Asks an index of these articles only. */
async function ask(
  articles: readonly string[],
  questions: readonly GoldQuestion[],
): Promise<{ readonly passages: number; readonly results: readonly QuestionResult[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fundstelle-abstention-'));
  const config = parseConfig({
    CORPUS_DIR: path.join(folder, 'corpus'),
    INDEX_DIR: path.join(folder, 'index'),
  });
  try {
    for (const article of articles) {
      const copy = path.join(config.CORPUS_DIR, article);
      await mkdir(path.dirname(copy), { recursive: true });
      await copyFile(path.join(corpus, article), copy);
    }
    await embedCorpus(config);
    const fundstelle = await openFundstelle(config);
    const { perQuestion } = await evaluate(fundstelle, questions, { ks: [1] });
    const { passages } = fundstelle.status();
    await fundstelle.close();
    return { passages, results: perQuestion };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const percent = (results: readonly QuestionResult[], is: (result: QuestionResult) => boolean): string =>
  results.length === 0 ? '-' : String(Math.round((100 * results.filter(is).length) / results.length));

const all = parseQuestions(await readFile(values.questions, 'utf8'), values.questions).filter(
  ({ places }) => places.length > 0,
);
const articles = [...new Set(all.flatMap(({ places }) => places.map(({ article }) => article)))].sort();
console.log('articles  passages  answered  with the right sentence  answered though about others (%)');
for (const size of values.groups.split(',').map(Number)) {
  const inside: QuestionResult[] = [];
  const outside: QuestionResult[] = [];
  const passages: number[] = [];
  for (let start = 0; start < articles.length; start += size) {
    const group = articles.slice(start, start + size);
    const isIn = ({ places }: GoldQuestion): boolean => places.some(({ article }) => group.includes(article));
    const own = all.filter(isIn);
    const others = all.filter((question) => !isIn(question));
    const step = Math.max(1, Math.floor(others.length / own.length));
    const strangers = others
      .filter((_, at) => at % step === 0)
      .map((question) => ({ ...question, places: [] }));
    const asked = await ask(group, [...own, ...strangers]);
    passages.push(asked.passages);
    inside.push(...asked.results.filter(({ quoteHit }) => quoteHit !== null));
    outside.push(...asked.results.filter(({ quoteHit }) => quoteHit === null));
  }
  const mean = Math.round(passages.reduce((sum, count) => sum + count, 0) / passages.length);
  const figures = [
    percent(inside, ({ answered }) => answered),
    percent(inside, ({ quoteHit }) => quoteHit === true),
    percent(outside, ({ answered }) => answered),
  ];
  console.log([size, mean, ...figures].map((figure) => String(figure).padStart(8)).join('  '));
}
