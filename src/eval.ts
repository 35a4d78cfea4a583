#!/usr/bin/env node
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { embedCorpus } from './app/embed-corpus.ts';
import { openFundstelle } from './app/open-fundstelle.ts';
import { readConfig } from './config.ts';
import { Fault, messageOf } from './errors.ts';
import { createAnswerTally } from './evaluation/answers.ts';
import { evaluate } from './evaluation/evaluate.ts';
import { parseQuestions } from './evaluation/questions.ts';
import { renderEvaluation } from './evaluation/render.ts';
import { createCommand, EXIT, parseCountOption, runProgram } from './terminal/program.ts';

interface EvalOptions {
  readonly corpus?: string;
  readonly questions: string;
  readonly index?: string;
  readonly k: readonly number[];
  readonly answers?: boolean;
  readonly json?: boolean;
}

const parseK = parseCountOption(1, 100);

await runProgram(async () => {
  const options = createCommand('eval', 'Measures retrieval, answers and abstentions on a question file.')
    .requiredOption(
      '--questions <file>',
      'JSONL: {"id","question","article","answer"} or {"id","question","abstain":true}',
    )
    .option('--corpus <dir>', 'folder of articles (default: CORPUS_DIR)')
    .option('--index <dir>', 'folder of the index (default: a temporary one)')
    .option('--k <list>', 'ranks to report', (list: string) => list.split(',').map(parseK), [1, 3, 5, 10])
    .option('--answers', 'have the chat model (CHAT_MODEL) write the answers, and measure them')
    .option('--json', 'print one JSON object')
    .parse()
    .opts<EvalOptions>();
  const questions = parseQuestions(readText(options.questions), options.questions);
  const configured = readConfig();
  if (options.answers && configured.CHAT_MODEL === undefined) {
    throw new Fault(
      'CHAT_MODEL: --answers measures written answers and needs a chat model, for example ollama:llama3.1',
    );
  }
  // Without --answers the figures are those of the built-in answers, whatever is configured.
  const { CHAT_MODEL, ...withoutModel } = configured;
  const config = options.answers ? configured : withoutModel;
  const tally = createAnswerTally();
  const temporary =
    options.index === undefined ? mkdtempSync(path.join(tmpdir(), 'fundstelle-eval-')) : undefined;
  try {
    const folders = {
      ...config,
      // Never into the database that others answer from.
      VECTOR_STORE: 'hnsw' as const,
      CORPUS_DIR: options.corpus === undefined ? config.CORPUS_DIR : path.resolve(options.corpus),
      INDEX_DIR: temporary ?? path.resolve(options.index!),
    };
    const summary = await embedCorpus(folders, {});
    const fundstelle = await openFundstelle(folders, { onEvent: tally.addEvent });
    try {
      const result = await evaluate(fundstelle, questions, {
        ks: options.k,
        duplicates: summary.duplicates,
        onAnswer: tally.addAnswer,
      });
      const answers = options.answers ? tally.summarise() : undefined;
      for (const id of result.unusable) {
        process.stderr.write(`left out: question ${id}, its answer is not in the article it names\n`);
      }
      process.stdout.write(
        `${options.json ? JSON.stringify({ ...result, ...(answers && { answers }) }) : renderEvaluation(result, answers)}\n`,
      );
      return EXIT.done;
    } finally {
      await fundstelle.close();
    }
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
});

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(`${file} cannot be read: ${messageOf(error)}. --questions takes a JSONL file.`);
  }
}
