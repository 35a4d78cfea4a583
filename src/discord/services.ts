import type { Log } from '../log.ts';
import type { EmbedSummary, Fundstelle } from '../types.ts';
import type { Admission } from './admission.ts';
import type { Conversations } from './conversations.ts';

/** What is wrong with an answer. */
export type DislikeReason = 'wrong' | 'outdated' | 'wrong-source' | 'other';

/** How somebody found an answer. A person has one rating for each message; a later one replaces it. */
export interface Rating {
  readonly messageId: string;
  readonly channelId: string;
  /** Undefined in direct messages. */
  readonly guildId: string | undefined;
  readonly userId: string;
  readonly helpful: boolean;
  readonly reason?: DislikeReason;
  readonly remark?: string;
}

/** A question that found no answer. */
export interface Gap {
  readonly guildId: string;
  readonly userId: string;
  readonly question: string;
}

/** The same question by whomever, counted. */
export interface GapCount {
  readonly question: string;
  readonly times: number;
  /** ISO 8601. */
  readonly last: string;
}

export interface RatingSummary {
  readonly helpful: number;
  readonly notHelpful: number;
  readonly reasons: Readonly<Partial<Record<DislikeReason, number>>>;
  /** Newest remarks first. */
  readonly remarks: readonly {
    readonly remark: string;
    readonly channelId: string;
    readonly messageId: string;
  }[];
}

/** What people said about answers, kept on this machine and bounded in size. */
export interface FeedbackStore {
  readonly rate: (rating: Rating) => Promise<void>;
  readonly recordGap: (gap: Gap) => Promise<void>;
  /** Most asked first, then newest. */
  readonly listGaps: (guildId: string, limit: number) => Promise<readonly GapCount[]>;
  readonly summarizeRatings: (guildId: string) => Promise<RatingSummary>;
  /** Deletes everything a person left; resolves to the number of entries. */
  readonly forget: (userId: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Reads the corpus again and switches to the new generation. `total` may grow while it runs. */
export type Reindex = (onProgress: (done: number, total: number) => void) => Promise<EmbedSummary>;

/** What every command and listener works with. */
export interface Services {
  readonly engine: Fundstelle;
  /** Undefined when switched off. */
  readonly feedback: FeedbackStore | undefined;
  readonly reindex: Reindex;
  /** The right to start `reindex`, to be given back; undefined while somebody else has it. */
  readonly claimReindex: () => (() => void) | undefined;
  readonly conversations: Conversations;
  readonly admission: Admission;
  readonly log: Log;
  /** Milliseconds since the epoch; tests turn it forward. */
  readonly now: () => number;
}
