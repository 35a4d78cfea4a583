import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { serveOperations } from '../../src/operations/http.ts';
import { measure } from '../../src/operations/metrics.ts';
import { abstained, createFakeFundstelle } from '../fakes.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(ok = true) {
  const { fundstelle, registry } = measure(
    createFakeFundstelle({
      ask: async ({ question }) => {
        if (question === 'fault') throw new Error('no');
        return question === 'unknown' ? abstained : createFakeFundstelle().ask({ question });
      },
    }),
  );
  const server = await serveOperations(0, {
    health: () => ({ ok, details: { generation: fundstelle.status().generation } }),
    metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  });
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { fundstelle, port, get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) };
}

test('counts answers, abstentions, faults and quotes, and never shows a question', async () => {
  const { fundstelle, get } = await serve();
  await fundstelle.ask({ question: 'who?' });
  await fundstelle.ask({ question: 'unknown' });
  await expect(fundstelle.ask({ question: 'fault' })).rejects.toThrow('no');
  const text = await (await get('/metrics')).text();
  expect(text).toContain('fundstelle_answers_total{outcome="quotes"} 1');
  expect(text).toContain('fundstelle_answers_total{outcome="not-stated"} 1');
  expect(text).toContain('fundstelle_answers_total{outcome="fault"} 1');
  expect(text).toContain('fundstelle_quotes_total{verdict="verified"} 1');
  expect(text).toContain('fundstelle_answer_seconds_count 3');
  expect(text).toContain('fundstelle_index_passages 1');
  expect(text).not.toContain('who?');
});

test.each([
  [true, 200],
  [false, 503],
])('health %s answers %i', async (ok, code) => {
  const { get } = await serve(ok);
  const response = await get('/healthz');
  expect(response.status).toBe(code);
  expect(await response.json()).toEqual({ ok, generation: 1 });
});

test('other paths are told what there is', async () => {
  const { get } = await serve();
  expect((await get('/')).status).toBe(404);
});

test('a port in use is a fault that names the variable', async () => {
  const { port } = await serve();
  const sources = {
    health: () => ({ ok: true, details: {} }),
    metrics: async () => ({ type: '', text: '' }),
  };
  await expect(serveOperations(port, sources)).rejects.toThrow(/METRICS_PORT.*cannot be used/);
});
