import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMerge } from '../../src/index/merge-policy.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { textToEmbed } from '../../src/index/terms.ts';
import { updateIndex } from '../../src/index/update-index.ts';
import type { PassageIndex } from '../../src/types.ts';
import { optionsFor, unitVectorOf, type World, withFolder } from './world.ts';

const words = ['peace', 'snowball', 'Lavrov', 'talks', 'the', 'treaty', 'gas', 'Kyiv', 'vote', 'court'];

const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
  .map((chosen) => `${chosen.join(' ')}.`);
const passage = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '));
const body = fc.array(passage, { minLength: 1, maxLength: 5 }).map((passages) => passages.join('\n'));
const file = fc.integer({ min: 0, max: 14 }).map((number) => `${number}.txt`);

type Edit =
  | { readonly kind: 'put'; readonly file: string; readonly body: string }
  | { readonly kind: 'remove'; readonly file: string }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), file, body }),
  fc.record({ kind: fc.constant('remove' as const), file }),
  fc.record({ kind: fc.constant('rename' as const), file, to: file }),
);

function applyEdit(world: World, change: Edit): World {
  const { [change.file]: old, ...others } = world;
  if (change.kind === 'put') return { ...others, [change.file]: change.body };
  if (change.kind === 'remove' || old === undefined) return others;
  return { ...others, [change.to]: old };
}

function liveRows(index: PassageIndex): number[] {
  return Array.from({ length: index.rowCount }, (_, row) => row).filter(index.isLive);
}

/** Everything a reader can see, without the numbers that may differ. */
function describeIndex(index: PassageIndex): unknown {
  const rows = liveRows(index);
  const terms = Array.from({ length: index.termCount }, (_, id) => index.term(id));
  return {
    articles: [...index.articles].sort((a, b) => (a.id < b.id ? -1 : 1)),
    bodies: index.articles.map(({ id }) => index.readArticle(id)?.body).sort(),
    passages: rows.map((row) => JSON.stringify(index.passage(row))).sort(),
    sequences: rows
      .map((row) => [
        index.passage(row).id,
        index.lengthOf(row),
        ...Array.from(index.sequence(row), (value) =>
          value < 0x80000000 ? index.term(value) : value > 0xfffffff0,
        ),
      ])
      .sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    postings: Object.fromEntries(
      terms
        .flatMap((term) => {
          const entries = index.postings(index.termId(term)).flatMap(({ base, rows, frequencies }) =>
            [...rows]
              .map((row, place) => [base + row, frequencies[place]!] as const)
              .filter(([row]) => index.isLive(row))
              .map(([row, frequency]) => `${index.passage(row).id} ${frequency}`),
          );
          return entries.length > 0 ? [[term, entries.sort()] as const] : [];
        })
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    averageLength: index.averageLength.toFixed(9),
    duplicates: index.duplicates,
  };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, place) => sum + value * b[place]!, 0);

async function nearestIds(index: PassageIndex, question: string, k = 10): Promise<string[]> {
  const found = (await index.nearest(unitVectorOf(question), k))();
  for (const { row } of found) expect(index.isLive(row)).toBe(true);
  return found.map(({ row }) => index.passage(row).id);
}

describe('an index that grew by edits', () => {
  it('says the same as one built from nothing', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
        (runs) =>
          withFolder((grown) =>
            withFolder(async (fresh) => {
              let world: World = {};
              for (const edits of runs) {
                world = edits.reduce(applyEdit, world);
                await updateIndex(optionsFor(grown, world));
              }
              await updateIndex(optionsFor(fresh, world));
              const [a, b] = await Promise.all([openIndex(grown), openIndex(fresh)]);
              expect(describeIndex(a)).toEqual(describeIndex(b));
              for (const question of words) {
                expect(await nearestIds(a, question)).toEqual(await nearestIds(b, question));
              }
              a.close();
              b.close();
            }),
          ),
      ),
      { numRuns: 25 },
    ),
  );

  it('finds with graphs, dead rows and small segments what a scan would find', { timeout: 60_000 }, () =>
    withFolder(async (folder) => {
      const bodyOf = (number: number, version: number) =>
        Array.from({ length: 5 }, (_, line) => `Passage ${line} of ${number} in version ${version}.`).join(
          '\n',
        );
      let world: World = Object.fromEntries(
        Array.from({ length: 600 }, (_, n) => [`${n}.txt`, bodyOf(n, 1)]),
      );
      await updateIndex(optionsFor(folder, world));
      for (let step = 1; step <= 4; step++) {
        const { [`${step}.txt`]: _removed, ...others } = world;
        world = {
          ...others,
          [`${step * 7 + 100}.txt`]: bodyOf(step, 2),
          [`new-${step}.txt`]: bodyOf(step, 3),
        };
        await updateIndex(optionsFor(folder, world));
      }
      const index = await openIndex(folder);
      expect(index.rowCount).toBeGreaterThan(index.passageCount);
      expect(index.passageCount).toBe(3000);
      const rows = liveRows(index);
      expect(rows).toHaveLength(3000);
      const vectors = rows.map((row) =>
        unitVectorOf(textToEmbed(index.passage(row), index.articleOf(row).title)),
      );
      const scan = (question: Float32Array, k: number, accept: (row: number) => boolean): number[] =>
        rows
          .map((row, place) => ({ row, similarity: dot(vectors[place]!, question) }))
          .filter(({ row }) => accept(row))
          .sort((a, b) => b.similarity - a.similarity)
          .slice(0, k)
          .map(({ row }) => row);
      const filters = {
        all: () => true,
        third: (row: number) => row % 3 === 0,
        rare: (row: number) => row % 500 < 2,
      };
      for (const [name, accept] of Object.entries(filters)) {
        let hits = 0;
        for (let question = 0; question < 100; question++) {
          const vector = unitVectorOf(`question ${question}`);
          const found = (await index.nearest(vector, 10, name === 'all' ? undefined : accept))();
          const exact = new Set(scan(vector, 10, accept));
          expect(found).toHaveLength(10);
          hits += found.filter(({ row }) => exact.has(row)).length;
        }
        expect(hits / 1000, name).toBeGreaterThanOrEqual(0.995);
      }
      await expect(
        (async () => {
          const end = await index.nearest(unitVectorOf('x'), 10, () => {
            throw new Error('filter failed');
          });
          end();
        })(),
      ).rejects.toThrow('filter failed');
      index.close();
    }),
  );

  it('embeds again only what changed, and takes vectors along when a file moves', () =>
    withFolder(async (folder) => {
      const world = { 'a.txt': 'One.\nTwo.', 'b.txt': 'Three.' };
      await updateIndex(optionsFor(folder, world));
      const runs: readonly (readonly [World, object])[] = [
        [world, { written: false, embedded: 0, generation: 1, articles: 2, passages: 3 }],
        [
          { ...world, 'a.txt': 'One.\nDeux.' },
          { written: true, embedded: 1, generation: 2, passages: 3 },
        ],
        [{ 'a.txt': 'One.\nDeux.' }, { written: true, embedded: 0, generation: 3, articles: 1, passages: 2 }],
        [
          { 'a.txt': 'One.\nDeux.', 'c.txt': '' },
          { written: true, embedded: 0, generation: 4 },
        ],
        [{}, { written: true, embedded: 0, articles: 0, passages: 0 }],
        [{}, { written: false }],
      ];
      for (const [next, expected] of runs) {
        expect(await updateIndex(optionsFor(folder, next))).toMatchObject(expected);
      }
    }));

  it('starts again with other vectors or settings, keeping vectors where they fit', () =>
    withFolder(async (folder) => {
      const world = { 'a.txt': 'One.\nTwo.', 'b.txt': 'Three.' };
      await updateIndex(optionsFor(folder, world));
      const embedded = async (more: object) => (await updateIndex(optionsFor(folder, world, more))).embedded;
      expect(await embedded({ settings: 'v2' })).toBe(0);
      expect(await embedded({ settings: 'v2', fingerprint: 'other' })).toBe(3);
      expect(await embedded({ settings: 'v2', fingerprint: 'other', rebuild: true })).toBe(3);
    }));
});

describe('planMerge', () => {
  const sizes = (...live: number[]) => live.map((rows) => ({ rows, live: rows }));
  it.each([
    ['nothing', [], 0],
    ['one', sizes(9), 1],
    ['a large one and a small one', sizes(1000, 10), 2],
    ['small ones of one size', sizes(1000, 10, 10), 1],
    ['a tail grown to a quarter', sizes(1000, 240, 60), 0],
    ['a chain that does not reach the first', sizes(10_000, 100, 20, 10), 1],
    ['too much dead', [{ rows: 100, live: 79 }], 0],
    ['a little dead', [{ rows: 100, live: 80 }], 1],
    ['an emptied tail', [...sizes(100), { rows: 10, live: 0 }], 2],
  ])('%s', (_name, segments, expected) => {
    expect(planMerge(segments)).toBe(expected);
  });

  it('keeps few segments and rewrites seldom', () => {
    let segments: { rows: number; live: number }[] = [];
    let written = 0;
    let most = 0;
    for (let run = 0; run < 2000; run++) {
      segments.push({ rows: 10, live: 10 });
      const first = planMerge(segments);
      const tail = segments.slice(first).reduce((sum, { live }) => sum + live, 0);
      if (first < segments.length) segments = [...segments.slice(0, first), { rows: tail, live: tail }];
      written += first < segments.length ? tail : 10;
      most = Math.max(most, segments.length);
    }
    expect(most).toBeLessThanOrEqual(8);
    expect(written / 20_000).toBeLessThan(30);
  });
});
