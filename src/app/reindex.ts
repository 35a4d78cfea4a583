import { Worker } from 'node:worker_threads';
import { Fault } from '../errors.ts';
import type { EmbedSummary } from '../types.ts';
import type { EmbedConfig, EmbedOptions, EmbedProgress } from './embed-corpus.ts';

/** What the worker thread sends. */
export type ReindexMessage =
  | { readonly kind: 'progress'; readonly progress: EmbedProgress }
  | { readonly kind: 'done'; readonly summary: EmbedSummary }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Runs `embedCorpus` in a worker thread, so that a running bot goes on answering.
 * @throws {Fault} with the worker's own message.
 */
export function reindex(
  config: EmbedConfig,
  options: Omit<EmbedOptions, 'signal'> = {},
): Promise<EmbedSummary> {
  const { onProgress, rebuild = false } = options;
  return new Promise((resolve, reject) => {
    // Runs from src/ under a TypeScript loader and from dist/ as JavaScript.
    const file = new URL(
      `./reindex-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
      import.meta.url,
    );
    const worker = new Worker(file, { workerData: { config, rebuild } });
    worker.on('message', (message: ReindexMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'done') resolve(message.summary);
      else reject(new Fault(message.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      reject(new Fault(`The embed run ended early (exit code ${code}). The old index stays.`)),
    );
  });
}
