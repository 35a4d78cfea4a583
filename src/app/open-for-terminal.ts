import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Folders } from '../terminal/options.ts';
import type { Fundstelle } from '../types.ts';
import { openFundstelle } from './open-fundstelle.ts';

/**
 * Opens what a person at the terminal asks. An index that is missing is built first, and so is one
 * that has to be kept fresh; both are said on standard error.
 */
export async function openForTerminal(config: Config, folders: Folders): Promise<Fundstelle> {
  const { corpusDir, indexDir, keepFresh } = folders;
  const located = { ...config, CORPUS_DIR: corpusDir, INDEX_DIR: indexDir };
  const exists = existsSync(path.join(indexDir, 'CURRENT'));
  if (!exists || keepFresh) {
    const { embedCorpus } = await import('./embed-corpus.ts');
    if (!exists) process.stderr.write(`No index yet: reading the articles in ${corpusDir} first.\n`);
    const summary = await embedCorpus(located);
    if (summary.written) {
      process.stderr.write(
        `Indexed ${summary.articles} articles as ${summary.passages} passages in ${(summary.ms / 1000).toFixed(1)} s.\n\n`,
      );
    }
  }
  return openFundstelle(located, {
    onWarning: (message) => process.stderr.write(`${message}\n`),
    onEvent: (event) => {
      if ('message' in event) process.stderr.write(`${event.message}\n`);
    },
  });
}
