import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildBroader } from '../../scripts/train-model/broader.ts';
import { type Hierarchy, readHierarchy } from '../../scripts/train-model/hierarchy.ts';
import { openModel } from '../../src/language/open-model.ts';

/** Nouns with one meaning each: word -> broader words. */
const buildHierarchy = (nouns: Readonly<Record<string, readonly string[]>>): Hierarchy => ({
  meanings: new Map(Object.entries(nouns).map(([word, broader]) => [word, { words: [word], broader }])),
  senses: new Map(Object.keys(nouns).map((word) => [word, [word]])),
});

const termsOf = (nouns: object): string[] =>
  Object.keys(nouns)
    .filter((word) => !word.includes('_'))
    .map((word) => `en:${word}`);

describe('buildBroader', () => {
  it('gives what is up to three steps above, the nearer the better, and the last word of a phrase', () => {
    const nouns = {
      kiev: ['capital_town'],
      town: [],
      capital_town: ['seat'],
      seat: ['spot'],
      spot: ['plot'],
      plot: [],
    };
    const terms = termsOf(nouns);
    const [kiev] = buildBroader(terms, new Map(), buildHierarchy(nouns));
    expect(kiev!.map(({ id }) => terms[id])).toEqual(['en:town', 'en:seat', 'en:spot']);
    expect(kiev!.map(({ weight }) => weight)).toEqual([1, 0.85, 0.7]);
  });

  it('leaves out what nearly everything is', () => {
    const many = Object.fromEntries(Array.from({ length: 1_501 }, (_, n) => [`kind_${n}`, ['thing']]));
    const nouns = { hotel: ['inn'], inn: ['thing'], thing: [], ...many };
    const terms = termsOf(nouns);
    const [hotel] = buildBroader(terms, new Map(), buildHierarchy(nouns));
    expect(hotel!.map(({ id }) => terms[id])).toEqual(['en:inn']);
  });

  it('takes the main meaning of a word, and a broader word only in one it is known for', () => {
    const hierarchy: Hierarchy = {
      meanings: new Map([
        ['bank1', { words: ['bank'], broader: ['firm1'] }],
        ['bank2', { words: ['bank'], broader: ['slope1'] }],
        ['firm1', { words: ['firm', 'trust'], broader: [] }],
        ['slope1', { words: ['slope'], broader: [] }],
      ]),
      senses: new Map([
        ['bank', ['bank1', 'bank2']],
        ['firm', ['firm1']],
        ['trust', ['trust1', 'trust2', 'trust3', 'firm1']],
        ['slope', ['slope1']],
      ]),
    };
    const [bank] = buildBroader(['en:bank', 'en:firm', 'en:trust', 'en:slope'], new Map(), hierarchy);
    expect(bank).toEqual([{ id: 1, weight: 1 }]);
  });
});

describe('readHierarchy', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hierarchy-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads kinds and instances alike, meanings in their order', async () => {
    await writeFile(
      join(folder, 'data.noun'),
      [
        '  1 licence',
        '00000001 15 n 01 Berlin 0 001 @i 00000002 n 0000 | a city',
        '00000002 15 n 01 national_capital 0 001 @ 00000003 n 0000 | a capital',
        '00000003 15 n 01 capital 0 001 ~ 00000002 n 0000 | a seat of government',
        '',
      ].join('\n'),
    );
    await writeFile(join(folder, 'index.noun'), '  1 licence\nberlin n 2 2 @i + 2 0 00000001 00000003  \n');
    const { meanings, senses } = await readHierarchy(folder);
    expect(meanings.get('00000001')).toEqual({ words: ['berlin'], broader: ['00000002'] });
    expect(meanings.get('00000002')).toEqual({ words: ['national_capital'], broader: ['00000003'] });
    expect(meanings.get('00000003')).toEqual({ words: ['capital'], broader: [] });
    expect(senses.get('berlin')).toEqual(['00000001', '00000003']);
  });
});

describe('the built-in model', () => {
  it('knows what things are', async () => {
    const model = await openModel('embeddings/model');
    const broader = (term: string): string[] => model.broader(model.id(term)).map(({ id }) => model.term(id));
    expect(broader('en:hotel')).toContain('en:build');
    expect(broader('en:nato')).toContain('en:allianc');
    expect(broader('en:kiev')).toContain('en:capit');
    expect(broader('en:freighter')).toContain('en:vessel');
    expect(broader('de:hotel')).toEqual([]);
  }, 60_000);
});
