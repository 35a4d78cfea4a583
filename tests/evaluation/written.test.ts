import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { embedCorpus } from '../../src/app/embed-corpus.ts';
import { openFundstelle } from '../../src/app/open-fundstelle.ts';
import { parseConfig } from '../../src/config.ts';
import { createAnswerTally } from '../../src/evaluation/answers.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { findKey } from '../answer/support.ts';
import { openaiProtocol, openLoopback } from '../providers/loopback.ts';

const warning = 'Die Situation sei kritisch, sagte Blinken zum Auftakt';

// A model that quotes when it is asked about the situation, invents when asked how long, and else fails.
const server = await openLoopback((response, { body }) => {
  const prompt = JSON.stringify(body.messages);
  if (prompt.includes('Wer erklärte'))
    return openaiProtocol.fail(response, 401, 'no such key', 'invalid_api_key');
  const quote = prompt.includes('How long') ? 'Das Treffen dauerte genau sieben Stunden.' : warning;
  const messages = body.messages as readonly { readonly content: string }[];
  const passage = findKey(messages.at(-1)?.content ?? '', warning);
  const claim = {
    text: 'Blinken called the situation critical.',
    quotes: [{ passage, quote, translation: null }],
  };
  openaiProtocol.begin(response);
  openaiProtocol.send(response, JSON.stringify({ answered: true, claims: [claim] }));
  openaiProtocol.end(response);
});
const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-written-'));
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('written answers are measured with a model behind a server: proved, dropped, failed', async () => {
  const config = parseConfig({
    CORPUS_DIR: path.resolve(import.meta.dirname, '../../corpus'),
    INDEX_DIR: folder,
    CHAT_MODEL: 'openai:scripted',
    CHAT_BASE_URL: server.url,
    CHAT_API_KEY: 'loopback',
  });
  await embedCorpus(config);
  const tally = createAnswerTally();
  const fundstelle = await openFundstelle(config, { onEvent: tally.addEvent });
  const place = { article: '000_29418496144bebaf.txt', answer: warning };
  const ask = (id: string, question: string) => ({ id, question, places: [place] });
  try {
    const result = await evaluate(
      fundstelle,
      [
        ask('proved', 'Wer nannte die Situation kritisch?'),
        ask('invented', 'How long did the meeting between Lavrov and Blinken last?'),
        ask('failed', 'Wer erklärte die Forderungen Russlands?'),
      ],
      { ks: [1], onAnswer: tally.addAnswer },
    );
    expect(result.perQuestion.map(({ id, quoteHit }) => [id, quoteHit])).toContainEqual(['proved', true]);
  } finally {
    await fundstelle.close();
  }
  expect(tally.summarise()).toMatchObject({
    written: 1 / 3,
    allVerified: 1,
    claims: { proved: 1, unquoted: 1, unproved: 0 },
    calls: { answered: 2, failed: { 'wrong-key': 1 } },
    tokens: { input: 14, output: 6 },
  });
});
