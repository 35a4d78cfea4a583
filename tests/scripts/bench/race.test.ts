import { expect, it } from 'vitest';
import { race, warmUpCount } from '../../../scripts/bench/race.ts';
import { renderTable } from '../../../scripts/bench/render.ts';

it('counts first and tenth places of each language, and not the questions that warm up', async () => {
  const questions = Array.from({ length: warmUpCount + 8 }, (_, n) => ({
    question: String(n),
    language: n % 2 === 0 ? ('de' as const) : ('en' as const),
    passageId: `p${n}`,
  }));
  const asked: string[] = [];
  const contender = {
    name: 'memory',
    largest: 1,
    load: async () => async () => async () => async (question: string) => {
      asked.push(question);
      const n = Number(question) - warmUpCount;
      // German questions: first, first, second, never. English ones: always tenth.
      if (n % 2 !== 0) return [...'123456789', `p${question}`];
      return n === 4 ? ['other', `p${question}`] : n === 6 ? ['other'] : [`p${question}`];
    },
  };
  const unused = () => Promise.reject(new Error('not asked for'));
  const supplies = {
    passages: unused,
    vectors: () => ({ dimensions: 0, values: new Float32Array() }),
    embeddings: unused,
    indexDir: '',
  };
  const result = await race(contender, supplies, questions);
  expect(result).toMatchObject({
    name: 'memory',
    asked: 8,
    recall: { de: { at1: 0.5, at10: 0.75 }, en: { at1: 0, at10: 1 } },
  });
  const timed = questions.slice(-8).map(({ question }) => question);
  expect(asked.slice(-16)).toEqual([...timed, ...timed]);
  expect(result.againP50Ms).toBeGreaterThan(0);
  expect(result.p50Ms).toBeLessThanOrEqual(result.p99Ms);
});

it('renders a table whose columns are as wide as their widest cell', () => {
  expect(
    renderTable(
      ['name', 'ms'],
      [
        ['a', '1,000'],
        ['longer', '2'],
      ],
    ),
  ).toBe(['| name   |    ms |', '|--------|------:|', '| a      | 1,000 |', '| longer |     2 |'].join('\n'));
});
