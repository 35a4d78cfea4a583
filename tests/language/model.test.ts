import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/errors.ts';
import type { LanguageModel } from '../../src/language/model.ts';
import { modelFiles } from '../../src/language/model-files.ts';
import { openModel } from '../../src/language/open-model.ts';

let model: LanguageModel;

beforeAll(async () => {
  model = await openModel('embeddings/model');
}, 60_000);

const linkedTerms = (term: string): string[] => model.links(model.id(term)).map(({ id }) => model.term(id));

function similarity(one: string, other: string): number {
  const [a, b] = [model.id(one), model.id(other)].map((id) =>
    model.vectors.subarray(id * model.dimensions, (id + 1) * model.dimensions),
  );
  return a!.reduce((sum, value, column) => sum + value * b![column]!, 0) / 127 ** 2;
}

describe('the built-in model', () => {
  it.each([
    ['de:russland', ['de:russisch', 'de:russ', 'en:russia', 'en:russian']],
    ['en:russia', ['en:russian', 'de:russland', 'de:russisch', 'de:russ']],
    ['en:franc', ['en:french', 'de:frankreich', 'de:französ']],
    ['en:demand', ['de:forder', 'de:nachfrag', 'de:verlang']],
    ['de:forder', ['en:demand', 'en:claim']],
    ['de:abzug', ['de:abzieh', 'en:withdraw']],
    ['en:withdraw', ['de:abzug', 'de:abzieh', 'de:zurückzieh']],
    ['de:initii', ['de:initiativ', 'en:initi']],
    ['de:beschliess', ['de:beschluss', 'en:decid']],
    ['de:kiew', ['en:kiev']],
    ['en:kremlin', ['de:kreml', 'en:russia', 'de:russland']],
    ['en:moscow', ['en:russia']],
    ['en:america', ['en:us', 'en:usa']],
    ['de:polen', ['en:poland']],
    ['en:colour', ['en:color', 'de:farb']],
    ['#3', ['en:three', 'de:drei']],
  ])('links %s', (term, links) => {
    expect(linkedTerms(term)).toEqual(expect.arrayContaining(links));
  });

  it.each([
    ['en:secretari of state', 'de:aussenminist'],
    ['en:rule out', 'de:ausschliess'],
    ['en:call off', 'de:absag'],
    ['en:shake hand', 'de:handschlag'],
    ['en:prime minist', 'de:ministerpräsident'],
    ['de:vereinigt staat', 'de:usa'],
  ])('knows what %j means', (key, term) => {
    const meanings = model.phrase(key);
    expect(meanings.map(({ id }) => model.term(id))).toContain(term);
    expect(meanings[0]!.weight).toBe(1);
  });

  it.each(['en:', 'en:rule', 'en:rule ou', 'en:rule out of', 'de:rule out', '', 'zz:zz', '\n', '0'])(
    'knows no phrase %j',
    (key) => {
      expect(model.phrase(key)).toEqual([]);
    },
  );

  it('finds every phrase of its file', async () => {
    const lines = (await readFile('embeddings/model/phrases.txt', 'utf8')).trimEnd().split('\n');
    for (const line of [lines[0]!, ...lines.filter((_, index) => index % 101 === 0), lines.at(-1)!]) {
      const [key = '', ...meanings] = line.split('\t');
      expect(model.phrase(key)).toHaveLength(meanings.length);
    }
  });

  it('gives links best first, with weights in 0..1, and none to the term itself', () => {
    for (let id = 0; id < model.size; id += 97) {
      const links = model.links(id);
      const weights = links.map(({ weight }) => weight);
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
      expect(weights.every((weight) => weight > 0 && weight <= 1)).toBe(true);
      expect(links.some((link) => link.id === id)).toBe(false);
    }
  });

  it.each([
    ['en:soldier', 'de:soldat', 'de:tomat'],
    ['de:arzt', 'en:doctor', 'en:bridg'],
    ['en:car', 'en:automobil', 'en:angel'],
    ['de:krieg', 'en:war', 'en:cake'],
  ])('puts %s nearer to %s than to %s', (word, near, far) => {
    expect(similarity(word, near)).toBeGreaterThan(similarity(word, far) + 0.2);
  });

  it('has vectors of length 127 and weights in 0..1', () => {
    for (let id = 0; id < model.size; id += 97) {
      const row = model.vectors.subarray(id * model.dimensions, (id + 1) * model.dimensions);
      expect(Math.abs(Math.hypot(...row) - 127)).toBeLessThan(4);
      expect(model.weights[id]).toBeGreaterThan(0);
      expect(model.weights[id]).toBeLessThanOrEqual(1);
    }
  });

  it('finds every term by its id', () => {
    for (let id = 0; id < model.size; id += 97) expect(model.id(model.term(id))).toBe(id);
    expect(model.id('de:xyzzyx')).toBe(-1);
  });
});

describe('openModel', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fundstelle-model-'));
    for (const file of ['model.json', ...modelFiles])
      await symlink(resolve('embeddings/model', file), join(dir, file));
  });

  afterEach(() => rm(dir, { recursive: true }));

  const openDamaged = async (file: string, damage?: (content: Buffer) => Buffer): Promise<unknown> => {
    const content = await readFile(join(dir, file));
    await rm(join(dir, file));
    if (damage) await writeFile(join(dir, file), damage(content));
    return openModel(dir).catch((error: unknown) => error);
  };

  it.each(['model.json', ...modelFiles])('names %s if it is missing', async (file) => {
    const fault = await openDamaged(file);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toHaveProperty('message', expect.stringContaining(join(dir, file)));
  });

  it.each(modelFiles)('names %s if one bit of it has changed', async (file) => {
    const fault = await openDamaged(file, (content) => {
      content[content.length >> 1]! ^= 1;
      return content;
    });
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toHaveProperty('message', expect.stringContaining(`${join(dir, file)} is damaged`));
  });

  it('refuses a manifest of another format', async () => {
    const fault = await openDamaged('model.json', (content) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(content.toString()), format: 99 })),
    );
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toHaveProperty('message', expect.stringContaining('model.json'));
  });
});
