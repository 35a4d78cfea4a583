import type { Turn } from '../types.ts';

/** What was asked and answered before, so that "and what did the US want?" can be understood. In memory only. */
export interface Conversations {
  /** Turns that led to a message of the bot, or else those of a place; oldest first, [] when none or expired. */
  readonly recall: (from: { readonly messageId?: string; readonly place?: string }) => readonly Turn[];
  /** Adds a turn. Without a place only replies to these messages continue it: that is how private answers stay private. */
  readonly remember: (
    turn: Turn,
    to: {
      readonly history: readonly Turn[];
      readonly messageIds: readonly string[];
      readonly place?: string;
    },
  ) => void;
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

  return {
    recall({ messageId, place }) {
      return (
        (messageId === undefined ? undefined : find(messageId)) ??
        (place === undefined ? undefined : find(place)) ??
        []
      );
    },
    remember(turn, { history, messageIds, place }) {
      if (maxTurns === 0) return;
      const entry = { turns: [...history, turn].slice(-maxTurns), at: now() };
      for (const key of place === undefined ? messageIds : [...messageIds, place]) {
        entries.delete(key);
        entries.set(key, entry);
      }
      // A map keeps its keys in order of insertion, so the first are the oldest.
      for (const [key, { at }] of entries) {
        if (entries.size <= MAX_ENTRIES && now() - at <= maxAgeMs) break;
        entries.delete(key);
      }
    },
  };

  function find(key: string): readonly Turn[] | undefined {
    const entry = entries.get(key);
    return entry !== undefined && now() - entry.at <= maxAgeMs ? entry.turns : undefined;
  }
}
