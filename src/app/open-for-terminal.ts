import type { Config } from '../config.ts';
import type { Folders } from '../terminal/options.ts';
import type { Fundstelle } from '../types.ts';
import { openFundstelle } from './open-fundstelle.ts';
import { lacksIndex } from './open-index-store.ts';

/**
 * Opens what a person at the terminal asks. An index that is missing is built first, and so is one
 * that has to be kept fresh; both are said on standard error.
 */
export async function openForTerminal(config: Config, folders: Folders): Promise<Fundstelle> {
  const { corpusDir, indexDir, keepFresh } = folders;
  const located: Config = {
    ...config,
    CORPUS_DIR: corpusDir,
    INDEX_DIR: indexDir,
    // A folder named at the terminal is asked through files: what is in the database is for everybody.
    VECTOR_STORE: indexDir === config.INDEX_DIR ? config.VECTOR_STORE : 'hnsw',
  };
  const isMissing = lacksIndex(located);
  if (isMissing || keepFresh) {
    const { embedCorpus } = await import('./embed-corpus.ts');
    if (isMissing) process.stderr.write(`No index yet: reading the articles in ${corpusDir} first.\n`);
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
