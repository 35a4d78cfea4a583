import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerJsonSchema } from '../src/terminal/answer-json.ts';

// The programs as people run them: the built files, as processes. `npm test` builds them first.
const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-programs-'));
const index = path.join(folder, 'index');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  program: string,
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Run {
  const env = { ...process.env, CORPUS_DIR: path.join(root, 'corpus'), INDEX_DIR: index, ...options.env };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'dist', `${program}.js`), ...args],
    {
      encoding: 'utf8',
      env,
      input: options.input ?? '',
      timeout: 60_000,
    },
  );
  return { code: status, out: stdout, err: stderr };
}

const write = (name: string, content: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

describe('the first article', () => {
  beforeAll(() => {
    const first = run('ask', ['what did Russia demand?']);
    expect(first.err).toContain('No index yet');
    expect(first.code).toBe(0);
  });

  test.each(['what did Russia demand?', 'Was forderte Russland?'])(
    'answers "%s" with the demand, verbatim',
    (question) => {
      const { code, out, err } = run('ask', ['--json', question]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const answer = answerJsonSchema.parse(JSON.parse(out));
      expect(answer.citations.map(({ quote }) => quote).join('\n')).toMatch(
        /Die Nato müsse ihre ausländischen Soldaten sowie „Ausrüstung und Waffen“ aus allen Ländern abziehen/,
      );
      for (const { article } of answer.citations) {
        expect(article).toMatchObject({
          path: '000_29418496144bebaf.txt',
          date: '2022-01',
          source: 'dpa/afp/red',
        });
      }
    },
  );

  test('writes no colours into a pipe, not even on a CI machine', () => {
    expect(run('ask', ['what did Russia demand?'], { env: { CI: 'true' } }).out).not.toContain('\u001b[');
  });

  test('abstains with exit code 3, nearest headlines and a suggestion', () => {
    const { code, out } = run('ask', ['--json', 'Wer gewann das Pokalfinale im Handball?']);
    expect(code).toBe(3);
    const answer = answerJsonSchema.parse(JSON.parse(out));
    expect(answer.kind).toBe('abstained');
    expect(answer.nearest.length).toBeGreaterThan(0);
    expect(answer.suggestion).toBeTruthy();
  });

  test('--stdin answers a question a line', () => {
    const { code, out } = run('ask', ['--stdin'], {
      input: 'what did Russia demand?\n\nWas forderte Russland?\n',
    });
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.map((line) => answerJsonSchema.parse(JSON.parse(line)).question)).toEqual([
      'what did Russia demand?',
      'Was forderte Russland?',
    ]);
  });

  test('a window without articles is said', () => {
    const { code, out } = run('ask', ['--json', '--since', '2023', 'what did Russia demand?']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ reason: 'nothing-in-window', window: { since: '2023' } });
  });

  test('chat answers, opens a source and leaves', () => {
    const { code, out } = run('chat', [], {
      input: 'what did Russia demand?\n/source 1\n/sources\n/quit\nnever asked\n',
    });
    expect(code).toBe(0);
    expect(out).toContain('dpa/afp/red');
    expect(out).not.toContain('never asked');
  });

  test('embed says that nothing has changed, and again after a rebuild', () => {
    expect(run('embed', []).out).toContain('nothing has changed');
    expect(JSON.parse(run('embed', ['--rebuild', '--json']).out)).toMatchObject({
      written: true,
      articles: 1,
    });
  });
});

test('asking about another corpus leaves the usual index alone', () => {
  const corpus = path.join(folder, 'other');
  cpSync(path.join(root, 'corpus'), corpus, { recursive: true });
  write(
    'other/hafen.md',
    '---\ntitle: Hafen\ndate: 2023-05-01\n---\nDer Hafen von Sellin bleibt bis Freitag gesperrt.\n',
  );
  const before = readdirSync(index);
  const { code, out } = run('ask', ['--corpus', corpus, 'Wie lange bleibt der Hafen von Sellin gesperrt?']);
  expect(code).toBe(0);
  expect(out).toContain('Der Hafen von Sellin bleibt bis Freitag gesperrt.');
  expect(readdirSync(index).filter((name) => !name.startsWith('corpus-'))).toEqual(before);
});

test('an evaluation never touches the database that others answer from', () => {
  const questions = path.join(root, 'tests/data/gold/questions.jsonl');
  const env = { VECTOR_STORE: 'postgres', DATABASE_URL: 'postgres://nobody@127.0.0.1:9/nothing' };
  const { code, err } = run('eval', ['--questions', questions], { env });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

const missing = path.join(folder, 'missing');

describe('what goes wrong is said in words, without a stack trace', () => {
  test.each<[string, string, string[], Record<string, string>, number, RegExp]>([
    ['no question', 'ask', [], {}, 2, /no question given/],
    ['question and --stdin', 'ask', ['--stdin', 'who?'], {}, 2, /either a question or --stdin/],
    ['an unknown option', 'ask', ['--loud', 'who?'], {}, 2, /unknown option '--loud'/],
    ['an impossible date', 'ask', ['--since', '2022-02-30', 'who?'], {}, 2, /--since.*2022-02-30/],
    ['a date in words', 'ask', ['--until', 'yesterday', 'who?'], {}, 2, /--until.*yesterday/],
    ['a limit of none', 'ask', ['--limit', '0', 'who?'], {}, 2, /--limit.*from 1 to 50/],
    ['a limit that is no number', 'ask', ['--limit', 'all', 'who?'], {}, 2, /--limit.*from 1 to 50/],
    ['a missing corpus', 'embed', ['--corpus', missing, '--index', `${missing}-index`], {}, 1, /missing/],
    [
      'a corpus that is a file',
      'embed',
      ['--corpus', import.meta.filename, '--index', missing],
      {},
      1,
      /programs\.test\.ts/,
    ],
    ['an index that is a file', 'embed', ['--index', import.meta.filename], {}, 1, /programs\.test\.ts/],
    ['an unknown embed option', 'embed', ['--fast'], {}, 2, /unknown option '--fast'/],
    ['eval without questions', 'eval', [], {}, 2, /--questions/],
    ['a missing question file', 'eval', ['--questions', missing], {}, 1, /missing cannot be read/],
    ['a rank that is no number', 'eval', ['--questions', 'x', '--k', '1,many'], {}, 2, /--k.*from 1 to 100/],
    ['a wrong variable', 'ask', ['who?'], { MAX_FILE_MB: 'much' }, 1, /MAX_FILE_MB/],
    ['an unknown embedding model', 'ask', ['who?'], { EMBEDDINGS: 'magic' }, 1, /EMBEDDINGS/],
    ['a chat model without provider', 'ask', ['who?'], { CHAT_MODEL: 'gpt' }, 1, /CHAT_MODEL/],
    ['postgres without an address', 'ask', ['who?'], { VECTOR_STORE: 'postgres' }, 1, /DATABASE_URL/],
  ])('%s', (_, program, args, env, code, message) => {
    const result = run(program, args, { env });
    expect(result.err).toMatch(message);
    expect(result.err).not.toMatch(/^\s+at /m);
    expect(result.code).toBe(code);
  });

  test('a corpus without articles', () => {
    const empty = path.dirname(write('empty/notes.xyz', 'no format we know'));
    const { code, out } = run('embed', ['--corpus', empty, '--index', path.join(folder, 'empty-index')]);
    expect(code).toBe(1);
    expect(out).toContain('notes.xyz');
  });

  test('a question file with a broken line', () => {
    const file = write('broken.jsonl', '{"id":"1","question":"who?","abstain":true}\n{"id":\n');
    expect(run('eval', ['--questions', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 2'),
    });
  });
});
