import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createGate } from '../../src/answer/citations.ts';
import { createProofChecks } from '../../src/answer/proof.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { detectLanguage } from '../../src/language/detect.ts';
import { openModel } from '../../src/language/open-model.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import { createArticle, cutPassages, readFrom } from './support.ts';

const folder = 'tests/data/news/corpus';
const links = await openModel('embeddings/model');
const { isProved } = createProofChecks([], { analyse: createAnalyser(links), links });

it('finds every sentence of real articles as it stands, and takes it for proof of itself', () => {
  let sentences = 0;
  // Every fifth article is enough to notice, and takes a second.
  for (const file of readdirSync(folder).filter((_, index) => index % 5 === 0)) {
    const body = readFileSync(`${folder}/${file}`, 'utf8')
      .replace(/^---\n.*?\n---\n/s, '')
      .trim();
    const article = createArticle(body, { path: file, language: detectLanguage(body) });
    const passages = cutPassages(article);
    const gate = createGate(passages, readFrom([article]));
    for (const { passage } of passages) {
      for (const [start, end] of splitSentences(passage.text, passage.language)) {
        const sentence = passage.text.slice(start, end);
        const proof = gate(sentence, passage.key);
        expect(proof).toMatchObject({ verdict: 'verified', quote: { text: sentence }, leftOut: '' });
        expect(isProved(sentence, [proof!]), sentence).toBe(true);
        sentences++;
      }
    }
  }
  expect(sentences).toBeGreaterThan(100);
});
