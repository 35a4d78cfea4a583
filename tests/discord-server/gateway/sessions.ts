import { GatewayOpcodes as Opcode } from 'discord.js';
import { WebSocket } from 'ws';
import type { Json } from '../json.ts';
import type { State } from '../world/state.ts';

/** Events kept for a client that comes back. */
const REPLAY_LIMIT = 1000;

/** Sends an event to every session that wants it, also to those cut off, which get it when they resume. */
export type Dispatch = (event: string, data: Json, target?: { guildId?: string; intent?: number }) => void;

export type Shard = readonly [index: number, count: number];

export type Session = {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  /** Absent while the client is cut off. */
  socket: WebSocket | undefined;
  sequence: number;
  history: { sequence: number; packet: string }[];
};

export type Sessions = {
  dispatch: Dispatch;
  open(socket: WebSocket, intents: number, shard: Shard): Session;
  /** To this session alone. */
  send(session: Session, event: string, data: Json): void;
  /** Gives the session its new socket and what it missed; the number of events, or undefined when it cannot be resumed. */
  resume(id: string, sequence: number, socket: WebSocket): number | undefined;
  find(socket: WebSocket): Session | undefined;
  connected(): Session[];
  forgetAll(): void;
};

export function createSessions(state: State): Sessions {
  const sessions = new Map<string, Session>();

  function send(session: Session, event: string, data: Json): void {
    session.sequence += 1;
    const { sequence } = session;
    const packet = JSON.stringify({ op: Opcode.Dispatch, s: sequence, t: event, d: data });
    session.history.push({ sequence, packet });
    if (session.history.length > REPLAY_LIMIT) session.history.shift();
    session.socket?.send(packet);
  }

  return {
    send,
    dispatch(event, data, { guildId, intent = 0 } = {}) {
      for (const session of sessions.values()) {
        const wanted = (session.intents & intent) === intent && isOnShard(session.shard, guildId);
        if (wanted) send(session, event, data);
      }
    },
    open(socket, intents, shard) {
      // A client that identifies again has given up what it was cut off from.
      for (const [id, other] of sessions) if (!other.socket) sessions.delete(id);
      const session: Session = { id: state.createId(), intents, shard, socket, sequence: 0, history: [] };
      sessions.set(session.id, session);
      return session;
    },
    resume(id, sequence, socket) {
      const session = sessions.get(id);
      if (!session) return undefined;
      const missed = session.history.filter((entry) => entry.sequence > sequence);
      if (sequence > session.sequence || missed.length !== session.sequence - sequence) {
        sessions.delete(id);
        return undefined;
      }
      session.socket?.terminate();
      session.socket = socket;
      for (const { packet } of missed) socket.send(packet);
      return missed.length;
    },
    find: (socket) => [...sessions.values()].find((session) => session.socket === socket),
    connected: () => [...sessions.values()].filter(({ socket }) => socket?.readyState === WebSocket.OPEN),
    forgetAll: () => sessions.clear(),
  };
}

/** What is in no guild goes to the first shard. */
export function isOnShard([index, count]: Shard, guildId: string | undefined): boolean {
  return guildId === undefined ? index === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
}
