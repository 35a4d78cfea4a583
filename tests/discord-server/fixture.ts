import { Client, type ClientOptions, GatewayIntentBits, Partials, REST } from 'discord.js';
import { type DiscordServer, type DiscordServerOptions, startDiscordServer } from './server.ts';

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

export type Fixture = {
  server: DiscordServer;
  client: Client<true>;
  rest: REST;
  close(): Promise<void>;
};

/** A server, and the real client logged in to it. */
export async function startFixture(
  options: DiscordServerOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<Fixture> {
  const server = await startDiscordServer(options);
  const client = createClient(server, clientOptions);
  await client.login(server.token);
  await Promise.all([server.gateway.ready(), untilReady(client)]);
  return {
    server,
    client,
    rest: createRest(server),
    async close() {
      await client.destroy();
      await server.close();
    },
  };
}

export function createClient(server: DiscordServer, options: Partial<ClientOptions> = {}): Client<true> {
  const rest = { api: server.apiUrl, ...options.rest };
  // discord.js would wait five seconds between two identifies.
  const ws = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) };
  return new Client<true>({ intents: INTENTS, partials: [Partials.Channel], ws, ...options, rest });
}

/** discord.js's own REST client, for bodies that its builders would not let through. */
export function createRest(server: DiscordServer): REST {
  return new REST({ api: server.apiUrl, retries: 0 }).setToken(server.token);
}

function untilReady(client: Client): Promise<unknown> {
  return client.isReady() ? Promise.resolve() : new Promise((resolve) => client.once('clientReady', resolve));
}
