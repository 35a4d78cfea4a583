// Pictures of the bot's real messages for the README: the bot answers from corpus/ on the loopback Discord of the tests,
// the messages it sends are drawn in Discord's style, and headless Chromium photographs them.
//
//   npx tsx scripts/render-message.ts                        docs/images/answer.png and source.png
//   npx tsx scripts/render-message.ts message.json out.png   any message: its components as Discord's API has them
//
// Needs Chromium (Debian: apt-get install chromium fonts-open-sans fonts-noto-color-emoji).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { embedCorpus } from '../src/app/embed-corpus.ts';
import { openFundstelle } from '../src/app/open-fundstelle.ts';
import { parseConfig } from '../src/config.ts';
import { startBot } from '../src/discord/bot.ts';
import { openFeedback } from '../src/feedback/store.ts';
import { createLog } from '../src/log.ts';
import { startDiscordServer } from '../tests/discord-server/server.ts';
import { renderPage, type ShownMessage } from './render-message/html.ts';

const QUESTION = 'What did Russia demand?';
const FOLDER = 'docs/images';
const WIDTH = 688;

const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-render-'));
try {
  const [file, picture] = process.argv.slice(2);
  if (file !== undefined && picture !== undefined) {
    const { components } = JSON.parse(readFileSync(file, 'utf8')) as { components: unknown[] };
    photograph({ components, author: 'Fundstelle', context: '', onlyYou: false }, picture);
  } else {
    mkdirSync(FOLDER, { recursive: true });
    const { answer, source } = await askTheBot();
    const context = `↱ Ada used /ask`;
    photograph({ components: answer, author: 'Fundstelle', context, onlyYou: false }, `${FOLDER}/answer.png`);
    photograph(
      { components: source, author: 'Fundstelle', context: '↱ Ada opened a quote', onlyYou: true },
      `${FOLDER}/source.png`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The components of an answer and of its first quote, opened. */
async function askTheBot() {
  const server = await startDiscordServer();
  const config = parseConfig({ INDEX_DIR: path.join(folder, 'index') });
  await embedCorpus(config);
  const engine = await openFundstelle(config);
  const feedback = await openFeedback({ file: ':memory:', maxRows: 1 });
  const bot = await startBot({
    token: server.token,
    apiUrl: server.apiUrl,
    register: true,
    rules: { channels: [], roles: [], cooldownMs: 0, concurrency: 1 },
    history: { maxTurns: 1, maxAgeMs: 1 },
    engine,
    feedback,
    reindex: () => embedCorpus(config),
    log: createLog({ level: 'warn' }),
  });
  await server.gateway.ready();
  const asked = server.slash('ask', { question: QUESTION });
  const { components: answer } = await asked.response();
  const quote = /"value":"([^"]+)"/.exec(JSON.stringify(answer))?.[1] ?? '';
  const { components: source } = await (await asked.select(quote)).response();
  await bot.stop();
  await server.close();
  await engine.close();
  return { answer, source };
}

/** Draws a message and photographs it at its own height. */
function photograph(message: ShownMessage, picture: string): void {
  const page = path.join(folder, 'page.html');
  writeFileSync(
    page,
    `${renderPage(message)}<script>document.title = document.querySelector('main').offsetHeight</script>`,
  );
  const dom = runChromium('--dump-dom', pathToFileURL(page).href);
  const height = /<title>(\d+)<\/title>/.exec(dom)?.[1];
  if (height === undefined) throw new Error('the page has no height');
  runChromium(
    `--screenshot=${path.resolve(picture)}`,
    `--window-size=${WIDTH},${height}`,
    pathToFileURL(page).href,
  );
  process.stdout.write(`${picture}\n`);
}

function runChromium(...options: string[]): string {
  const run = spawnSync(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--force-device-scale-factor=1.5',
      `--user-data-dir=${folder}/profile`,
      ...options,
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (run.error) throw new Error(`Chromium cannot be started: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`Chromium failed: ${run.stderr}`);
  return run.stdout;
}
