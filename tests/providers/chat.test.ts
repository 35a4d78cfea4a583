import { afterEach, describe, expect, it } from 'vitest';
import { type ChatConfig, openChatModel } from '../../src/providers/chat.ts';
import type { GenerateRequest } from '../../src/types.ts';
import {
  type Loopback,
  ollamaProtocol,
  openaiProtocol,
  openLoopback,
  type Protocol,
  type Respond,
} from './loopback.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function openServer(respond: Respond) {
  const server = await openLoopback(respond);
  opened.push(server);
  return server;
}

const form = {
  schema: { type: 'object', properties: {}, required: [] },
  structured: 'AS JSON',
  plain: 'AS LINES',
};
const request: GenerateRequest = { system: 'Be brief.', prompt: 'Hello?', form };

describe.each([
  { name: 'openai', protocol: openaiProtocol, suffix: '/v1' },
  { name: 'ollama', protocol: ollamaProtocol, suffix: '' },
])('$name', ({ name, protocol, suffix }) => {
  const open = async (respond: Respond, config: Partial<ChatConfig> = {}) => {
    const server = await openServer(respond);
    const generate = await openChatModel({
      model: `${name}:m`,
      baseUrl: `${server.url}${suffix}`,
      callTimeoutMs: 5000,
      maxTokens: 99,
      concurrency: 4,
      ...config,
    });
    return { server, generate };
  };
  const reply =
    (...pieces: string[]): Respond =>
    (response) => {
      protocol.begin(response);
      for (const piece of pieces) protocol.send(response, piece);
      protocol.end(response);
    };

  it('streams a reply and counts tokens', async () => {
    const { server, generate } = await open(reply('Hel', 'lo', '!'));
    const heard: string[] = [];
    expect(await generate({ ...request, onText: (text) => heard.push(text) })).toEqual({
      kind: 'generated',
      text: 'Hello!',
      inputTokens: 7,
      outputTokens: 3,
    });
    expect(heard).toEqual(['Hel', 'Hello', 'Hello!']);
    const { body } = server.received[0]!;
    expect(JSON.stringify(body)).toContain('"m"');
    expect(JSON.stringify(body)).toContain('99');
    expect(body.messages).toMatchObject([
      { role: 'system', content: 'Be brief.\n\nAS JSON' },
      { role: 'user', content: 'Hello?' },
    ]);
    expect(
      body.format ?? (body.response_format as { json_schema: { schema: object } }).json_schema.schema,
    ).toEqual(form.schema);
  });

  it.each([
    ['wrong-key', 401, 'Incorrect API key provided: sk-secret12345', 'invalid_api_key', 1],
    ['unknown-model', 404, 'model "m" not found, try pulling it first', 'model_not_found', 1],
    ['no-credit', 429, 'You exceeded your current quota', 'insufficient_quota', 1],
    ['rate-limit', 429, 'Too many requests', 'rate_limit_exceeded', 2],
    ['too-long', 400, "This model's maximum context length is 8192 tokens", 'context_length_exceeded', 1],
    ['server', 500, 'Internal error', 'server_error', 2],
    ['server', 400, 'Something is wrong with this request', 'invalid_request_error', 2],
  ] as const)('%s after status %i: %s', async (failure, status, message, code, calls) => {
    const { server, generate } = await open((response) =>
      protocol.fail(
        response,
        status,
        name === 'ollama' && code === 'insufficient_quota' ? `${message}: ${code}` : message,
        code,
      ),
    );
    const result = await generate(request);
    expect(result).toMatchObject({ kind: 'failed', failure });
    expect(result.kind === 'failed' && result.message).toMatch(new RegExp(`^Chat model ${name}:m: .+\\.$`));
    expect(JSON.stringify(result)).not.toContain('secret12345');
    expect(server.received).toHaveLength(calls);
  });

  it('gives up on a stalled reply, closes the connection and does not try again', async () => {
    const { server, generate } = await open(
      (response) => {
        protocol.begin(response);
        protocol.send(response, 'Hel');
      },
      { callTimeoutMs: 300 },
    );
    const started = performance.now();
    expect(await generate(request)).toMatchObject({ kind: 'failed', failure: 'timeout' });
    expect(performance.now() - started).toBeLessThan(5000);
    await server.received[0]?.closed;
    expect(server.received).toHaveLength(1);
  });

  it('gives up on a server whose first byte does not come', async () => {
    const { generate } = await open(() => {}, { callTimeoutMs: 300 });
    const started = performance.now();
    const result = await generate(request);
    expect(result).toMatchObject({ kind: 'failed', failure: 'timeout' });
    expect(result.kind === 'failed' && result.message).toContain('within 0.3 s: raise CHAT_CALL_TIMEOUT');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('waits for a slow first byte within the limit', async () => {
    const { generate } = await open(async (...got) => {
      await pause(400);
      await reply('Hello!')(...got);
    });
    expect(await generate(request)).toMatchObject({ kind: 'generated', text: 'Hello!' });
  });

  it('does not try again when the connection is cut in mid-reply', async () => {
    const { server, generate } = await open(async (response) => {
      protocol.begin(response);
      protocol.send(response, 'Hel');
      await pause(100);
      response.destroy();
    });
    const heard: string[] = [];
    const result = await generate({ ...request, onText: (text) => heard.push(text) });
    expect(result).toMatchObject({ kind: 'failed', failure: 'connection' });
    expect(heard).toEqual(['Hel']);
    expect(server.received).toHaveLength(1);
  });

  it('tries once more when the connection is cut before the reply', async () => {
    const { server, generate } = await open((...got) =>
      got[2] === 1 ? void got[0].destroy() : reply('Hello!')(...got),
    );
    expect(await generate(request)).toMatchObject({ kind: 'generated', text: 'Hello!' });
    expect(server.received).toHaveLength(2);
  });

  it('tries once more after a server error, and not twice', async () => {
    const once = await open((...got) =>
      got[2] === 1 ? protocol.fail(got[0], 503, 'Overloaded', 'overloaded') : reply('Hello!')(...got),
    );
    expect(await once.generate(request)).toMatchObject({ kind: 'generated' });
    const always = await open((response) => protocol.fail(response, 503, 'Overloaded', 'overloaded'));
    expect(await always.generate(request)).toMatchObject({ kind: 'failed', failure: 'server' });
    expect(always.server.received).toHaveLength(2);
  });

  it('describes the form in words to a server that takes no schema, from then on', async () => {
    const { server, generate } = await open((...got) => {
      const usesSchema = got[1].body.format !== undefined || got[1].body.response_format !== undefined;
      if (usesSchema) protocol.fail(got[0], 400, 'Invalid request', 'invalid_request_error');
      else reply('Hello!')(...got);
    });
    expect(await generate(request)).toMatchObject({ kind: 'generated' });
    expect(await generate(request)).toMatchObject({ kind: 'generated' });
    expect(server.received).toHaveLength(3);
    expect(JSON.stringify(server.received[2]?.body)).toContain('AS LINES');
  });

  it('asks for no more tokens than one request or the configuration allows', async () => {
    const { server, generate } = await open(reply('Hello!'));
    await generate({ ...request, maxTokens: 7 });
    await generate({ ...request, maxTokens: 7000 });
    const limits = server.received.map(
      ({ body }) => body.max_tokens ?? (body.options as { num_predict: number }).num_predict,
    );
    expect(limits).toEqual([7, 99]);
  });

  it('goes on asking for a schema when that was not what was wrong', async () => {
    const { server, generate } = await open((response) =>
      protocol.fail(response, 400, 'Invalid request', 'x'),
    );
    await generate(request);
    await generate(request);
    const usesSchema = ({ body }: { body: Record<string, unknown> }) =>
      (body.format ?? body.response_format) !== undefined;
    expect(server.received.map(usesSchema)).toEqual([true, false, true, false]);
  });

  it.each(['', '   \n'])('takes "%s" for an empty reply', async (text) => {
    const { generate } = await open(reply(text));
    expect(await generate(request)).toMatchObject({ kind: 'failed', failure: 'empty' });
  });

  it('rejects when the person gave up, and closes the connection', async () => {
    const { server, generate } = await open((response) => protocol.begin(response));
    const controller = new AbortController();
    const generating = generate({ ...request, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('gone')), 200);
    await expect(generating).rejects.toThrow('gone');
    await server.received[0]?.closed;
  });

  it('keeps to its number of calls at once', async () => {
    let open_ = 0;
    let most = 0;
    const { generate } = await open(
      async (...got) => {
        most = Math.max(most, ++open_);
        await pause(50);
        open_--;
        await reply('Hello!')(...got);
      },
      { concurrency: 2 },
    );
    const results = await Promise.all(Array.from({ length: 6 }, () => generate(request)));
    expect(results.every(({ kind }) => kind === 'generated')).toBe(true);
    expect(most).toBe(2);
  });

  it('reports a server that is not there', async () => {
    const generate = await openChatModel({
      model: `${name}:m`,
      baseUrl: 'http://127.0.0.1:9',
      callTimeoutMs: 5000,
      maxTokens: 9,
      concurrency: 1,
    });
    const result = await generate(request);
    expect(result).toMatchObject({ kind: 'failed', failure: 'connection' });
    expect(result.kind === 'failed' && result.message).toContain('http://127.0.0.1:9');
  });
});

describe('openai', () => {
  const open = async (
    protocolEnd: (protocol: Protocol, ...got: Parameters<Respond>) => void,
    apiKey?: string,
  ) => {
    const server = await openServer((...got) => protocolEnd(openaiProtocol, ...got));
    const generate = await openChatModel({
      model: 'openai:m',
      baseUrl: server.url,
      callTimeoutMs: 5000,
      maxTokens: 9,
      concurrency: 1,
      ...(apiKey && { apiKey }),
    });
    return { server, generate };
  };

  it('takes a filtered reply for a refusal', async () => {
    const { generate } = await open((protocol, response) => {
      protocol.begin(response);
      protocol.send(response, 'I ');
      protocol.end(response, 'content_filter');
    });
    expect(await generate(request)).toMatchObject({ kind: 'failed', failure: 'refusal' });
  });

  it("never sends OpenAI's key to another server", async () => {
    const before = process.env.OPENAI_API_KEY;
    process.env.OPENAI_API_KEY = 'sk-not-for-others';
    try {
      const { server, generate } = await open((protocol, response) => {
        protocol.begin(response);
        protocol.send(response, 'Hello!');
        protocol.end(response);
      });
      await generate(request);
      expect(JSON.stringify(server.received)).not.toContain('sk-not-for-others');
    } finally {
      if (before === undefined) delete process.env.OPENAI_API_KEY;
      else process.env.OPENAI_API_KEY = before;
    }
  });

  it('repeats no password of an address', async () => {
    const generate = await openChatModel({
      model: 'openai:m',
      baseUrl: 'http://me:secret@127.0.0.1:9/v1?key=secret',
      callTimeoutMs: 5000,
      maxTokens: 9,
      concurrency: 1,
    });
    const result = await generate(request);
    expect(result.kind).toBe('failed');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('sends the key it is given', async () => {
    const { server, generate } = await open(
      (protocol, response) => protocol.fail(response, 401, 'no', 'invalid_api_key'),
      'my-key',
    );
    await generate(request);
    expect(server.received[0]?.headers.authorization).toBe('Bearer my-key');
  });

  it('says which key is missing', async () => {
    const before = process.env.OPENAI_API_KEY;
    delete process.env.OPENAI_API_KEY;
    try {
      const generate = await openChatModel({
        model: 'openai:m',
        callTimeoutMs: 2000,
        maxTokens: 9,
        concurrency: 1,
      });
      expect(await generate(request)).toEqual({
        kind: 'failed',
        failure: 'missing-key',
        message: 'Chat model openai:m: no API key is set: set CHAT_API_KEY or OPENAI_API_KEY.',
      });
    } finally {
      if (before !== undefined) process.env.OPENAI_API_KEY = before;
    }
  });
});

describe('a model that cannot be opened', () => {
  const open = (model: string) => openChatModel({ model, callTimeoutMs: 1000, maxTokens: 9, concurrency: 1 });

  it.each([
    ['anthropic', '@langchain/anthropic@1.5.11'],
    ['google-genai', '@langchain/google-genai@2.3.2'],
    ['mistralai', '@langchain/mistralai@1.2.0'],
    ['groq', '@langchain/groq@1.3.1'],
  ])('%s names the command that installs it', async (provider, installed) => {
    await expect(open(`${provider}:m`)).rejects.toThrow(`npm install ${installed}`);
  });

  it('names the providers there are', async () => {
    await expect(open('acme:m')).rejects.toThrow(/no provider "acme".*openai, anthropic, ollama/);
  });
});
