#!/usr/bin/env tsx
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { countFiles } from '../../src/app/embed-corpus.ts';
import { Fault } from '../../src/errors.ts';
import { contenders } from './contenders/all.ts';
import { measureSize, type SizeResult, type Step, steps } from './measure-size.ts';
import { renderReport } from './render.ts';
import { runTask } from './run-child.ts';

interface BenchOptions {
  readonly passages: readonly number[];
  readonly million?: boolean;
  readonly folder?: string;
  readonly only: readonly Step[];
  readonly contenders?: readonly string[];
  readonly questions: number;
  readonly seed: number;
  readonly work: string;
  readonly json?: boolean;
}

const options = new Command('bench')
  .description('Measures Fundstelle, and what one would use instead, on the same passages.')
  .option('--passages <list>', 'sizes to measure, separated by commas', parseCounts, [1000, 10_000, 100_000])
  .option('--million', 'measure 1,000,000 passages too (half an hour, 6 GB of disk)')
  .option('--folder <dir>', 'measure the articles of this folder instead of generated ones')
  .addOption(new Option('--only <steps...>', 'measure only these').choices(steps).default([...steps], 'all'))
  .addOption(
    new Option('--contenders <names...>', 'race only these').choices(contenders.map(({ name }) => name)),
  )
  .option('--questions <count>', 'questions asked of each contender', parseCount, 400)
  .option('--seed <number>', 'another seed writes other articles', parseCount, 1)
  .option('--work <dir>', 'where the temporary files go', tmpdir())
  .option('--json', 'print the figures as one JSON object')
  .parse()
  .opts<BenchOptions>();

/** After so long a file is no longer fresh: a little more than the coarsest clock of a file system. */
const settledMs = 2500;

mkdirSync(options.work, { recursive: true });
const work = mkdtempSync(path.join(options.work, 'fundstelle-bench-'));
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));

try {
  const analysis = options.only.includes('analysis')
    ? await runTask('measureAnalysis', { seed: options.seed })
    : undefined;
  const sizes: SizeResult[] = [];
  const counts = [...options.passages, ...(options.million ? [1_000_000] : [])];
  for (const count of options.folder === undefined ? counts : [undefined]) {
    if (options.only.every((step) => step === 'analysis')) break;
    sizes.push(await measure(count));
  }
  const report = {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown processor',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
    date: new Date().toISOString(),
    text: options.folder ?? 'generated news (scripts/bench/text.ts)',
    seed: options.seed,
    ...(analysis && { analysis }),
    sizes,
  };
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Measures a number of generated passages, or those of the folder. */
async function measure(passages: number | undefined): Promise<SizeResult> {
  const place = path.join(work, String(passages ?? 'folder'));
  const corpus = path.join(place, 'corpus');
  const say = (what: string) => process.stderr.write(`${passages ?? options.folder}: ${what}\n`);
  mkdirSync(place);
  say('articles');
  if (passages === undefined) copyArticles(options.folder!, corpus);
  else await runTask('writeCorpus', { folder: corpus, passages, seed: options.seed });
  // The run after the first reads again what was fresh at its start, since a file could have changed within the same tick.
  await setTimeout(settledMs);
  const { questions, seed } = options;
  const result = await measureSize({
    corpus,
    work: place,
    steps: new Set(options.only),
    questions,
    seed,
    contenders: options.contenders,
    say,
  });
  rmSync(place, { recursive: true });
  return result;
}

/** @throws {Fault} when there is nothing to copy. */
function copyArticles(folder: string, corpus: string): void {
  if (countFiles(folder) === 0)
    throw new Fault(`--folder: there is no file in ${folder}. Name a folder of articles.`);
  cpSync(folder, corpus, { recursive: true });
}

function parseCounts(list: string): number[] {
  return list.split(',').map(parseCount);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('expected a whole number from 1.');
  return count;
}
