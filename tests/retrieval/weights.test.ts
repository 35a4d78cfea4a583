import { expect, test } from 'vitest';
import { builtInWeights, chooseWeights } from '../../src/retrieval/weights.ts';

test('weights suit the embedding model, and what is set outweighs them', () => {
  expect(chooseWeights('built-in')).toEqual(builtInWeights);
  expect(chooseWeights('openai:text-embedding-3-small').dense).toBeGreaterThan(builtInWeights.dense);
  expect(chooseWeights('built-in', { dense: 0.5 })).toEqual({ ...builtInWeights, dense: 0.5 });
});
