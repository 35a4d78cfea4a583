import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { embedCorpus } from '../../src/app/embed-corpus.ts';
import { openFundstelle } from '../../src/app/open-fundstelle.ts';
import { parseConfig } from '../../src/config.ts';
import { createClock } from '../discord-server/server.ts';
import { openStage, type Stage } from './support/harness.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-load-'));
const config = parseConfig({ INDEX_DIR: path.join(folder, 'index') });
await embedCorpus(config);
const engine = await openFundstelle(config);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Interactions of the soak test; the long run takes minutes: SOAK=20000 npx vitest run tests/discord/load.test.ts */
const SOAK = Number(process.env.SOAK ?? 1000);

const PATIENT = { timeout: 60_000 };

/** Whether other programs want the processor as well; then their share of the time is not ours to answer for. */
const BUSY = loadavg()[0]! > availableParallelism();

/** Discord's clock: the wall's, or on a busy machine the processor time that this process got. */
function createFairClock(): ReturnType<typeof createClock> {
  if (!BUSY) return createClock();
  const start = Date.now();
  let ahead = 0;
  return {
    now: () => {
      const { user, system } = process.cpuUsage();
      return Math.round(start + (user + system) / 1000 + ahead);
    },
    advance: (ms) => {
      ahead += ms;
    },
  };
}

const QUESTIONS = [
  'What did Russia demand?',
  'Wo trafen sich Lawrow und Blinken?',
  'Wie lange dauerte das Treffen?',
];

it('200 people ask at once: all are acknowledged within a second and answered, and memory comes back', async () => {
  const { server, expectManners } = await openStage({ engine, discord: { clock: createFairClock() } });
  await server.slash('ask', { question: QUESTIONS[0]! }).response(PATIENT);
  const before = heapNow();
  const started = performance.now();
  const asked = Array.from({ length: 200 }, (_, i) =>
    server.slash('ask', { question: QUESTIONS[i % 3]! }, { user: server.addUser() }),
  );
  const answers = await Promise.all(asked.map((one) => one.response(PATIENT)));
  const took = performance.now() - started;
  for (const { text } of answers) expect(text).toMatch(/quotes? checked/);
  const delays = asked
    .map(({ acknowledgedAfter }) => acknowledgedAfter ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  await settle(server);
  const grown = heapNow() - before;
  console.log(
    `200 at once: acknowledged p50 ${delays[99]} ms, p99 ${delays[197]} ms${BUSY ? ' of processor time' : ''}; ` +
      `all answered after ${took.toFixed(0)} ms; heap ${(grown / 1e6).toFixed(1)} MB up, the test's records included`,
  );
  expect(delays[197]).toBeLessThan(1000);
  expect(grown).toBeLessThan(30e6);
  expectManners();
}, 120_000);

it(`${SOAK} interactions leave no memory and no listeners behind`, async () => {
  const stage = await openStage({
    engine, // Time stands still for Discord's deadlines: this is about memory, on however busy a machine.
    discord: { keep: 200, clock: createClock({ frozen: true }) },
    feedback: undefined,
  });
  const { server, bot, expectManners } = stage;
  const people = Array.from({ length: 20 }, () => server.addUser());
  const listeners = () =>
    bot.client.eventNames().reduce((sum, name) => sum + bot.client.listenerCount(name), 0) +
    process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  // The first fifth fills caches and lets the compiler do its work.
  await run(SOAK / 5);
  const [heap, count] = [heapNow(), listeners()];
  await run((SOAK * 4) / 5);
  await settle(server);
  const grown = heapNow() - heap;
  console.log(
    `${SOAK} interactions: heap grew by ${(grown / 1e6).toFixed(1)} MB, listeners ${count} -> ${listeners()}`,
  );
  expect(listeners()).toBe(count);
  expect(grown).toBeLessThan(20e6);
  expectManners();

  async function run(interactions: number) {
    for (let done = 0; done < interactions; done += people.length)
      await Promise.all(people.map((user, i) => use(stage, user, done + i)));
  }
}, 1_800_000);

async function use(
  { server }: Stage,
  user: ReturnType<Stage['server']['addUser']>,
  turn: number,
): Promise<void> {
  const question = `${QUESTIONS[turn % 3]} ${turn}`;
  switch (turn % 5) {
    case 0:
      await server.slash('ask', { question }, { user }).response(PATIENT);
      return;
    case 1:
      await server.slash('search', { query: 'Lawrow' }, { user }).response(PATIENT);
      return;
    case 2:
      await server.autocomplete('source', { option: 'article', value: 'U' }, {}, { user }).choices(PATIENT);
      return;
    case 3:
      await server.slash('sources', {}, { user }).response(PATIENT);
      return;
    default:
      await server.say(`<@${server.botId}> ${question}`, { user }).reply(PATIENT);
  }
}

/** Lets timers and sockets of finished work go. */
const settle = (server: Stage['server']) =>
  server
    .until(() => server.interactions.every(({ original }) => original?.loading !== true))
    .then(() => new Promise((resolve) => setTimeout(resolve, 500)));

function heapNow(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
