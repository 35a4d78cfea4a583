import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Fundstelle } from '../types.ts';

/** Upper bounds of the answer times, in seconds: from a warm built-in answer to a slow chat model. */
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 15, 60];

/**
 * Counts and times what a Fundstelle does, in Prometheus' terms. No question text becomes a label.
 * @returns the same Fundstelle, measured, and the registry to expose.
 */
export function measure(fundstelle: Fundstelle): {
  readonly fundstelle: Fundstelle;
  readonly registry: Registry;
} {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Counter({
    name: 'fundstelle_answers_total',
    help: 'Questions by outcome: answered by quotes or a model, the reason of an abstention, or a fault.',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'fundstelle_answer_seconds',
    help: 'Time from question to answer.',
    buckets: SECONDS,
    registers,
  });
  const quotes = new Counter({
    name: 'fundstelle_quotes_total',
    help: 'Quotes by the verdict of the citation gate.',
    labelNames: ['verdict'],
    registers,
  });
  const status = (name: string, help: string, read: (fundstelle: Fundstelle) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(fundstelle));
      },
    });
  status('fundstelle_index_generation', 'Generation that answers now.', (now) => now.status().generation);
  status('fundstelle_index_articles', 'Articles in the index.', (now) => now.status().articles);
  status('fundstelle_index_passages', 'Passages in the index.', (now) => now.status().passages);

  const measured: Fundstelle = {
    ...fundstelle,
    ask: async (request) => {
      const stop = seconds.startTimer();
      try {
        const answer = await fundstelle.ask(request);
        answers.inc({ outcome: answer.kind === 'answered' ? answer.by : answer.reason });
        for (const [verdict, count] of Object.entries(answer.checks)) quotes.inc({ verdict }, count);
        return answer;
      } catch (error) {
        answers.inc({ outcome: 'fault' });
        throw error;
      } finally {
        stop();
      }
    },
  };
  return { fundstelle: measured, registry };
}
