import type { Server } from 'node:http';
import { GatewayIntentBits as Intent, GatewayOpcodes as Opcode } from 'discord.js';
import { WebSocket, WebSocketServer } from 'ws';
import { asArray, asNumber, asRecord, asText, type Json } from './json.ts';
import { renderGuild, renderUser } from './world/payloads.ts';
import type { State, Wait } from './world/state.ts';

export const PRIVILEGED_INTENTS = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

const REPLAY_LIMIT = 1000;
const COMMANDS_PER_MINUTE = 120;

/** Sends an event to every session that wants it, also to those cut off, which get it when they resume. */
export type Dispatch = (event: string, data: Json, target?: { guildId?: string; intent?: number }) => void;

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
  readonly resumes: readonly { at: number; sequence: number; replayed: number }[];
  readonly heartbeats: number;
};

export type Identify = { at: number; intents: number; shard: readonly [number, number]; properties: Json };

type Session = {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  socket: WebSocket | undefined;
  sequence: number;
  history: { sequence: number; packet: string }[];
};

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
  const sessions = new Map<string, Session>();
  const identifies: Identify[] = [];
  const resumes: { at: number; sequence: number; replayed: number }[] = [];
  let heartbeats = 0;
  let acksWithheld = false;
  let refusing = false;

  const open = () =>
    [...sessions.values()].filter((session) => session.socket?.readyState === WebSocket.OPEN);

  const findSession = (socket: WebSocket) =>
    [...sessions.values()].find((session) => session.socket === socket);

  const dispatch: Dispatch = (event, data, { guildId, intent = 0 } = {}) => {
    for (const session of sessions.values()) {
      if ((session.intents & intent) !== intent || !isOnShard(session.shard, guildId)) continue;
      session.sequence += 1;
      const packet = JSON.stringify({ op: Opcode.Dispatch, s: session.sequence, t: event, d: data });
      session.history.push({ sequence: session.sequence, packet });
      if (session.history.length > REPLAY_LIMIT) session.history.shift();
      session.socket?.send(packet);
    }
  };

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
      const session = findSession(client);
      if (session) session.socket = undefined;
      state.changed();
    });
    client.on('message', (raw) => {
      received += 1;
      if (received > COMMANDS_PER_MINUTE) return misbehave(client, 4008, 'more than 120 commands a minute');
      const packet = parsePacket(String(raw));
      if (!packet) return misbehave(client, 4002, 'a packet that is not JSON with an op');
      const session = findSession(client);
      if (packet.op === Opcode.Heartbeat) beat(client, session, packet.d);
      else if (packet.op === Opcode.Identify || packet.op === Opcode.Resume) {
        if (session) misbehave(client, 4005, 'a second identify or resume on one connection');
        else if (packet.op === Opcode.Identify) identify(client, asRecord(packet.d));
        else resume(client, asRecord(packet.d));
      } else if (!session) misbehave(client, 4003, `op ${packet.op} before identify`);
      else if (packet.op !== Opcode.PresenceUpdate)
        misbehave(client, 4001, `op ${packet.op}, which the bot has no use for`);
      state.changed();
    });
  }

  function misbehave(client: WebSocket, code: number, what: string): void {
    state.violate('gateway', `the client sent ${what}`);
    client.close(code, what);
  }

  function beat(client: WebSocket, session: Session | undefined, sequence: unknown): void {
    heartbeats += 1;
    if (session && sequence !== null && asNumber(sequence) > session.sequence) {
      misbehave(client, 4007, `a heartbeat with sequence ${sequence}, last was ${session.sequence}`);
    } else if (!acksWithheld) send(client, Opcode.HeartbeatAck, null);
  }

  function identify(client: WebSocket, data: Json): void {
    const intents = asNumber(data.intents);
    const [index = 0, count = 1] = asArray(data.shard).map(asNumber);
    const shard = [index, count] as const;
    identifies.push({ at: state.clock.now(), intents, shard, properties: asRecord(data.properties) });
    const privileged = intents & PRIVILEGED_INTENTS;
    if (asText(data.token) !== options.token) misbehave(client, 4004, 'a wrong token');
    else if (privileged) misbehave(client, 4014, `privileged intents (${privileged})`);
    else greet(openSession(client, intents, shard));
  }

  function openSession(client: WebSocket, intents: number, shard: readonly [number, number]): Session {
    // A client that identifies again has given up what it was cut off from.
    for (const [id, other] of sessions) if (!other.socket) sessions.delete(id);
    const session = { id: state.createId(), intents, shard, socket: client, sequence: 0, history: [] };
    sessions.set(session.id, session);
    return session;
  }

  /** READY to this session only, then its guilds. */
  function greet(session: Session): void {
    const guilds = [...state.guilds.values()].filter(
      (guild) => guild.botIsMember && isOnShard(session.shard, guild.id),
    );
    const packets: [string, Json][] = [
      [
        'READY',
        {
          v: 10,
          user: { ...renderUser(state.bot), verified: true, mfa_enabled: false, email: null },
          guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
          session_id: session.id,
          resume_gateway_url: options.url(),
          shard: session.shard,
          application: { id: state.applicationId, flags: 0 },
        },
      ],
      ...(session.intents & Intent.Guilds
        ? guilds.map((guild): [string, Json] => ['GUILD_CREATE', renderGuild(state, guild)])
        : []),
    ];
    for (const [event, data] of packets) {
      session.sequence += 1;
      session.socket?.send(JSON.stringify({ op: Opcode.Dispatch, s: session.sequence, t: event, d: data }));
    }
  }

  function resume(client: WebSocket, data: Json): void {
    const session = sessions.get(asText(data.session_id));
    const sequence = asNumber(data.seq);
    const oldest = session?.history[0]?.sequence ?? (session?.sequence ?? 0) + 1;
    if (
      !session ||
      asText(data.token) !== options.token ||
      sequence > session.sequence ||
      sequence < oldest - 1
    ) {
      if (session) sessions.delete(session.id);
      send(client, Opcode.InvalidSession, false);
      return;
    }
    session.socket?.terminate();
    session.socket = client;
    const missed = session.history.filter((entry) => entry.sequence > sequence);
    for (const { packet } of missed) client.send(packet);
    resumes.push({ at: state.clock.now(), sequence, replayed: missed.length });
    session.sequence += 1;
    const packet = JSON.stringify({
      op: Opcode.Dispatch,
      s: session.sequence,
      t: 'RESUMED',
      d: { _trace: [] },
    });
    session.history.push({ sequence: session.sequence, packet });
    client.send(packet);
  }

  function cut(act: (socket: WebSocket) => void): void {
    for (const session of open()) {
      const { socket } = session;
      session.socket = undefined;
      if (socket) act(socket);
    }
  }

  const control: GatewayControl = {
    get connected() {
      return open().length > 0;
    },
    async ready(wait = {}) {
      await state.until(() => control.connected, { ...wait, what: 'the bot to identify' });
    },
    drop: () => cut((socket) => socket.terminate()),
    close: (code) => cut((socket) => socket.close(code)),
    reconnect() {
      for (const { socket } of open()) if (socket) send(socket, Opcode.Reconnect, null);
    },
    invalidateSession({ resumable = false } = {}) {
      cut((socket) => send(socket, Opcode.InvalidSession, resumable));
      if (!resumable) sessions.clear();
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
    dispatch,
    control,
    attach,
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** What is in no guild goes to the first shard. */
function isOnShard([index, count]: readonly [number, number], guildId: string | undefined): boolean {
  return guildId === undefined ? index === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
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
