import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { embedCorpus } from '../src/app/embed-corpus.ts';
import { openFundstelle } from '../src/app/open-fundstelle.ts';
import { parseConfig } from '../src/config.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { parseQuestions } from '../src/evaluation/questions.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-gold-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function measure(name: string, corpus: string, questions: string) {
  const config = parseConfig({
    CORPUS_DIR: path.resolve(import.meta.dirname, corpus),
    INDEX_DIR: path.join(folder, name),
  });
  await embedCorpus(config);
  const fundstelle = await openFundstelle(config);
  try {
    const file = path.resolve(import.meta.dirname, questions);
    const result = await evaluate(fundstelle, parseQuestions(readFileSync(file, 'utf8'), file), {
      ks: [1, 3, 5, 10],
    });
    expect(result.unusable).toEqual([]);
    return result;
  } finally {
    await fundstelle.close();
  }
}

// Floors, not aims: a change that falls below has broken something.
test('the first article: seventeen of twenty questions answered with the right sentence, five of six unknowable ones refused', async () => {
  const { passages, perQuestion } = await measure('first', '../corpus', 'data/gold/questions.jsonl');
  const answerable = perQuestion.filter(({ quoteHit }) => quoteHit !== null);
  const unknowable = perQuestion.filter(({ quoteHit }) => quoteHit === null);
  expect([answerable.length, unknowable.length]).toEqual([20, 6]);
  expect(passages['recall@3']).toBe(1);
  expect(answerable.filter(({ quoteHit }) => quoteHit).length).toBeGreaterThanOrEqual(17);
  expect(unknowable.filter(({ answered }) => !answered).length).toBeGreaterThanOrEqual(5);
});

test('invented news in other words than the text: the right passage among five in seven of ten cases', async () => {
  const { passages, articles } = await measure('news', 'data/news/corpus', 'data/news/questions.jsonl');
  expect(passages['recall@1']).toBeGreaterThanOrEqual(0.46);
  expect(passages['recall@5']).toBeGreaterThanOrEqual(0.72);
  expect(articles['recall@5']).toBeGreaterThanOrEqual(0.78);
});
