import type { Turn } from '../types.ts';

/** What was asked and answered before, so that "and what did the US want?" can be understood. In memory only. */
export interface Conversations {
  /** Turns that led to a message of the bot, or else those of a place; oldest first, [] when none or expired. */
  readonly recall: (from: {
    readonly channelId: string;
    readonly messageId: string | undefined;
    readonly place: string | undefined;
  }) => Promise<readonly Turn[]>;
  /**
   * Adds a turn that is about to be shown. Without a place only replies to its messages continue it: that is how
   * private answers stay private. Resolves when the messages are known; never rejects.
   */
  readonly remember: (
    turn: Turn,
    to: {
      readonly history: readonly Turn[];
      readonly channelId: string;
      readonly messageIds: Promise<readonly string[]>;
      readonly place: string | undefined;
    },
  ) => Promise<void>;
}

/** Messages and places remembered at most; the longest untouched go first. */
const MAX_ENTRIES = 5000;

export function createConversations(options: {
  readonly maxTurns: number;
  readonly maxAgeMs: number;
  readonly now: () => number;
}): Conversations {
  const { maxTurns, maxAgeMs, now } = options;
  const entries = new Map<string, { readonly turns: readonly Turn[]; readonly at: number }>();
  /** Answers on their way, by channel: somebody may reply before Discord has told us their ids. */
  const arriving = new Map<string, Set<Promise<void>>>();

  return {
    async recall({ channelId, messageId, place }) {
      if (messageId !== undefined) {
        if (find(messageId) === undefined) await Promise.all(arriving.get(channelId) ?? []);
        const turns = find(messageId);
        if (turns !== undefined) return turns;
      }
      return (place === undefined ? undefined : find(place)) ?? [];
    },
    remember(turn, { history, channelId, messageIds, place }) {
      if (maxTurns === 0) return Promise.resolve();
      const entry = { turns: [...history, turn].slice(-maxTurns), at: now() };
      if (place !== undefined) keep(place, entry);
      const known = messageIds.then(
        (ids) => {
          for (const id of ids) keep(id, entry);
        },
        () => undefined,
      );
      const here = arriving.get(channelId) ?? new Set();
      arriving.set(channelId, here.add(known));
      return known.then(() => {
        here.delete(known);
        if (here.size === 0) arriving.delete(channelId);
      });
    },
  };

  function find(key: string): readonly Turn[] | undefined {
    const entry = entries.get(key);
    return entry !== undefined && now() - entry.at <= maxAgeMs ? entry.turns : undefined;
  }

  function keep(key: string, entry: { readonly turns: readonly Turn[]; readonly at: number }) {
    entries.delete(key);
    entries.set(key, entry);
    // A map keeps its keys in order of insertion, so the first are the oldest.
    for (const [old, { at }] of entries) {
      if (entries.size <= MAX_ENTRIES && now() - at <= maxAgeMs) break;
      entries.delete(old);
    }
  }
}
