import { runBot } from './app/run-bot.ts';
import { readConfig } from './config.ts';
import { EXIT, runProgram } from './terminal/program.ts';

// One of the processes that bot.ts starts. The parent has published the commands.
await runProgram(async () => {
  const config = readConfig();
  await runBot({ ...config, DISCORD_REGISTER: false }, config.DISCORD_TOKEN ?? '');
  return EXIT.done;
});
process.exit();
