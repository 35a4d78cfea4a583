import { runBot } from './app/run-bot.ts';
import { readConfig } from './config.ts';
import { runProgram } from './terminal/program.ts';

// One of the processes that bot.ts starts. The parent has published the commands and serves no metrics.
await runProgram(async () => {
  const config = readConfig();
  await runBot({ ...config, DISCORD_REGISTER: false, METRICS_PORT: undefined }, config.DISCORD_TOKEN ?? '');
  return 0;
});
process.exit();
