import { Client, GatewayIntentBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { type DiscordServer, startDiscordServer } from './server.ts';

let server: DiscordServer;
let client: Client;

afterEach(async () => {
  await client?.destroy();
  await server?.close();
});

test('a slash command goes to the real client and its answer comes back', async () => {
  server = await startDiscordServer();
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: server.apiUrl } });
  client.on('interactionCreate', async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply({
      content: `you asked: ${interaction.options.getString('question')}`,
      allowedMentions: { parse: [] },
    });
  });
  await client.login(server.token);
  await server.gateway.ready();

  const asked = server.slash('ask', { question: 'what?' });
  const message = await asked.response();

  expect(message.content).toBe('you asked: what?');
  expect(asked.acknowledgement).toBe('defer');
  expect(server.violations).toEqual([]);
});
