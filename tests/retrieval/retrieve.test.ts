import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/language/analyse.ts';
import { createRetriever } from '../../src/retrieval/retrieve.ts';
import { buildMemoryIndex, type Draft, draftArticle } from './memory-index.ts';
import { buildSmallModel } from './small-model.ts';

const model = buildSmallModel([
  { terms: ['en:bridg', 'de:brück'] },
  { terms: ['en:strike', 'de:streik'] },
  { terms: ['en:pilot', 'de:pilot'] },
  { terms: ['en:end', 'de:end'] },
]);
const analyse = createAnalyser(model);

const drafts: readonly Draft[] = [
  {
    path: 'bridge.md',
    title: 'Sperrung',
    date: '2024-03',
    source: 'Talbote (dpa)',
    language: 'de',
    body: 'Die Brücke über die Ache bleibt gesperrt. Ein Gutachter hatte Risse gefunden.',
  },
  {
    path: 'strike.md',
    title: 'Flughafen',
    date: '2024-05-02',
    source: 'Hafenblatt',
    language: 'de',
    body: 'Der Streik der Piloten ist zu Ende. Beide Seiten sprachen von einem Erfolg.\n\nAußenminister Lawrow war nicht beteiligt.',
  },
  {
    path: 'strike-again.md',
    title: 'Luftverkehr',
    date: '2025',
    language: 'de',
    body: 'Der Streik der Piloten ist zu Ende. Beide Seiten sprachen von einem Erfolg, hieß es.',
  },
  {
    path: 'english.md',
    title: 'Airport',
    language: 'en',
    body: 'The pilots ended their walkout. The airport opened on Monday.',
  },
  { path: 'bread.md', title: 'Backen', date: '2020', language: 'de', body: 'Ein Teig aus Mehl und Wasser.' },
];

const open = (articles = drafts) => {
  const index = buildMemoryIndex(articles.map(draftArticle), analyse);
  return { index, ...createRetriever({ index, model, analyse, embedQuery: async () => [] }) };
};
const pathsOf = async (question: string, options = {}) =>
  (await open().retrieve(question, options)).passages.map(({ article }) => article.path);

describe('finds', () => {
  test.each([
    ['the words of the question', 'Wann endet der Streik?', 'strike.md'],
    ['a translation', 'why is the bridge closed', 'bridge.md'],
    ['another spelling of a name', 'what did Lavrov say', 'strike.md'],
    ['words of the title', 'Was ist mit dem Luftverkehr?', 'strike-again.md'],
  ])('%s', async (_, question, path) => {
    expect((await pathsOf(question))[0]).toBe(path);
  });

  test('nothing for a question without words, and is sure of it', async () => {
    const { passages, relevance } = await open().retrieve('Wer war das?');
    expect(passages).toEqual([]);
    expect(relevance).toBe(0);
  });

  test('nothing in an empty index', async () => {
    const { passages, relevance } = await open([]).retrieve('Wann endet der Streik?');
    expect(passages).toEqual([]);
    expect(relevance).toBe(0);
  });

  test('passages by their vectors alone', async () => {
    const index = buildMemoryIndex(drafts.map(draftArticle), analyse, {
      embed: (text) => Float32Array.of(text.includes('Teig') ? 1 : 0, text.includes('Teig') ? 0 : 1),
    });
    const { retrieve } = createRetriever({
      index,
      model: undefined,
      analyse,
      embedQuery: async () => [1, 0],
    });
    expect((await retrieve('cooking')).passages[0]?.article.path).toBe('bread.md');
  });
});

describe('returns', () => {
  test('scores from 0 to 1, best first, and at most the limit', async () => {
    const { passages } = await open().retrieve('Streik der Piloten, Brücke, Teig, airport', { limit: 3 });
    const scores = passages.map(({ score }) => score);
    expect(scores).toHaveLength(3);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
  });

  test('one of two passages that say the same', async () => {
    const paths = await pathsOf('Wann endet der Streik der Piloten?');
    expect(paths.filter((path) => path.startsWith('strike'))).toHaveLength(1);
  });

  test('the language of the question', async () => {
    expect((await open().retrieve('why is the bridge closed')).language).toBe('en');
    expect((await open().retrieve('Warum ist die Brücke gesperrt?')).language).toBe('de');
  });

  test('more relevance for a question the articles speak to than for any other', async () => {
    const { retrieve } = open();
    const near = await retrieve('Warum ist die Brücke über die Ache gesperrt?');
    const far = await retrieve('Welche Monde hat der Jupiter?');
    expect(near.relevance).toBeGreaterThan(far.relevance);
  });
});

describe('keeps to', () => {
  test.each([
    [{ since: '2024-05' }, ['strike.md', 'strike-again.md']],
    [{ until: '2024-04' }, ['bridge.md', 'bread.md']],
    [{ since: '2024-03-31', until: '2024-03-31' }, ['bridge.md']],
    [{ outlet: 'DPA' }, ['bridge.md']],
    [{ outlet: 'hafenblatt', until: '2023' }, []],
  ])('the options %j', async (options, allowed) => {
    const paths = await pathsOf('Streik der Piloten, Brücke, Teig, airport', options);
    expect(allowed).toEqual(expect.arrayContaining(paths));
    expect(paths.length > 0).toBe(allowed.length > 0);
  });

  test('the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(open().retrieve('Streik', { signal })).rejects.toThrow('enough');
  });
});

test('answers the same whatever else is asked at the same time', async () => {
  const questions = [
    'Wann endet der Streik?',
    'why is the bridge closed',
    'Teig',
    'Lavrov',
    'airport on Monday',
  ];
  const { retrieve } = open();
  const alone = new Map<string, unknown>();
  for (const question of questions) alone.set(question, await retrieve(question));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...questions), { maxLength: 12 }), async (asked) => {
      const together = await Promise.all(asked.map((question) => retrieve(question)));
      expect(together).toEqual(asked.map((question) => alone.get(question)));
    }),
    { numRuns: 20 },
  );
});
