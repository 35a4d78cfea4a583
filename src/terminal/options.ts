import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Command } from 'commander';
import type { PartialDate } from '../types.ts';
import { parseCountOption, parseDateOption } from './program.ts';

/** Options of the programs that ask questions. */
export interface QuestionOptions {
  readonly corpus?: string;
  readonly index?: string;
  readonly since?: PartialDate;
  readonly until?: PartialDate;
  readonly limit?: number;
}

/** Adds `--corpus`, `--index`, `--since`, `--until` and `--limit`. */
export function addQuestionOptions(command: Command): Command {
  return command
    .option('--corpus <dir>', 'folder of articles (default: CORPUS_DIR)')
    .option('--index <dir>', 'folder of the index (default: INDEX_DIR)')
    .option('--since <date>', 'only articles from this date on: 2022, 2022-01 or 2022-01-21', parseDateOption)
    .option('--until <date>', 'only articles up to this date', parseDateOption)
    .option('--limit <n>', 'passages to look at, 1 to 50 (default: 8)', parseCountOption(1, 50));
}

/** Corpus and index a program works on. */
export interface Folders {
  readonly corpusDir: string;
  readonly indexDir: string;
  /** The index belongs to `--corpus` alone, so it is brought up to date before it is asked. */
  readonly keepFresh: boolean;
}

/**
 * A corpus given without an index gets an index of its own beside the usual one:
 * asking about another folder must not replace what the bot answers from.
 */
export function resolveFolders(
  given: Pick<QuestionOptions, 'corpus' | 'index'>,
  defaults: { readonly CORPUS_DIR: string; readonly INDEX_DIR: string },
): Folders {
  const corpusDir = given.corpus === undefined ? defaults.CORPUS_DIR : path.resolve(given.corpus);
  if (given.index !== undefined) return { corpusDir, indexDir: path.resolve(given.index), keepFresh: false };
  if (corpusDir === defaults.CORPUS_DIR) return { corpusDir, indexDir: defaults.INDEX_DIR, keepFresh: false };
  const name = createHash('sha256').update(corpusDir).digest('hex').slice(0, 8);
  return { corpusDir, indexDir: path.join(defaults.INDEX_DIR, `corpus-${name}`), keepFresh: true };
}

/** The search options among the given ones. */
export function pickSearch({ since, until, limit }: QuestionOptions) {
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(limit !== undefined && { limit }),
  };
}
