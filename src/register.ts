#!/usr/bin/env node
import { REST } from 'discord.js';
import { readConfig } from './config.ts';
import { explainRefusal } from './discord/bot.ts';
import { findApplicationId, type PublishedChanges, publishCommands } from './discord/publish.ts';
import { Fault } from './errors.ts';
import { EXIT, runProgram } from './terminal/program.ts';

await runProgram(async () => {
  const config = readConfig();
  if (config.DISCORD_TOKEN === undefined)
    throw new Fault(
      'DISCORD_TOKEN is not set. It is needed to publish the commands; npm start says how to get one.',
    );
  const rest = new REST(config.DISCORD_API_URL === undefined ? {} : { api: config.DISCORD_API_URL });
  rest.setToken(config.DISCORD_TOKEN);
  try {
    const applicationId = config.DISCORD_APPLICATION_ID ?? (await findApplicationId(rest));
    const guildId = config.DISCORD_GUILD_ID;
    const changes = await publishCommands(rest, { applicationId, guildId });
    process.stdout.write(
      renderChanges(changes, guildId === undefined ? 'everywhere' : `in server ${guildId}`),
    );
  } catch (error) {
    throw new Fault(explainRefusal(error, config.DISCORD_API_URL), { cause: error });
  }
  return EXIT.done;
});

function renderChanges({ added, changed, removed, unchanged }: PublishedChanges, where: string): string {
  const lines = [
    ...added.map((name) => `+ ${name}`),
    ...changed.map((name) => `~ ${name}`),
    ...removed.map((name) => `- ${name}`),
  ];
  return lines.length === 0
    ? `Nothing has changed: ${unchanged.length} commands ${where}.\n`
    : `${lines.join('\n')}\nPublished ${where}; ${unchanged.length} commands had not changed.\n`;
}
