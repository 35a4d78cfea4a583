import { appendFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { EXIT_ABSTAINED } from '../../src/terminal/labels.ts';
import type { EmbedSummary } from '../../src/types.ts';
import { contenders } from './contenders/all.ts';
import { readQuestions } from './data.ts';
import { type RaceResult, warmUpCount } from './race.ts';
import { type ProgramRun, runProgram, runTask } from './run-child.ts';
import type { NearestResult } from './tasks.ts';

/** A step of the benchmark: what of it is wanted can be chosen. */
export const steps = ['analysis', 'embed', 'change', 'ask', 'nearest', 'race'] as const;
export type Step = (typeof steps)[number];

/** What one run of a program took. */
export type Use = Omit<ProgramRun, 'output'>;

export interface SizeResult {
  readonly passages: number;
  readonly articles: number;
  /** Building the index from nothing with `npm run embed`. */
  readonly embed: Use;
  /** Size of the index on disk. */
  readonly indexMb: number;
  /** `npm run embed` again: nothing changed, and one article changed. */
  readonly change?: { readonly nothing: Use; readonly one: Use };
  /** `npm run ask` from start to end: the median of three. */
  readonly ask?: Use;
  readonly nearest?: NearestResult;
  readonly race?: readonly RaceResult[];
}

export interface SizeRequest {
  /** Articles to index; one of them is changed. */
  readonly corpus: string;
  /** An empty folder for everything else. */
  readonly work: string;
  readonly steps: ReadonlySet<Step>;
  readonly questions: number;
  readonly seed: number;
  /** Names of contenders; undefined: all that can take so many passages. */
  readonly contenders: readonly string[] | undefined;
  readonly say: (what: string) => void;
}

/** Measures everything at one size of corpus. */
export async function measureSize(request: SizeRequest): Promise<SizeResult> {
  const { corpus, work, say } = request;
  const indexDir = path.join(work, 'index');
  const folders = ['--corpus', corpus, '--index', indexDir];
  const embed = async (...options: string[]) => {
    const { output, ...use } = await runProgram('embed', [...folders, '--json', ...options]);
    return { use, summary: JSON.parse(output) as EmbedSummary };
  };

  say('embed');
  const first = await embed();
  const { passages, articles } = first.summary;
  const indexMb = sizeOf(indexDir) / 2 ** 20;
  const change = request.steps.has('change') ? await measureChange() : undefined;

  const data = path.join(work, 'data');
  const asked = (['ask', 'nearest', 'race'] as const).some((step) => request.steps.has(step));
  if (asked) {
    say('questions');
    mkdirSync(data);
    const questions = request.questions + warmUpCount;
    await runTask('prepare', { indexDir, folder: data, questions, seed: request.seed });
  }
  const ask = request.steps.has('ask') ? await measureAsk() : undefined;
  if (request.steps.has('nearest')) say('nearest');
  const nearest = request.steps.has('nearest')
    ? await runTask('measureNearest', { indexDir, folder: data })
    : undefined;
  const race = request.steps.has('race') ? await runRace() : undefined;
  return {
    passages,
    articles,
    embed: first.use,
    indexMb,
    ...(change && { change }),
    ...(ask && { ask }),
    ...(nearest && { nearest }),
    ...(race && { race }),
  };

  async function measureChange() {
    say('embed again');
    const nothing = await embed();
    const file = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).find((name) =>
      /\.(md|txt)$/.test(name),
    );
    if (file !== undefined)
      appendFileSync(path.join(corpus, file), '\n\nDieser Satz kam erst danach hinzu.\n');
    const one = await embed();
    return { nothing: nothing.use, one: one.use };
  }

  async function measureAsk(): Promise<Use> {
    say('ask');
    const runs: Use[] = [];
    for (const { question } of readQuestions(data).slice(0, 3)) {
      const { output: _, ...use } = await runProgram('ask', [...folders, question], [0, EXIT_ABSTAINED]);
      runs.push(use);
    }
    return runs.sort((a, b) => a.seconds - b.seconds)[1]!;
  }

  async function runRace(): Promise<readonly RaceResult[]> {
    const results: RaceResult[] = [];
    for (const { name, largest } of contenders) {
      if (request.contenders ? !request.contenders.includes(name) : passages > 1.05 * largest) continue;
      say(name);
      results.push(await runTask('enterRace', { name, folder: data, indexDir }));
    }
    return results;
  }
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(path.join(folder, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
