import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type AnswerEvent, createAnswerer } from '../../src/answer/answer.ts';
import { openChatModel } from '../../src/providers/chat.ts';
import { analyse, createArticle, findKey, rankSentences, readFrom, retrieveFrom } from '../answer/support.ts';
import {
  type Loopback,
  ollamaProtocol,
  openaiProtocol,
  openLoopback,
  type Protocol,
  type Received,
} from './loopback.ts';

const geneva = createArticle(readFileSync('corpus/000_29418496144bebaf.txt', 'utf8').trim(), {
  path: 'geneva.txt',
});
const warning = 'Die Situation sei kritisch, sagte Blinken zum Auftakt';
const answerMs = 10_000;
const callTimeoutMs = 1500;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const promptOf = ({ body }: Received) => (body.messages as { content: string }[]).at(-1)?.content ?? '';
const reply = (request: Received, text = 'Blinken called the situation critical.') =>
  JSON.stringify({
    answered: true,
    claims: [
      { text, quotes: [{ passage: findKey(promptOf(request), warning), quote: warning, translation: null }] },
    ],
  });
const plainReply = (request: Received) =>
  `CLAIM: Blinken called the situation critical.\nQUOTE [${findKey(promptOf(request), warning)}]: ${warning}`;

type Behave = (protocol: Protocol, response: ServerResponse, request: Received) => void | Promise<void>;
const say =
  (text: (request: Received) => string): Behave =>
  (protocol, response, request) => {
    protocol.begin(response);
    for (const piece of text(request).match(/.{1,7}/gs) ?? []) protocol.send(response, piece);
    protocol.end(response);
  };
const fail =
  (status: number, message: string, code = 'x'): Behave =>
  (protocol, response) =>
    protocol.fail(response, status, `${message} (${code})`, code);

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

describe.each([
  { name: 'openai', protocol: openaiProtocol },
  { name: 'ollama', protocol: ollamaProtocol },
])('$name', ({ name, protocol }) => {
  const answer = async (behave: Behave) => {
    const server = await openLoopback((response, request) => behave(protocol, response, request));
    opened.push(server);
    const events: AnswerEvent[] = [];
    const generate = await openChatModel({
      model: `${name}:m`,
      baseUrl: server.url,
      callTimeoutMs,
      maxTokens: 500,
      concurrency: 1,
    });
    const ask = createAnswerer({
      retrieve: retrieveFrom([geneva]),
      rankSentences,
      readArticle: readFrom([geneva]),
      analyse,
      generate,
      limits: { answerMs, relevance: 0.1, confidence: 0.2 },
      report: (event) => events.push(event),
    });
    const started = performance.now();
    const found = await ask({ question: 'what did Blinken say zum Auftakt in Genf?' });
    return { found, events, ms: performance.now() - started };
  };

  it.each([
    ['a structured reply', say(reply)],
    ['the plain form', say(plainReply)],
    ['a reply in a code fence', say((request) => `\`\`\`json\n${reply(request)}\n\`\`\``)],
    [
      'a slow first byte',
      async (...got: Parameters<Behave>) => {
        await pause(300);
        await say(reply)(...got);
      },
    ],
    [
      'no schemas, please',
      (...got: Parameters<Behave>) =>
        (got[2].body.format ?? got[2].body.response_format)
          ? fail(400, 'json_schema is not supported')(...got)
          : say(plainReply)(...got),
    ],
  ] as [string, Behave][])('%s: a proved answer', async (_, behave) => {
    const { found, ms } = await answer(behave);
    expect(found).toMatchObject({
      kind: 'answered',
      by: 'model',
      text: 'Blinken called the situation critical. [1]',
      checks: { verified: 1, notFound: 0 },
    });
    expect(ms).toBeLessThan(answerMs);
  });

  it.each([
    ['401', fail(401, 'Incorrect API key'), 'wrong-key', /API key was refused/],
    ['404', fail(404, 'model "m" not found'), 'unknown-model', /no such model/],
    ['429', fail(429, 'Too many requests'), 'rate-limit', /lower CHAT_CONCURRENCY/],
    ['429 without credit', fail(429, 'Quota', 'insufficient_quota'), 'no-credit', /no credit left/],
    ['500', fail(500, 'Oh no'), 'server', /reported an error.*Oh no/],
    ['a long prompt', fail(400, 'maximum context length is 10'), 'too-long', /lower CHAT_MAX_PASSAGES/],
    [
      'a stall',
      ((p, response) => void p.begin(response)) as Behave,
      'timeout',
      /within 1.5 s: raise CHAT_CALL_TIMEOUT/,
    ],
    ['a silent server', (() => {}) as Behave, 'timeout', /within 1.5 s: raise CHAT_CALL_TIMEOUT/],
    [
      'a cut connection',
      ((_p, response) => void response.destroy()) as Behave,
      'connection',
      /could not be reached/,
    ],
    ['an empty reply', say(() => ''), 'empty', /empty reply/],
    ['garbage', say(() => 'Well, who can tell?'), 'garbage', /could not be read/],
  ] as [string, Behave, string, RegExp][])(
    '%s: quotes, and a message for the operator',
    async (_, behave, failure, message) => {
      const { found, events, ms } = await answer(behave);
      expect(found).toMatchObject({ kind: 'answered', by: 'quotes' });
      expect(found.notes).toContainEqual(expect.objectContaining({ kind: 'model-failed' }));
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'model-failed', failure, message: expect.stringMatching(message) }),
      );
      expect(ms).toBeLessThan(answerMs);
    },
  );

  it('an invented quote: quotes', async () => {
    const { found } = await answer(say((request) => reply(request).replace('kritisch', 'entspannt')));
    expect(found).toMatchObject({ by: 'quotes' });
  });

  it('not answered: an abstention', async () => {
    const { found } = await answer(say(() => '{"answered": false, "claims": []}'));
    expect(found).toMatchObject({ kind: 'abstained', reason: 'not-stated' });
  });

  it('a connection cut behind a proved claim: what was proved', async () => {
    const { found } = await answer(async (p, response, request) => {
      p.begin(response);
      p.send(response, `${reply(request).slice(0, -2)}, {"text": "And`);
      await pause(100);
      response.destroy();
    });
    expect(found).toMatchObject({ by: 'model', text: 'Blinken called the situation critical. [1]' });
    expect(found.notes).toContainEqual(expect.objectContaining({ kind: 'model-failed' }));
  });
});
