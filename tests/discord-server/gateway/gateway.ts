import type { Server } from 'node:http';
import { GatewayIntentBits as Intent, GatewayOpcodes as Opcode } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { asArray, asNumber, asRecord, asText, type Json } from '../json.ts';
import { renderGuild, renderUser } from '../world/payloads.ts';
import type { State, Wait } from '../world/state.ts';
import { createSessions, type Dispatch, isOnShard, type Session, type Shard } from './sessions.ts';

const PRIVILEGED_INTENTS = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;
const COMMANDS_PER_MINUTE = 120;

export type GatewayControl = {
  readonly connected: boolean;
  /** Identified or resumed, and the guilds sent. */
  ready(options?: Wait): Promise<void>;
  /** Cuts the socket without a close frame. */
  drop(): void;
  /** Closes with a code: 4000 lets the client resume, 4004 does not. */
  close(code: number): void;
  /** Op 7: please reconnect and resume. */
  reconnect(): void;
  /** Op 9; without `resumable` the session is forgotten. */
  invalidateSession(options?: { resumable?: boolean }): void;
  /** Heartbeats are no longer acknowledged: a zombie connection. */
  withholdAcks(on: boolean): void;
  refuseConnections(on: boolean): void;
  readonly identifies: readonly Identify[];
  readonly resumes: readonly Resume[];
  readonly heartbeats: number;
};

export type Identify = { at: number; intents: number; shard: Shard; properties: Json };
export type Resume = { at: number; sequence: number; replayed: number };

export type Gateway = {
  dispatch: Dispatch;
  control: GatewayControl;
  attach(server: Server): void;
  close(): void;
};

export function createGateway(
  state: State,
  options: { token: string; heartbeatInterval: number; url: () => string },
): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = createSessions(state);
  const identifies: Identify[] = [];
  const resumes: Resume[] = [];
  let heartbeats = 0;
  let acksWithheld = false;
  let refusing = false;

  function attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      if (refusing) {
        socket.destroy();
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => {
        const query = new URL(request.url ?? '/', 'ws://127.0.0.1').searchParams;
        if (query.get('v') !== '10') client.close(4012, 'Invalid API version.');
        else if (query.get('encoding') !== 'json') client.close(4002, 'This server speaks JSON.');
        else if (query.has('compress')) client.close(4002, 'This server does not compress.');
        else welcome(client);
      });
    });
  }

  function welcome(client: WebSocket): void {
    let received = 0;
    const minute = setInterval(() => {
      received = 0;
    }, 60_000).unref();
    send(client, Opcode.Hello, { heartbeat_interval: options.heartbeatInterval, _trace: [] });
    client.on('close', () => {
      clearInterval(minute);
      const session = sessions.find(client);
      if (session) session.socket = undefined;
      state.changed();
    });
    client.on('message', (raw) => {
      received += 1;
      if (received > COMMANDS_PER_MINUTE) misbehave(client, 4008, 'more than 120 commands a minute');
      else receive(client, String(raw));
      state.changed();
    });
  }

  function receive(client: WebSocket, text: string): void {
    const packet = parsePacket(text);
    const session = sessions.find(client);
    if (!packet) misbehave(client, 4002, 'a packet that is not JSON with an op');
    else if (packet.op === Opcode.Heartbeat) beat(client, session, packet.d);
    else if (packet.op === Opcode.Identify || packet.op === Opcode.Resume) {
      if (session) misbehave(client, 4005, 'a second identify or resume on one connection');
      else if (packet.op === Opcode.Identify) identify(client, asRecord(packet.d));
      else resume(client, asRecord(packet.d));
    } else if (!session) misbehave(client, 4003, `op ${packet.op} before identify`);
    else if (packet.op !== Opcode.PresenceUpdate)
      misbehave(client, 4001, `op ${packet.op}, which it has no use for`);
  }

  function misbehave(client: WebSocket, code: number, what: string): void {
    state.violate('gateway', `the client sent ${what}`);
    client.close(code, what);
  }

  function beat(client: WebSocket, session: Session | undefined, sequence: unknown): void {
    heartbeats += 1;
    if (session && asNumber(sequence) > session.sequence) {
      misbehave(client, 4007, `a heartbeat with sequence ${sequence}, last was ${session.sequence}`);
    } else if (!acksWithheld) send(client, Opcode.HeartbeatAck, null);
  }

  function identify(client: WebSocket, data: Json): void {
    const intents = asNumber(data.intents);
    const [index = 0, count = 1] = asArray(data.shard).map(asNumber);
    identifies.push({
      at: state.clock.now(),
      intents,
      shard: [index, count],
      properties: asRecord(data.properties),
    });
    const privileged = intents & PRIVILEGED_INTENTS;
    if (asText(data.token) !== options.token) misbehave(client, 4004, 'a wrong token');
    else if (privileged) misbehave(client, 4014, `privileged intents (${privileged})`);
    else greet(sessions.open(client, intents, [index, count]));
  }

  /** READY, then the guilds. */
  function greet(session: Session): void {
    const guilds = [...state.guilds.values()].filter(
      (guild) => guild.botIsMember && isOnShard(session.shard, guild.id),
    );
    sessions.send(session, 'READY', {
      v: 10,
      user: { ...renderUser(state.bot), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: session.shard,
      application: { id: state.applicationId, flags: 0 },
    });
    if (!(session.intents & Intent.Guilds)) return;
    for (const guild of guilds) sessions.send(session, 'GUILD_CREATE', renderGuild(state, guild));
  }

  function resume(client: WebSocket, data: Json): void {
    const sequence = asNumber(data.seq);
    const valid = asText(data.token) === options.token;
    const replayed = valid ? sessions.resume(asText(data.session_id), sequence, client) : undefined;
    const session = sessions.find(client);
    if (replayed === undefined || !session) {
      send(client, Opcode.InvalidSession, false);
      return;
    }
    resumes.push({ at: state.clock.now(), sequence, replayed });
    sessions.send(session, 'RESUMED', { _trace: [] });
  }

  /** The sessions stay, for the client to come back to. */
  function cut(act: (socket: WebSocket) => void): void {
    for (const session of sessions.connected()) {
      const { socket } = session;
      session.socket = undefined;
      if (socket) act(socket);
    }
  }

  const control: GatewayControl = {
    get connected() {
      return sessions.connected().length > 0;
    },
    async ready(wait = {}) {
      await state.until(() => control.connected, { ...wait, what: 'the bot to identify' });
    },
    drop: () => cut((socket) => socket.terminate()),
    close: (code) => cut((socket) => socket.close(code)),
    reconnect() {
      for (const { socket } of sessions.connected()) if (socket) send(socket, Opcode.Reconnect, null);
    },
    invalidateSession({ resumable = false } = {}) {
      cut((socket) => send(socket, Opcode.InvalidSession, resumable));
      if (!resumable) sessions.forgetAll();
    },
    withholdAcks(on) {
      acksWithheld = on;
    },
    refuseConnections(on) {
      refusing = on;
    },
    identifies,
    resumes,
    get heartbeats() {
      return heartbeats;
    },
  };

  return {
    dispatch: sessions.dispatch,
    control,
    attach,
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function send(client: WebSocket, op: number, data: unknown): void {
  client.send(JSON.stringify({ op, d: data }));
}

function parsePacket(text: string): { op: number; d: unknown } | undefined {
  try {
    const packet = asRecord(JSON.parse(text));
    return typeof packet.op === 'number' ? { op: packet.op, d: packet.d } : undefined;
  } catch {
    return undefined;
  }
}
