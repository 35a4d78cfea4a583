import type { Json } from '../json.ts';
import type { Clock } from './clock.ts';
import type {
  Channel,
  Guild,
  Interaction,
  LoggedRequest,
  Ping,
  SeenMessage,
  User,
  Violation,
} from './model.ts';

export type Wait = { timeout?: number };

/** Everything the loopback Discord knows. Logs and maps keep their newest `keep` entries. */
export type State = {
  readonly clock: Clock;
  readonly applicationId: string;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly messages: BoundedMap<SeenMessage>;
  readonly interactions: BoundedMap<Interaction>;
  /** Published commands by guild id, '' for global ones. */
  readonly commands: Map<string, Json[]>;
  readonly requests: BoundedLog<LoggedRequest>;
  readonly violations: BoundedLog<Violation>;
  readonly pings: BoundedLog<Ping>;
  readonly typing: BoundedLog<{ at: number; channelId: string }>;
  createId(): string;
  violate(rule: string, message: string, request?: { method: string; path: string }): void;
  /** Wakes everybody who waits in `until`. */
  changed(): void;
  until<T>(
    check: () => T | undefined | false | null,
    options?: Wait & { what?: string | (() => string) },
  ): Promise<T>;
};

export type BoundedLog<T> = { readonly entries: T[]; push(entry: T): void };
export type BoundedMap<T> = {
  get(id: string): T | undefined;
  values(): IterableIterator<T>;
  set(id: string, value: T): void;
};

const DISCORD_EPOCH = 1_420_070_400_000n;

export function createState(options: { clock: Clock; keep: number }): State {
  const { clock, keep } = options;
  const waiters = new Set<() => void>();
  let lastId = 0n;

  /** Snowflakes: unique, growing, and carrying the server's time as discord.js reads it back. */
  function createId(): string {
    const id = (BigInt(Math.floor(clock.now())) - DISCORD_EPOCH) << 22n;
    lastId = id > lastId ? id : lastId + 1n;
    return String(lastId);
  }

  const id = createId();
  const bot: User = { id, name: 'Fundstelle', locale: 'en-US', bot: true, acceptsDms: false };
  const violations = createLog<Violation>(keep);

  return {
    clock,
    applicationId: id,
    bot,
    users: new Map([[id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: createMap<SeenMessage>(keep),
    interactions: createMap<Interaction>(keep),
    commands: new Map(),
    requests: createLog<LoggedRequest>(keep),
    violations,
    pings: createLog<Ping>(keep),
    typing: createLog<{ at: number; channelId: string }>(keep),
    createId,
    violate(rule, message, request) {
      violations.push({
        at: clock.now(),
        rule,
        message,
        ...(request && { method: request.method, path: request.path }),
      });
    },
    changed() {
      for (const wake of waiters) wake();
    },
    until(check, { timeout = 5000, what = 'the condition' } = {}) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`waited ${timeout} ms for ${typeof what === 'string' ? what : what()}`));
        }, timeout);
        function stop() {
          waiters.delete(wake);
          clearTimeout(timer);
        }
        function wake() {
          try {
            const result = check();
            if (result === undefined || result === null || result === false) return;
            stop();
            resolve(result);
          } catch (error) {
            stop();
            reject(error);
          }
        }
        waiters.add(wake);
        wake();
      });
    },
  };
}

function createLog<T>(keep: number): BoundedLog<T> {
  const entries: T[] = [];
  return {
    entries,
    push(entry) {
      entries.push(entry);
      if (entries.length > keep) entries.shift();
    },
  };
}

function createMap<T>(keep: number): BoundedMap<T> {
  const map = new Map<string, T>();
  return {
    get: (id) => map.get(id),
    values: () => map.values(),
    set(id, value) {
      map.set(id, value);
      if (map.size <= keep) return;
      for (const oldest of map.keys()) {
        map.delete(oldest);
        break;
      }
    },
  };
}
