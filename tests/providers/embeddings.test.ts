import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { afterEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/errors.ts';
import { openEmbeddings } from '../../src/providers/embeddings.ts';
import { openTransformers } from '../../src/providers/transformers.ts';
import { type Loopback, openLoopback, type Respond, sendJson } from './loopback.ts';

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** A vector that tells texts apart: length, first and last code unit. */
const vectorOf = (text: string) => [text.length, text.charCodeAt(0), text.charCodeAt(text.length - 1)];

const inputsOf = (body: Readonly<Record<string, unknown>>): string[] =>
  [body.input as string | string[]].flat();

const respondOpenai: Respond = (response, { body }) =>
  sendJson(response, 200, {
    data: inputsOf(body).map((text, index) => ({
      index,
      embedding: Buffer.from(Float32Array.from(vectorOf(text)).buffer).toString('base64'),
    })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  });
const respondOllama: Respond = (response, { body }) =>
  sendJson(response, 200, { embeddings: inputsOf(body).map(vectorOf) });

/** A stand-in for the package that runs models in this process. */
const fakeTransformers = {
  env: { allowRemoteModels: true, localModelPath: '' },
  pipeline: async () => async (texts: readonly string[]) => ({ tolist: () => texts.map(vectorOf) }),
};

function createModelFolder(name = 'model'): string {
  const folder = mkdtempSync(path.join(tmpdir(), `fundstelle-${name}-`));
  writeFileSync(path.join(folder, 'config.json'), '{}');
  return folder;
}

type Open = (respond?: Respond, timeoutMs?: number) => Promise<EmbeddingsInterface>;

const openServed =
  (spec: string, suffix: string, usual: Respond): Open =>
  async (respond = usual, timeoutMs = 3000) => {
    const server = await openLoopback(respond);
    opened.push(server);
    return openEmbeddings(spec, { baseUrl: server.url + suffix, timeoutMs });
  };

const served = [
  { name: 'openai', open: openServed('openai:m', '/v1', respondOpenai), usual: respondOpenai },
  { name: 'ollama', open: openServed('ollama:m', '', respondOllama), usual: respondOllama },
];

describe.each([
  ...served,
  {
    name: 'transformers',
    open: (() => openTransformers(createModelFolder(), async () => fakeTransformers)) as Open,
  },
])('$name', ({ open }) => {
  it('gives a vector for every text, in their order', async () => {
    const embeddings = await open();
    const texts = Array.from({ length: 300 }, (_, n) => `text number ${n}`);
    expect(await embeddings.embedDocuments(texts)).toEqual(texts.map(vectorOf));
  });

  it('gives a question the vector of a text', async () => {
    const embeddings = await open();
    expect(await embeddings.embedQuery('Was forderte Russland?')).toEqual(vectorOf('Was forderte Russland?'));
  });

  it('gives nothing for nothing', async () => {
    expect(await (await open()).embedDocuments([])).toEqual([]);
  });

  it('takes umlauts, line breaks and long texts', async () => {
    const texts = ['Grüße aus Köln', 'eins\nzwei', 'x'.repeat(20_000)];
    expect(await (await open()).embedDocuments(texts)).toEqual(texts.map(vectorOf));
  });
});

describe.each(served)('$name, when the provider fails', ({ name, open, usual }) => {
  const fail =
    (status: number, message: string): Respond =>
    (response) =>
      sendJson(response, status, name === 'openai' ? { error: { message, code: 'x' } } : { error: message });

  it.each([
    [401, 'Incorrect API key', /API key is missing or was refused: set EMBEDDINGS_API_KEY/],
    [404, 'model "m" not found', /there is no such model: check EMBEDDINGS/],
    [500, 'Internal error', /could not be used: check EMBEDDINGS_BASE_URL.*Internal error/],
  ])('status %i says what to mend', async (status, message, expected) => {
    const embeddings = await open(fail(status, message));
    const work = embeddings.embedQuery('x');
    await expect(work).rejects.toThrow(Fault);
    await expect(work).rejects.toThrow(expected);
    await expect(work).rejects.toThrow(`EMBEDDINGS=${name}:m`);
  });

  it('tries once more', async () => {
    const embeddings = await open((...got) =>
      got[2] === 1 ? fail(503, 'Overloaded')(...got) : usual(...got),
    );
    expect(await embeddings.embedQuery('abc')).toEqual(vectorOf('abc'));
  });

  it('gives up on a server that does not reply', async () => {
    const embeddings = await open(() => {}, 200);
    await expect(embeddings.embedDocuments(['x'])).rejects.toThrow(
      /no reply within 0\.2 s: raise EMBEDDINGS_TIMEOUT/,
    );
  });

  it('does not take fewer vectors than texts', async () => {
    const embeddings = await open((response, got, count) =>
      usual(response, { ...got, body: { ...got.body, input: inputsOf(got.body).slice(1) } }, count),
    );
    await expect(embeddings.embedDocuments(['a', 'b', 'c'])).rejects.toThrow(Fault);
  });
});

describe('transformers', () => {
  it('puts the words in front that E5 models were trained with', async () => {
    const seen: string[] = [];
    const spy = {
      ...fakeTransformers,
      pipeline: async () => async (texts: readonly string[]) => {
        seen.push(...texts);
        return { tolist: () => texts.map(vectorOf) };
      },
    };
    const embeddings = await openTransformers(createModelFolder('multilingual-e5-small'), async () => spy);
    await embeddings.embedDocuments(['a']);
    await embeddings.embedQuery('b');
    expect(seen).toEqual(['passage: a', 'query: b']);
  });

  it('downloads nothing', async () => {
    const folder = createModelFolder();
    await openTransformers(folder, async () => fakeTransformers);
    expect(fakeTransformers.env).toEqual({ allowRemoteModels: false, localModelPath: path.dirname(folder) });
  });

  it('names the folder that holds no model', async () => {
    await expect(openEmbeddings('transformers:/nowhere', { timeoutMs: 1000 })).rejects.toThrow(
      /\/nowhere holds no model/,
    );
  });

  it('names the command that installs the package', async () => {
    await expect(openEmbeddings(`transformers:${createModelFolder()}`, { timeoutMs: 1000 })).rejects.toThrow(
      'npm install @huggingface/transformers@3.8.1',
    );
  });
});

it.each(['', 'openai', 'openai:', 'acme:m', ':m'])('refuses "%s"', async (spec) => {
  await expect(openEmbeddings(spec, { timeoutMs: 1000 })).rejects.toThrow(
    /is no embedding model\. Use built-in, openai:MODEL/,
  );
});
