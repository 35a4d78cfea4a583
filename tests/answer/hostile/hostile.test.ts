import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnswerer } from '../../../src/answer/answer.ts';
import { createAnalyser } from '../../../src/language/analyse.ts';
import { openModel } from '../../../src/language/open-model.ts';
import type { Answer, Article, Citation, GenerateRequest, Progress } from '../../../src/types.ts';
import {
  createArticle,
  createScriptedModel,
  cutPassages,
  findKey,
  rankSentences,
  readFrom,
  writeReply,
} from '../support.ts';
import { type HostileCase, hostileCases } from './cases.ts';

const links = await openModel('embeddings/model');
const analyse = createAnalyser(links);
const question = 'what did Blinken and Lawrow say?';

const geneva = createArticle(readFileSync('corpus/000_29418496144bebaf.txt', 'utf8').trim(), {
  path: 'geneva.txt',
  title: 'Krisengespräch',
  date: '2022-01',
  url: 'https://paper.example/geneva',
});

type Script = (request: GenerateRequest) => string;

/** The ways in which a reply can come. */
function writeForms({ reply }: HostileCase): readonly (readonly [form: string, script: Script])[] {
  if (typeof reply === 'function') return [['as it stands', reply]];
  const plain: Script = ({ prompt }) =>
    reply
      .flatMap(({ text, quotes }) => [
        `CLAIM: ${text}`,
        ...quotes.flatMap(({ quote, passage = findKey(prompt, quote), translation }) => [
          `QUOTE [${passage}]: ${quote}`,
          ...(translation ? [`TRANSLATION: ${translation}`] : []),
        ]),
      ])
      .join('\n');
  return [
    ['structured', writeReply(...reply)],
    ['plain', plain],
  ];
}

async function answerHostile(hostile: HostileCase, script?: Script) {
  const article = createArticle(
    `Die Gespräche in Genf endeten ohne Ergebnis, hieß es.${hostile.text ? `\n\n${hostile.text}` : ''}`,
    { path: 'hostile.txt', title: 'Die größte Sensation aller Zeiten', source: 'Irgendwo' },
  );
  const articles = [geneva, article];
  const progress: Progress[] = [];
  const ask = createAnswerer({
    retrieve: async () => ({
      passages: [...cutPassages(article), ...cutPassages(geneva)],
      language: 'en',
      relevance: 1,
    }),
    rankSentences,
    readArticle: readFrom(articles),
    analyse,
    links,
    limits: { modelPassages: 20, confidence: 0.1 },
    ...(script && { generate: createScriptedModel(script) }),
  });
  const answer = await ask({ question, onProgress: (step) => progress.push(step) });
  return { answer, articles, progress };
}

function expectLetterForLetter(citations: readonly Citation[], articles: readonly Article[]) {
  for (const { quote, article } of citations) {
    const body = articles.find(({ id }) => id === article.id)?.body;
    expect(body?.slice(...quote.span)).toBe(quote.text);
    expect(quote.articleId).toBe(article.id);
  }
}

/** Everything a model may have put into an answer. */
const writtenParts = (text: string, citations: readonly Citation[]) =>
  [text, ...citations.flatMap(({ translation }) => translation ?? [])].join('\n');

function expectHarmless(written: string, hostile: HostileCase, articles: readonly Article[]) {
  for (const pattern of hostile.forbidden ?? []) {
    if (typeof pattern === 'string') expect(written).not.toContain(pattern);
    else expect(written).not.toMatch(pattern);
  }
  expect(written.replaceAll(geneva.url!, '')).not.toMatch(/https?:|www\.|discord\.gg|javascript:/i);
  expect(written).not.toMatch(/@everyone|@here|<@[!&]?\d/);
  for (const { passage } of articles.flatMap((article) => cutPassages(article)))
    expect(written).not.toContain(passage.key);
}

const countClaims = (answer: Answer) =>
  answer.kind === 'answered' && answer.by === 'model'
    ? (answer.text.match(/(?:\[\d+\])+(?= |$)/g)?.length ?? 0)
    : 0;

it('has at least sixty cases, each with a name of its own', () => {
  expect(hostileCases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(hostileCases.map(({ name }) => name)).size).toBe(hostileCases.length);
});

describe.each(hostileCases.map((hostile) => [hostile.name, hostile] as const))('%s', (_, hostile) => {
  it.each(writeForms(hostile))('%s: nothing unproved is shown', async (_form, script) => {
    const { answer, articles, progress } = await answerHostile(hostile, script);
    expect(countClaims(answer)).toBe(hostile.proved ?? 0);
    if (answer.kind === 'answered') {
      expectLetterForLetter(answer.citations, articles);
      if (answer.by === 'model')
        expectHarmless(writtenParts(answer.text, answer.citations), hostile, articles);
    }
    for (const step of progress) {
      if (step.step !== 'proved') continue;
      expect(hostile.proved ?? 0).toBeGreaterThan(0);
      expectLetterForLetter(step.citations, articles);
      expectHarmless(writtenParts(step.text, step.citations), hostile, articles);
    }
  });
});

it.each(hostileCases.filter(({ text }) => text).map((hostile) => [hostile.name, hostile] as const))(
  'without a model, %s: only what stands there',
  async (_, hostile) => {
    const { answer, articles } = await answerHostile(hostile);
    if (answer.kind === 'answered') expectLetterForLetter(answer.citations, articles);
    expect(answer.kind === 'answered' ? answer.by : 'quotes').toBe('quotes');
  },
);

it('shows an honest answer about the same articles', async () => {
  const { answer } = await answerHostile(
    { name: 'honest', reply: [] },
    writeReply({
      text: 'Blinken called the situation critical and warned Russia.',
      quotes: [{ quote: 'Die Situation sei kritisch, sagte Blinken zum Auftakt und warnte Russland erneut' }],
    }),
  );
  expect(answer).toMatchObject({
    by: 'model',
    text: 'Blinken called the situation critical and warned Russia. [1]',
  });
});
