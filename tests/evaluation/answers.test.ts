import { expect, test } from 'vitest';
import { createAnswerTally } from '../../src/evaluation/answers.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { renderEvaluation } from '../../src/evaluation/render.ts';
import type { Answer } from '../../src/types.ts';
import { abstained, answered, createFakeFundstelle } from '../fakes.ts';

test('counts what a model wrote, what was dropped and what it cost', () => {
  const tally = createAnswerTally();
  const written: Answer = { ...answered, by: 'model' };
  const checks = { verified: 1, repaired: 1, misattributed: 0, notFound: 2 };
  for (const answer of [written, { ...written, checks }, answered, abstained]) tally.addAnswer(answer);
  for (const ms of [100, 200, 900])
    tally.addEvent({ kind: 'model-answered', ms, inputTokens: 10, outputTokens: 2 });
  tally.addEvent({ kind: 'model-failed', ms: 5, failure: 'timeout' });
  tally.addEvent({ kind: 'claims-checked', proved: 2, unquoted: 1, unproved: 3 });
  expect(tally.summarise()).toEqual({
    written: 0.5,
    allVerified: 0.5,
    claims: { proved: 2, unquoted: 1, unproved: 3 },
    quotes: { verified: 2, repaired: 1, misattributed: 0, notFound: 2 },
    calls: { answered: 3, failed: { timeout: 1 } },
    tokens: { input: 30, output: 6 },
    callMs: { p50: 200, p95: 900 },
  });
});

test('without a call nothing is measured, and nothing is invented', () => {
  expect(createAnswerTally().summarise()).toMatchObject({
    written: null,
    allVerified: null,
    callMs: { p50: null },
  });
});

const questions = [
  { id: 'right', question: 'How long?', places: [{ article: 'hafen.md', answer: 'bis Freitag' }] },
  { id: 'wrong', question: 'Who said so?', places: [{ article: 'hafen.md', answer: 'die Behörde' }] },
  { id: 'refused', question: 'unknown', places: [{ article: 'hafen.md', answer: 'Hafen' }] },
  { id: 'unanswerable', question: 'unknown', places: [] },
  { id: 'unusable', question: 'What?', places: [{ article: 'hafen.md', answer: 'steht da nicht' }] },
];
const fundstelle = createFakeFundstelle({
  ask: async ({ question }) => (question === 'unknown' ? abstained : answered),
});

test('evaluates ranks, quotes and abstentions, and names questions it cannot use', async () => {
  const result = await evaluate(fundstelle, questions, { ks: [1] });
  expect(result).toMatchObject({
    passages: { 'recall@1': 1, 'mrr@10': 1 },
    articles: { 'recall@1': 1 },
    quotes: { hit: 1 / 3 },
    abstention: { precision: 1 / 2, recall: 1 },
    questions: 4,
    unusable: ['unusable'],
  });
  expect(result.perQuestion.map(({ id, rank, quoteHit }) => [id, rank, quoteHit])).toEqual([
    ['right', 1, true],
    ['wrong', 1, false],
    ['refused', 1, false],
    ['unanswerable', null, null],
  ]);
});

test('an article indexed under another path counts there', async () => {
  const places = [{ article: 'copy.md', answer: 'bis Freitag' }];
  const { unusable } = await evaluate(fundstelle, [{ id: 'copy', question: 'How long?', places }], {
    ks: [1],
    duplicates: [{ path: 'copy.md', of: 'hafen.md' }],
  });
  expect(unusable).toEqual([]);
});

test('the table for people has every figure', async () => {
  const tally = createAnswerTally();
  tally.addEvent({ kind: 'model-answered', ms: 100, inputTokens: 10, outputTokens: 2 });
  const table = renderEvaluation(await evaluate(fundstelle, questions, { ks: [1, 3] }), tally.summarise());
  expect(table).toMatch(/recall@1\s+recall@3\s+mrr@10/);
  expect(table).toMatch(/passages\s+1\.000/);
  expect(table).toContain('abstention precision    0.500');
  expect(table).toContain('10 tokens in, 2 out');
});
