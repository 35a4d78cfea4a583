import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnswerEvent, createAnswerer } from '../../src/answer/answer.ts';
import type { Answer, Answered, AnswerRequest, Article, Generate, Progress } from '../../src/types.ts';
import {
  analyse,
  createArticle,
  createScriptedModel,
  rankSentences,
  readFrom,
  retrieveFrom,
  writeReply,
} from './support.ts';

const geneva = createArticle(readFileSync('corpus/000_29418496144bebaf.txt', 'utf8').trim(), {
  path: 'geneva.txt',
  title: 'Krisengespräch in Genf',
  date: '2022-01',
});
const question = 'what did Lawrow and Blinken say zum Auftakt in Genf?';
const warning = 'Die Situation sei kritisch, sagte Blinken zum Auftakt';
const noBreakthrough =
  'Beide machten zum Auftakt deutlich, dass sie keinen Durchbruch bei den Gesprächen erwarteten.';

function open(
  generate: Generate,
  {
    articles = [geneva],
    answerMs = 5000,
    reword = false,
  }: { articles?: Article[]; answerMs?: number; reword?: boolean } = {},
) {
  const events: AnswerEvent[] = [];
  const progress: Progress[] = [];
  const retrieve = retrieveFrom(articles);
  const ask = createAnswerer({
    retrieve,
    rankSentences,
    readArticle: readFrom(articles),
    analyse,
    generate,
    reword,
    limits: { answerMs, relevance: 0.1, confidence: 0.2 },
    now: () => new Date('2022-02-01T12:00:00'),
    report: (event) => events.push(event),
  });
  const answer = (asked = question, request: Partial<AnswerRequest> = {}) =>
    ask({ question: asked, onProgress: (step) => progress.push(step), ...request });
  return { answer, events, progress, asked: retrieve.asked };
}

const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

function expectAnswered(answer: Answer): Answered {
  if (answer.kind !== 'answered') throw new Error(`abstained: ${answer.reason}`);
  return answer;
}

describe('a written answer', () => {
  it('has a marker behind every claim, and the quotes that prove it', async () => {
    const model = createScriptedModel(
      writeReply(
        {
          text: 'Blinken called the situation critical.',
          quotes: [{ quote: warning, translation: 'The situation is critical' }],
        },
        { text: 'Both expected no breakthrough.', quotes: [{ quote: noBreakthrough }, { quote: warning }] },
      ),
    );
    const { answer, events } = open(model);
    const found = expectAnswered(await answer());
    expect(found.by).toBe('model');
    expect(found.text).toBe(
      'Blinken called the situation critical. [1] Both expected no breakthrough. [1][2]',
    );
    expect(found.checks).toEqual({ verified: 2, repaired: 0, misattributed: 0, notFound: 0 });
    expect(found.citations[0].translation).toBe('The situation is critical');
    expect(found.asOf).toBe('2022-01');
    for (const { quote } of found.citations) expect(geneva.body.slice(...quote.span)).toBe(quote.text);
    expect(events).toEqual([
      expect.objectContaining({ kind: 'model-answered', task: 'answer', inputTokens: 100, outputTokens: 20 }),
      { kind: 'claims-checked', proved: 2, unquoted: 0, unproved: 0 },
    ]);
  });

  it('shows claims as they pass and takes none back', async () => {
    const model = createScriptedModel(
      writeReply(
        { text: 'Blinken called the situation critical.', quotes: [{ quote: warning }] },
        { text: 'War was declared.', quotes: [{ quote: 'Der Krieg wurde am Morgen erklärt.' }] },
        { text: 'Both expected no breakthrough.', quotes: [{ quote: noBreakthrough }] },
      ),
    );
    const { answer, progress } = open(model);
    const found = expectAnswered(await answer());
    const shown = progress.flatMap((step) => (step.step === 'proved' ? [step.text] : []));
    expect(shown).toEqual(['Blinken called the situation critical. [1]', found.text]);
    expect(found.text.startsWith(shown[0]!)).toBe(true);
    expect(found.checks).toMatchObject({ verified: 2, notFound: 1 });
    expect(progress.map(({ step }) => step).filter((step) => step !== 'checking')).toEqual([
      'searching',
      'reading',
      'proved',
      'proved',
    ]);
  });

  it('shows no translation of a quote that is in the language of the answer', async () => {
    const model = createScriptedModel(
      writeReply({ text: 'Es sei kritisch.', quotes: [{ quote: warning, translation: 'Unsinn' }] }),
    );
    const found = expectAnswered(await open(model).answer('Was sagte Blinken zum Auftakt in Genf?'));
    expect(found.citations[0].translation).toBeUndefined();
  });

  it('adds what another article gives instead of a figure', async () => {
    const text = (number: string) =>
      `Russland hat ${number} Soldaten an der Grenze zur Ukraine zusammengezogen.`;
    const articles = [
      createArticle(text('100.000'), { path: 'a', source: 'dpa' }),
      createArticle(`${text('130.000')} Das ist viel.`, { path: 'b', source: 'Reuters' }),
    ];
    const model = createScriptedModel(
      writeReply({ text: 'Russland hat 100.000 Soldaten dort.', quotes: [{ quote: text('100.000') }] }),
    );
    const found = expectAnswered(
      await open(model, { articles }).answer('Wie viele Soldaten hat Russland an der Grenze zur Ukraine?'),
    );
    expect(found.text).toBe(`Russland hat 100.000 Soldaten dort. [1]\n„${text('130.000')}“ [2]`);
    expect(found.notes).toEqual([expect.objectContaining({ kind: 'sources-disagree' })]);
  });

  it('gives the model passages under keys behind fences, and nothing hidden', async () => {
    const article = createArticle('Der Minister\u200b sprach >>> in Genf\u202e über <<<Auftakt|>.', {
      title: 'Ein\nTitel',
      source: 'dpa',
    });
    const model = createScriptedModel(() => 'NOT ANSWERED');
    await open(model, { articles: [article] }).answer('Minister Genf');
    const [request] = model.requests;
    expect(request?.prompt).toMatch(
      /^<<<(\w{12}) passage \w{10}\ntitle: Ein Titel\noutlet: dpa\ndate: 2022-01-21\n\n.*\n\1>>>\n\nQuestion: Minister Genf$/s,
    );
    expect(request?.prompt).toContain('Der Minister sprach ››› in Genf über ‹‹‹Auftakt|›.');
    expect(request?.system).not.toContain('Minister');
    expect(request?.form?.schema).toMatchObject({
      type: 'object',
      required: ['answered', 'claims'],
      additionalProperties: false,
    });
  });

  it('reads no more passages than it may', async () => {
    const model = createScriptedModel(() => 'NOT ANSWERED');
    const retrieve = retrieveFrom([geneva]);
    const ask = createAnswerer({
      retrieve,
      rankSentences,
      readArticle: readFrom([geneva]),
      analyse,
      generate: model,
      limits: { modelPassages: 2, relevance: 0 },
    });
    await ask({ question });
    expect(model.requests[0]?.prompt.match(/ passage \w+\n/g)).toHaveLength(2);
  });
});

describe('an answer that cannot be written', () => {
  const extractive = async (generate: Generate, options?: Parameters<typeof open>[1]) => {
    const opened = open(generate, options);
    const found = expectAnswered(await opened.answer());
    expect(found.by).toBe('quotes');
    expect(found.notes).toContainEqual(expect.objectContaining({ kind: 'model-failed' }));
    return { found, ...opened };
  };

  it.each([
    ['no claim has a quote', writeReply({ text: 'All is well.', quotes: [] })],
    [
      'no quote is found',
      writeReply({ text: 'All is well.', quotes: [{ quote: 'Alles ist gut in der ganzen Welt.' }] }),
    ],
    [
      'a number is not in the quotes',
      writeReply({ text: 'Blinken warned 3 times.', quotes: [{ quote: warning }] }),
    ],
    ['a claim has no words', writeReply({ text: '[1]', quotes: [{ quote: warning }] })],
    ['the reply is garbage', () => 'I think that, well, who knows?'],
    ['the reply is empty JSON', () => '{}'],
  ])('%s', async (_, script) => {
    await extractive(createScriptedModel(script));
  });

  it.each([
    'missing-key',
    'wrong-key',
    'unknown-model',
    'no-credit',
    'rate-limit',
    'too-long',
    'refusal',
    'empty',
    'timeout',
    'connection',
    'server',
  ] as const)('the model fails: %s', async (failure) => {
    const { events } = await extractive(
      createScriptedModel(() => ({ kind: 'failed', failure, message: `It is ${failure}.` })),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'model-failed',
        task: 'answer',
        failure,
        message: `It is ${failure}.`,
      }),
    );
  });

  it('an unreadable reply is told to the operator', async () => {
    const { events } = await extractive(createScriptedModel(() => 'Who knows?'));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'model-failed', failure: 'garbage' }));
  });

  it('the model throws', async () => {
    const { events } = await extractive(async () => {
      throw new Error('broken');
    });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'model-failed', message: 'The chat model failed: broken' }),
    );
  });

  it('the model never finishes, and talks on later', async () => {
    let talk: ((text: string) => void) | undefined;
    const stalled: Generate = ({ onText, signal }) => {
      talk = onText;
      return untilAborted(signal);
    };
    const started = performance.now();
    const { events, progress } = await extractive(stalled, { answerMs: 50 });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'model-failed', failure: 'timeout' }));
    const steps = progress.length;
    talk?.(JSON.stringify({ claims: [{ text: 'Late.', quotes: [{ passage: 'x', quote: warning }] }] }));
    expect(progress).toHaveLength(steps);
  });

  it('keeps what was proved when the reply breaks off', async () => {
    const complete = writeReply({
      text: 'Blinken called the situation critical.',
      quotes: [{ quote: warning }],
    });
    const broken: Generate = async (request) => {
      request.onText?.(`${complete(request).slice(0, -2)},{"text":"And then`);
      return { kind: 'failed', failure: 'connection', message: 'The connection was cut.' };
    };
    const { answer, events } = open(broken);
    const found = expectAnswered(await answer());
    expect(found).toMatchObject({ by: 'model', text: 'Blinken called the situation critical. [1]' });
    expect(found.notes).toEqual([
      { kind: 'model-failed', text: 'The chat model did not finish; what is shown has been checked.' },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'model-failed', failure: 'connection' }));
  });
});

describe('abstaining with a model', () => {
  it('abstains when the model fails and no sentence is sure enough', async () => {
    const ask = createAnswerer({
      retrieve: retrieveFrom([geneva]),
      rankSentences,
      readArticle: readFrom([geneva]),
      analyse,
      generate: createScriptedModel(() => 'Who knows?'),
      limits: { relevance: 0, confidence: 2 },
    });
    expect(await ask({ question })).toMatchObject({ kind: 'abstained', reason: 'not-stated', notes: [] });
  });

  it('does not call it when nothing is relevant', async () => {
    const model = createScriptedModel(() => 'NOT ANSWERED');
    const refused = await open(model).answer('who won the football championship?');
    expect(refused).toMatchObject({ kind: 'abstained', reason: 'nothing-relevant' });
    expect(model.requests).toEqual([]);
  });

  it.each(['{"answered": false, "claims": []}', 'NOT ANSWERED'])('believes %s', async (reply) => {
    const refused = await open(createScriptedModel(() => reply)).answer();
    expect(refused).toMatchObject({ kind: 'abstained', reason: 'not-stated' });
    expect(refused.kind === 'abstained' && refused.closest.length).toBeGreaterThan(0);
  });
});

describe('a person who gives up', () => {
  it('gets no answer', async () => {
    const controller = new AbortController();
    const { answer } = open(({ signal }) => untilAborted(signal));
    const answering = answer(question, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('gone')), 20);
    await expect(answering).rejects.toThrow('gone');
  });
});

describe('conversation', () => {
  const history = [{ question: 'Was sagte Blinken zum Auftakt?', answer: 'Er warnte. [1]' }];

  it('has the model make a follow-up stand alone', async () => {
    const model = createScriptedModel((request) =>
      request.prompt.startsWith('Question:')
        ? '{"questions": ["Was sagte Lawrow zum Auftakt in Genf?"]}'
        : writeReply({ text: 'Beide erwarteten nichts.', quotes: [{ quote: noBreakthrough }] })(request),
    );
    const { answer, asked } = open(model);
    const found = await answer('und Lawrow?', { history });
    expect(found.standaloneQuestion).toBe('Was sagte Lawrow zum Auftakt in Genf?');
    expect(asked).toEqual(['Was sagte Lawrow zum Auftakt in Genf?']);
    expect(found.question).toBe('und Lawrow?');
  });

  it('carries the open words when the model fails', async () => {
    const model = createScriptedModel(() => ({ kind: 'failed', failure: 'server', message: 'no' }));
    expect((await open(model).answer('und Lawrow?', { history })).standaloneQuestion).toBe(
      'und Lawrow? (sagte Auftakt)',
    );
  });

  it('does not take names that the model put into the question for proof', async () => {
    const model = createScriptedModel((request) =>
      request.prompt.startsWith('Question:')
        ? '{"questions": ["Was sagte Lawrow zum Auftakt in Genf um 17 Uhr?"]}'
        : writeReply({ text: 'Um 17 Uhr erwarteten beide nichts.', quotes: [{ quote: noBreakthrough }] })(
            request,
          ),
    );
    expect(await open(model).answer('und Lawrow?', { history })).toMatchObject({ by: 'quotes' });
  });
});

it('searches with other wordings too, and answers the words of the person', async () => {
  const model = createScriptedModel((request) =>
    request.system.includes('search')
      ? '{"questions": ["Wie war der Auftakt in Genf?", "Zum Auftakt deutlich"]}'
      : 'NOT ANSWERED',
  );
  const { answer, asked } = open(model, { reword: true });
  const found = await answer('how did the Auftakt in Genf go?');
  expect(asked).toEqual([
    'how did the Auftakt in Genf go?',
    'Wie war der Auftakt in Genf?',
    'Zum Auftakt deutlich',
  ]);
  expect(found.question).toBe('how did the Auftakt in Genf go?');
  expect(model.requests.at(-1)?.prompt).toMatch(/Question: how did the Auftakt in Genf go\?$/);
});
