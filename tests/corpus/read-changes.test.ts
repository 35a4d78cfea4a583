import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChanges } from '../../src/corpus/read-changes.ts';
import type { CorpusChange } from '../../src/types.ts';
import { createFolder } from './folder.ts';

const report = (figure: number): string =>
  `Die Nato berät über die Lage in der Ukraine, wie Agenturen am Freitag aus Brüssel meldeten. Moskau wartet auf die Antwort aus dem
  Westen und verlangt einen Rückzug der Soldaten von der Grenze. Die Verbündeten lehnen das ab und drohen mit Sanktionen. In Kiew sind nach Angaben der
  Regierung ${figure} Menschen auf die Straße gegangen. Eine Lösung des Konflikts auf diplomatischem Weg bleibt nach den Worten des Ministers möglich.`;

/** An index that holds what a run has found, and the run that finds it. */
function createWorld(corpus: string, indexDir: string) {
  let indexed = new Map<string, string>();
  const cacheFile = path.join(indexDir, 'files.jsonl');
  const read = async (
    options: {
      readonly startedAt?: number;
      readonly settings?: string;
      readonly maxFileBytes?: number;
      readonly readAll?: boolean;
    } = {},
  ) => {
    const changes: CorpusChange[] = [];
    const warnings: string[] = [];
    const run = readChanges(corpus, {
      maxFileBytes: 1000,
      cacheFile,
      settings: 'test',
      isIndexed: (file, digest) => indexed.get(file) === digest,
      onWarning: (warning) => warnings.push(warning),
      // As if the files had been there for a while.
      startedAt: Date.now() + 10_000,
      ...options,
    });
    for await (const change of run) changes.push(change);
    indexed = new Map(
      changes.flatMap((change) => {
        if (change.kind === 'article') return [[change.article.path, change.article.digest]];
        return change.kind === 'unchanged' ? [[change.path, change.digest]] : [];
      }),
    );
    return { changes, warnings, kinds: changes.map(({ kind }) => kind) };
  };
  return {
    cacheFile,
    read,
    forget: () => {
      indexed = new Map();
    },
  };
}

/** What a run makes of the corpus, whether files were read or passed over. */
const outcome = (changes: readonly CorpusChange[]) =>
  changes.map((change) => {
    if (change.kind === 'article') {
      const { path, digest } = change.article;
      return { kind: 'indexed', path, digest, warnings: change.warnings };
    }
    return change.kind === 'unchanged' ? { ...change, kind: 'indexed' } : change;
  });

describe('readChanges', () => {
  let corpus: ReturnType<typeof createFolder>;
  let index: ReturnType<typeof createFolder>;
  let world: ReturnType<typeof createWorld>;
  const at = (name: string): string => path.join(corpus.root, name);
  const files = {
    'a.txt': report(100),
    'b.txt': `Kiew. ${report(100)}`,
    'c.md': '---\ndate: neulich\n---\nKurz und gut.',
    'd.md': '---\ndate: neulich\n---\nKurz und gut.',
    'e.txt': '',
    'f.txt': report(200),
  };
  beforeEach(() => {
    corpus = createFolder(files);
    index = createFolder();
    world = createWorld(corpus.root, index.root);
  });
  afterEach(() => {
    corpus.remove();
    index.remove();
  });

  it('reads each file once', async () => {
    const first = await world.read();
    expect(first.kinds).toEqual(['article', 'duplicate', 'article', 'duplicate', 'skipped', 'article']);
    const second = await world.read();
    expect(second.kinds).toEqual([
      'unchanged',
      'duplicate',
      'unchanged',
      'duplicate',
      'skipped',
      'unchanged',
    ]);
    expect(outcome(second.changes)).toEqual(outcome(first.changes));
    expect(first.changes[3]).toMatchObject({ of: 'c.md', warnings: [expect.stringMatching(/^d\.md:2: /)] });
  });

  it.each<[string, () => void]>([
    ['other words of the same length', () => corpus.write('a.txt', report(100).replace('Nato', 'OSZE'))],
    [
      'a time of before put back',
      () => {
        corpus.write('a.txt', report(100).replace('Nato', 'OSZE'));
        utimesSync(at('a.txt'), 1_000_000_000, 1_000_000_000);
      },
    ],
    [
      'another file in its place',
      () => {
        corpus.write('.aside', report(100).replace('Nato', 'OSZE'));
        renameSync(at('.aside'), at('a.txt'));
      },
    ],
    [
      'a link in its place',
      () => {
        rmSync(at('a.txt'));
        symlinkSync('f.txt', at('a.txt'));
      },
    ],
    [
      'another name for a file in its place',
      () => {
        rmSync(at('a.txt'));
        linkSync(at('c.md'), at('a.txt'));
      },
    ],
  ])('reads a file again after %s', async (_, change) => {
    await world.read();
    await setTimeout(20);
    change();
    const { changes } = await world.read();
    expect(changes[0]).toMatchObject({ kind: 'article', article: { path: 'a.txt' } });
    world.forget();
    rmSync(world.cacheFile);
    expect(outcome((await world.read()).changes)).toEqual(outcome(changes));
  });

  it('reads what was a duplicate when the first of its kind is gone', async () => {
    await world.read();
    rmSync(at('a.txt'));
    expect((await world.read()).changes[0]).toMatchObject({ kind: 'article', article: { path: 'b.txt' } });
    corpus.write('a.txt', report(100));
    expect((await world.read()).changes[1]).toMatchObject({ kind: 'duplicate', path: 'b.txt', of: 'a.txt' });
  });

  it('reads a file whose article the index has lost', async () => {
    await world.read();
    world.forget();
    expect((await world.read()).kinds.filter((kind) => kind === 'article')).toHaveLength(3);
  });

  it('does not trust a time as young as the run: the file may change within the same tick of the clock', async () => {
    await world.read({ startedAt: Date.now() });
    expect((await world.read()).kinds[0]).toBe('article');
    expect((await world.read()).kinds[0]).toBe('unchanged');
  });

  it('skips a file that is larger than a limit lowered since', async () => {
    await world.read();
    const { changes } = await world.read({ maxFileBytes: 100 });
    expect(changes[0]).toMatchObject({ kind: 'skipped', path: 'a.txt' });
    expect(changes[2]).toMatchObject({ kind: 'unchanged', path: 'c.md' });
  });

  it('reads everything with other settings, or when asked to', async () => {
    await world.read();
    expect((await world.read({ settings: 'other' })).kinds[0]).toBe('article');
    expect((await world.read({ settings: 'other' })).kinds[0]).toBe('unchanged');
    expect((await world.read({ settings: 'other', readAll: true })).kinds[0]).toBe('article');
  });

  it.each<[string, (file: string) => void]>([
    ['missing', (file) => rmSync(file)],
    ['empty', (file) => writeFileSync(file, '')],
    ['cut', (file) => truncateSync(file, 500)],
    ['without its last character', (file) => truncateSync(file, readFileSync(file).length - 1)],
    ['longer', (file) => writeFileSync(file, `${readFileSync(file, 'utf8')}{}\n`)],
    ['something else', (file) => writeFileSync(file, '\n')],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('reads everything when the cache is %s', async (_, damage) => {
    const { changes } = await world.read();
    damage(world.cacheFile);
    expect((await world.read()).changes).toEqual(changes);
  });

  it('reads everything when any bit of the cache is another one', async () => {
    const { changes } = await world.read();
    const sound = readFileSync(world.cacheFile);
    for (let byte = 0; byte < sound.length; byte += 37) {
      const damaged = Buffer.from(sound);
      damaged[byte]! ^= 1 << (byte % 8);
      writeFileSync(world.cacheFile, damaged);
      world.forget();
      expect((await world.read()).changes).toEqual(changes);
    }
  });

  it('leaves the cache as it was when it is stopped, and nothing beside it', async () => {
    await world.read();
    const before = readFileSync(world.cacheFile, 'utf8');
    corpus.write('a.txt', report(101));
    const run = readChanges(corpus.root, {
      maxFileBytes: 1000,
      cacheFile: world.cacheFile,
      settings: 'test',
      isIndexed: () => true,
    });
    await run.next();
    await run.return(undefined);
    expect(readFileSync(world.cacheFile, 'utf8')).toBe(before);
    expect(readdirSync(index.root)).toEqual(['files.jsonl']);
  });

  it('stops when the signal is aborted', async () => {
    const abort = new AbortController();
    const run = readChanges(corpus.root, {
      maxFileBytes: 1000,
      cacheFile: world.cacheFile,
      settings: 'test',
      isIndexed: () => false,
      signal: abort.signal,
    });
    expect((await run.next()).value).toMatchObject({ kind: 'article' });
    abort.abort(new Error('enough'));
    await expect(run.next()).rejects.toThrow('enough');
    expect(readdirSync(index.root)).toEqual([]);
  });

  it('warns, and goes on, when the cache cannot be written', async () => {
    const { changes } = await world.read();
    rmSync(world.cacheFile);
    mkdirSync(path.join(`${world.cacheFile}.next`, 'full'), { recursive: true });
    world.forget();
    expect(await world.read()).toMatchObject({
      changes,
      warnings: [expect.stringMatching(/files\.jsonl could not be written \(/)],
    });
    expect(existsSync(world.cacheFile)).toBe(false);
  });

  it('comes to the same as a run that reads every file, whatever was edited', async () => {
    const names = ['a.txt', 'b.txt', 'c/a.txt', 'c/b.md', 'c-d.txt', 'd.html', 'e.jpg', 'z.txt'];
    const texts = [
      report(1),
      report(2),
      `Kiew. ${report(1)}`,
      report(1).replace('Brüssel', 'Paris'),
      'Kurz.',
      '',
      '---\ndate: x\n---\nKurz.',
    ];
    const name = fc.constantFrom(...names);
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), name, text: fc.constantFrom(...texts) }),
      fc.record({ kind: fc.constant('remove' as const), name }),
      fc.record({ kind: fc.constant('rename' as const), name, to: name }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(edit, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const folder = createFolder();
          const cached = createFolder();
          const fresh = createFolder();
          const run = createWorld(folder.root, cached.root);
          for (const edits of rounds) {
            for (const step of edits) {
              if (step.kind === 'write') folder.write(step.name, step.text);
              const from = path.join(folder.root, step.name);
              if (step.kind === 'remove') rmSync(from, { force: true });
              if (step.kind === 'rename' && existsSync(from)) {
                mkdirSync(path.dirname(path.join(folder.root, step.to)), { recursive: true });
                renameSync(from, path.join(folder.root, step.to));
              }
            }
            // Past the tick of the clock: runs are told that all times are old.
            await setTimeout(8);
            const { changes } = await run.read();
            const { changes: expected } = await createWorld(folder.root, fresh.root).read();
            rmSync(path.join(fresh.root, 'files.jsonl'), { force: true });
            expect(outcome(changes)).toEqual(outcome(expected));
          }
          for (const each of [folder, cached, fresh]) each.remove();
        },
      ),
      { numRuns: 60 },
    );
  });
});
