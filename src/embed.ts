#!/usr/bin/env node
import { countFiles, embedCorpus } from './app/embed-corpus.ts';
import { readConfig } from './config.ts';
import { createEmbedProgress, renderSummary } from './terminal/embed-progress.ts';
import { resolveFolders } from './terminal/options.ts';
import { createCommand, EXIT, runProgram } from './terminal/program.ts';

interface EmbedOptions {
  readonly corpus?: string;
  readonly index?: string;
  readonly rebuild?: boolean;
  readonly json?: boolean;
}

await runProgram(async () => {
  const options = createCommand('embed', 'Reads the articles and brings the index up to date.')
    .option('--corpus <dir>', 'folder of articles (default: CORPUS_DIR)')
    .option('--index <dir>', 'folder of the index (default: INDEX_DIR)')
    .option('--rebuild', 'embed everything again')
    .option('--json', 'print the summary as one JSON object')
    .parse()
    .opts<EmbedOptions>();
  const config = readConfig();
  const { corpusDir } = resolveFolders(options, config);
  const { indexDir } = resolveFolders({ index: options.index ?? config.INDEX_DIR }, config);
  const progress = createEmbedProgress(process.stderr, process.stderr.isTTY ? countFiles(corpusDir) : 0);
  try {
    const summary = await embedCorpus(
      { ...config, CORPUS_DIR: corpusDir, INDEX_DIR: indexDir },
      { rebuild: options.rebuild ?? false, onProgress: progress.update },
    );
    progress.stop();
    const output = options.json
      ? JSON.stringify({ ...summary, index: indexDir })
      : renderSummary(summary, indexDir);
    process.stdout.write(`${output}\n`);
    return summary.articles > 0 ? EXIT.done : EXIT.fault;
  } finally {
    progress.stop();
  }
});
