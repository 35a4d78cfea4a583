import { beforeAll, describe, expect, it } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import { createBuiltInEmbeddings } from '../../src/language/embeddings.ts';
import { openModel } from '../../src/language/open-model.ts';

let embeddings: ReturnType<typeof createBuiltInEmbeddings>;
let dimensions: number;

beforeAll(async () => {
  const model = await openModel('embeddings/model');
  embeddings = createBuiltInEmbeddings(model, createAnalyser(model));
  dimensions = model.dimensions;
}, 60_000);

const product = (a: number[], b: number[]): number => a.reduce((sum, value, at) => sum + value * b[at]!, 0);

describe('the built-in embeddings', () => {
  it('gives vectors of length 1, one for each document, in order', async () => {
    const texts = ['Die Nato zieht Truppen ab.', 'The minister spoke in Geneva.'];
    const vectors = await embeddings.embedDocuments(texts);
    expect(vectors).toEqual([await embeddings.embedQuery(texts[0]!), await embeddings.embedQuery(texts[1]!)]);
    for (const vector of vectors) {
      expect(vector).toHaveLength(dimensions);
      expect(product(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it.each([
    [
      'What does Russia demand of NATO?',
      'Moskau fordert Garantien von der Nato.',
      'Der Bäcker backt frisches Brot.',
    ],
    [
      'Wer gewann das Spiel?',
      'The team won the match in the last minute.',
      'The river flows through three countries.',
    ],
  ])('puts %j nearer to %j than to %j', async (question, near, far) => {
    const [q, a, b] = await Promise.all([question, near, far].map((text) => embeddings.embedQuery(text)));
    expect(product(q!, a!)).toBeGreaterThan(product(q!, b!));
  });

  it('gives zeros for a text without a word it knows', async () => {
    expect(new Set(await embeddings.embedQuery('?! …'))).toEqual(new Set([0]));
  });
});
