import type { Messages } from './messages/index.ts';
import { createTurnstile, type Seat } from './turnstile.ts';

/** Where somebody is and who they are, as far as rules ask for it. */
export interface Visitor {
  readonly userId: string;
  /** Undefined outside of servers. */
  readonly guildId: string | undefined;
  readonly channelId: string;
  /** The channel a thread belongs to. */
  readonly parentId: string | undefined;
  readonly roleIds: readonly string[];
}

/** Why somebody is not served, in their language. */
export type Refusal = (messages: Messages) => string;

export interface Admission {
  /** Whether this person may use the bot here at all. */
  readonly refusePlace: (visitor: Visitor) => Refusal | undefined;
  /**
   * A seat for one question, or why there is none. Counts towards the cooldown.
   * Decided at once, so that it can come before the acknowledgement.
   */
  readonly admit: (visitor: Visitor) => Seat | Refusal;
  /** From now on everybody is told that the bot is being restarted. */
  readonly close: () => void;
}

export interface Rules {
  /** Empty: everywhere. Otherwise only in these channels and their threads, and in no direct messages. */
  readonly channels: readonly string[];
  /** Empty: everybody. Otherwise only members with one of these roles. */
  readonly roles: readonly string[];
  /** Least time between two questions of one person. */
  readonly cooldownMs: number;
  /** Questions of one server, or of one person in direct messages, that are worked on at the same time. */
  readonly concurrency: number;
}

/** So many questions may wait for each one that is worked on. */
const WAITING_PER_SEAT = 25;

export function createAdmission(rules: Rules, now: () => number): Admission {
  const lastQuestion = new Map<string, number>();
  const turnstile = createTurnstile({
    seats: rules.concurrency,
    queue: rules.concurrency * WAITING_PER_SEAT,
  });
  let closed = false;

  return {
    close() {
      closed = true;
    },
    refusePlace({ guildId, channelId, parentId, roleIds }) {
      if (closed) return (messages) => messages.manners.stopping;
      const allowed = (id: string | undefined) => id !== undefined && rules.channels.includes(id);
      if (rules.channels.length > 0 && !allowed(channelId) && !(guildId && allowed(parentId)))
        return (messages) => messages.manners.channel;
      if (rules.roles.length > 0 && !roleIds.some((id) => rules.roles.includes(id)))
        return (messages) => messages.manners.role;
      return undefined;
    },
    admit({ userId, guildId }) {
      const wait = (lastQuestion.get(userId) ?? Number.NEGATIVE_INFINITY) + rules.cooldownMs - now();
      if (wait > 0) return (messages) => messages.manners.cooldown(Math.ceil(wait / 1000));
      const seat = turnstile.enter(guildId ?? userId);
      if (seat === undefined) return (messages) => messages.manners.busy;
      noteQuestion(userId);
      return seat;
    },
  };

  function noteQuestion(userId: string) {
    if (rules.cooldownMs === 0) return;
    lastQuestion.delete(userId);
    lastQuestion.set(userId, now());
    for (const [id, at] of lastQuestion) {
      if (now() - at <= rules.cooldownMs) break;
      lastQuestion.delete(id);
    }
  }
}
