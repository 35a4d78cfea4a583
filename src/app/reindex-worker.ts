import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { type EmbedConfig, embedCorpus } from './embed-corpus.ts';
import type { ReindexMessage } from './reindex.ts';

const { config, rebuild } = workerData as { readonly config: EmbedConfig; readonly rebuild: boolean };
const send = (message: ReindexMessage) => parentPort?.postMessage(message);

try {
  const summary = await embedCorpus(config, {
    rebuild,
    onProgress: (progress) => send({ kind: 'progress', progress }),
  });
  send({ kind: 'done', summary });
} catch (error) {
  send({ kind: 'failed', message: messageOf(error) });
}
