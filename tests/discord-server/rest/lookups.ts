import type { Json } from '../json.ts';
import type { Guild } from '../world/model.ts';
import { renderChannel, renderGuild, renderMember, renderRole, renderUser } from '../world/payloads.ts';
import type { State } from '../world/state.ts';
import { refuse } from './api-error.ts';
import type { Route } from './http.ts';

/** What a bot may ask about itself, people and guilds, and where the gateway is. */
export function createLookupRoutes(state: State, gatewayUrl: () => string): Route[] {
  return [
    get('/gateway/bot', () => ({
      url: gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    })),
    get('/gateway', () => ({ url: gatewayUrl() })),
    get('/users/@me', () => renderUser(state.bot)),
    get('/users/:user', ({ param }) => renderUser(findUser(param('user')))),
    get('/applications/@me', renderApplication),
    get('/oauth2/applications/@me', renderApplication),
    get('/users/@me/guilds', () =>
      [...state.guilds.values()].filter((guild) => guild.botIsMember).map(({ id, name }) => ({ id, name })),
    ),
    get('/guilds/:guild', ({ param }) => renderGuild(state, findGuild(param('guild')))),
    get('/guilds/:guild/channels', ({ param }) =>
      findGuild(param('guild'))
        .channels.filter((channel) => channel.kind === 'text')
        .map((channel) => renderChannel(state, channel)),
    ),
    get('/guilds/:guild/roles', ({ param }) => findGuild(param('guild')).roles.map(renderRole)),
    get('/guilds/:guild/members/:user', ({ param }) =>
      renderMember(findGuild(param('guild')), findUser(param('user'))),
    ),
  ];

  function renderApplication(): Json {
    return {
      id: state.applicationId,
      name: state.bot.name,
      icon: null,
      description: '',
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '',
      flags: 0,
      bot: renderUser(state.bot),
      approximate_guild_count: state.guilds.size,
      integration_types_config: { 0: {}, 1: {} },
    };
  }

  function findUser(id: string) {
    const user = state.users.get(id);
    if (!user) throw refuse('unknownUser');
    return user;
  }

  function findGuild(id: string): Guild {
    const guild = state.guilds.get(id);
    if (!guild) throw refuse('unknownGuild');
    if (!guild.botIsMember) throw refuse('missingAccess');
    return guild;
  }
}

function get(pattern: string, render: (request: Parameters<Route['handle']>[0]) => unknown): Route {
  return {
    method: 'GET',
    pattern,
    authorized: true,
    handle: (request) => ({ status: 200, body: render(request) }),
  };
}
