import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeedback } from '../../src/feedback/store.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-feedback-'));
  file = path.join(folder, 'deep', 'feedback.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rating = { messageId: 'm', channelId: 'c', guildId: 'g', userId: 'u', helpful: true };

describe('ratings', () => {
  it('count once for each person and message, the last word wins, and outlive a restart', async () => {
    const store = await openFeedback({ file, maxRows: 10 });
    await store.rate(rating);
    await store.rate({ ...rating, helpful: false, reason: 'wrong', remark: 'It says 1997.' });
    await store.rate({ ...rating, userId: 'v' });
    await store.rate({ ...rating, guildId: undefined, userId: 'w' });
    await store.close();
    const again = await openFeedback({ file, maxRows: 10 });
    expect(await again.summarizeRatings('g')).toEqual({
      helpful: 1,
      notHelpful: 1,
      reasons: { wrong: 1 },
      remarks: [{ remark: 'It says 1997.', channelId: 'c', messageId: 'm' }],
    });
    await again.close();
  });
});

describe('gaps', () => {
  it('count the same question in other words of punctuation and case, by server, most asked first', async () => {
    let now = 0;
    const store = await openFeedback({ file, maxRows: 10, now: () => (now += 1000) });
    const ask = (question: string, userId = 'u', guildId = 'g') =>
      store.recordGap({ guildId, userId, question });
    await ask('What is love?');
    await ask('Who won the cup?');
    await ask('WHO won  the cup');
    await ask('who won the cup!', 'v');
    await ask('Who won the cup?', 'u', 'elsewhere');
    expect(await store.listGaps('g', 10)).toEqual([
      { question: 'who won the cup!', times: 3, last: '1970-01-01T00:00:04.000Z' },
      { question: 'What is love?', times: 1, last: '1970-01-01T00:00:01.000Z' },
    ]);
    expect(await store.listGaps('g', 1)).toHaveLength(1);
    await store.close();
  });
});

it('keeps so many rows of each kind, the newest', async () => {
  let now = 0;
  const store = await openFeedback({ file, maxRows: 3, now: () => (now += 1) });
  for (let i = 0; i < 8; i += 1) {
    await store.rate({ ...rating, messageId: `m${i}` });
    await store.recordGap({ guildId: 'g', userId: 'u', question: `Question ${i}` });
  }
  expect((await store.summarizeRatings('g')).helpful).toBe(3);
  expect((await store.listGaps('g', 9)).map(({ question }) => question)).toEqual([
    'Question 7',
    'Question 6',
    'Question 5',
  ]);
  await store.close();
});

it('forgets a person, in the file as well', async () => {
  const store = await openFeedback({ file, maxRows: 10 });
  await store.rate({ ...rating, helpful: false, remark: 'Unmistakable words of mine' });
  await store.recordGap({ guildId: 'g', userId: 'u', question: 'Unmistakable question of mine' });
  await store.recordGap({ guildId: 'g', userId: 'v', question: 'Another one' });
  expect(await store.forget('u')).toBe(2);
  expect(await store.forget('u')).toBe(0);
  expect(await store.listGaps('g', 9)).toHaveLength(1);
  await store.close();
  expect(readFileSync(file, 'latin1')).not.toContain('Unmistakable');
});

describe('files', () => {
  it('of a newer version are left alone', async () => {
    const store = await openFeedback({ file, maxRows: 10 });
    await store.close();
    const bytes = readFileSync(file);
    bytes.writeUInt32BE(99, 60);
    writeFileSync(file, bytes);
    await expect(openFeedback({ file, maxRows: 10 })).rejects.toThrow(
      /written by a newer version \(schema 99/,
    );
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('that are no database give a fault that says what to do', async () => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'This is no database, but it is long enough to look at.'.repeat(20));
    await expect(openFeedback({ file, maxRows: 10 })).rejects.toThrow(
      /feedback database cannot be opened.*FEEDBACK=false/,
    );
  });

  it('with the lock of a killed process open again; a fresh lock is waited for', async () => {
    const store = await openFeedback({ file, maxRows: 10 });
    await store.close();
    const lock = `${file}.lock`;
    mkdirSync(lock);
    const old = Date.now() / 1000 - 60;
    utimesSync(lock, old, old);
    await (await openFeedback({ file, maxRows: 10 })).close();
    mkdirSync(lock);
    setTimeout(() => rmSync(lock, { recursive: true }), 300);
    const started = Date.now();
    const reopened = await openFeedback({ file, maxRows: 10 });
    await reopened.rate(rating);
    expect(Date.now() - started).toBeGreaterThanOrEqual(250);
    await reopened.close();
  });

  it('survive a process that is killed while it writes', async () => {
    const script = `
      import { openFeedback } from ${JSON.stringify(path.resolve('src/feedback/store.ts'))};
      const store = await openFeedback({ file: ${JSON.stringify(file)}, maxRows: 100000 });
      console.log('writing');
      for (let i = 0; ; i++) await store.rate({ messageId: 'm' + i, channelId: 'c', guildId: 'g', userId: 'u', helpful: true });
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(existsSync(file)).toBe(true);
    const store = await openFeedback({ file, maxRows: 100_000 });
    const { helpful } = await store.summarizeRatings('g');
    expect(helpful).toBeGreaterThan(0);
    await store.rate({ ...rating, messageId: 'after' });
    expect((await store.summarizeRatings('g')).helpful).toBe(helpful + 1);
    await store.close();
  });

  it('are shared by processes', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => openFeedback({ file, maxRows: 100 })));
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one! : other!).rate({ ...rating, messageId: `m${i}` })),
    );
    expect((await one!.summarizeRatings('g')).helpful).toBe(20);
    await one!.close();
    await other!.close();
  });
});
