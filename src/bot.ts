#!/usr/bin/env node
import { REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import { buildMissingIndex, runBot } from './app/run-bot.ts';
import { runShards } from './app/run-shards.ts';
import { type Config, readConfig } from './config.ts';
import { explainRefusal } from './discord/bot.ts';
import { findApplicationId, publishCommands } from './discord/publish.ts';
import { Fault } from './errors.ts';
import { EXIT, runProgram } from './terminal/program.ts';

const WITHOUT_TOKEN = `The Discord bot needs a token:
  1. https://discord.com/developers/applications: New Application, then Bot, Reset Token, Copy.
  2. Put it into the file .env as DISCORD_TOKEN=..., then run npm start again (README, "Set up the bot").
Without one, questions work at the terminal: npm run ask -- "what did Russia demand?" or npm run chat.
`;

await runProgram(async () => {
  const config = readConfig();
  const token = config.DISCORD_TOKEN;
  if (token === undefined) {
    process.stderr.write(WITHOUT_TOKEN);
    return EXIT.fault;
  }
  await buildMissingIndex(config);
  if (config.DISCORD_SHARDS === 1) await runBot(config, token);
  else await runMany(config, token);
  return EXIT.done;
});
// A run of the embed script that is under way shall not keep the process.
process.exit();

async function runMany(config: Config, token: string): Promise<void> {
  const rest = new REST(config.DISCORD_API_URL === undefined ? {} : { api: config.DISCORD_API_URL });
  rest.setToken(token);
  const { shards } = await askDiscord();
  if (shards === 1) await runBot(config, token);
  else await runShards(config, token, shards);

  async function askDiscord() {
    try {
      if (config.DISCORD_REGISTER)
        await publishCommands(rest, {
          applicationId: config.DISCORD_APPLICATION_ID ?? (await findApplicationId(rest)),
          guildId: config.DISCORD_GUILD_ID,
        });
      if (config.DISCORD_SHARDS !== 'auto') return { shards: config.DISCORD_SHARDS };
      return (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    } catch (error) {
      throw new Fault(explainRefusal(error, config.DISCORD_API_URL), { cause: error });
    }
  }
}
