import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sqlite from 'node-sqlite3-wasm';
import type { DislikeReason, FeedbackStore } from '../discord/services.ts';
import { Fault, messageOf } from '../errors.ts';

type Database = InstanceType<typeof sqlite.Database>;

export interface FeedbackOptions {
  readonly file: string;
  /** Ratings and gaps kept at most, of each; the oldest go first. */
  readonly maxRows: number;
  readonly now?: () => number;
}

/** Raised with every change of the tables; older files are brought up step by step. */
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE ratings (
    message_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    guild_id TEXT NOT NULL,
    helpful INTEGER NOT NULL,
    reason TEXT,
    remark TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX ratings_by_age ON ratings (at);
  CREATE TABLE gaps (
    guild_id TEXT NOT NULL,
    question_key TEXT NOT NULL,
    user_id TEXT NOT NULL,
    question TEXT NOT NULL,
    times INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, question_key, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX gaps_by_age ON gaps (at);
`;

/** Longer questions and remarks are cut. */
const MAX_TEXT = 1000;

const REMARKS_SHOWN = 5;

/**
 * Opens the file, makes it when it is missing. Several processes may have it open.
 * @throws {Fault} when it cannot be opened or was written by a newer version.
 */
export async function openFeedback({
  file,
  maxRows,
  now = Date.now,
}: FeedbackOptions): Promise<FeedbackStore> {
  const database = await open(file);
  const write = (work: () => void) =>
    whenUnlocked(file, () => {
      database.exec('BEGIN IMMEDIATE');
      try {
        work();
        database.exec('COMMIT');
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  const read = <Row>(sql: string, values: readonly (string | number)[]) =>
    whenUnlocked(file, () => database.all(sql, [...values]) as Row[]);

  return {
    rate: ({ messageId, channelId, guildId, userId, helpful, reason, remark }) =>
      write(() => {
        database.run('INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
          messageId,
          userId,
          channelId,
          guildId ?? '',
          helpful ? 1 : 0,
          reason ?? null,
          remark?.slice(0, MAX_TEXT) ?? null,
          now(),
        ]);
        dropOldest('ratings');
      }),
    recordGap: ({ guildId, userId, question }) =>
      write(() => {
        database.run(
          `INSERT INTO gaps VALUES (?, ?, ?, ?, 1, ?)
           ON CONFLICT DO UPDATE SET times = times + 1, question = excluded.question, at = excluded.at`,
          [guildId, keyOf(question), userId, question.slice(0, MAX_TEXT), now()],
        );
        dropOldest('gaps');
      }),
    async listGaps(guildId, limit) {
      const rows = await read<{ question: string; times: number; last: number }>(
        `SELECT question, SUM(times) AS times, MAX(at) AS last FROM gaps WHERE guild_id = ?
         GROUP BY question_key ORDER BY times DESC, last DESC LIMIT ?`,
        [guildId, limit],
      );
      return rows.map(({ question, times, last }) => ({
        question,
        times,
        last: new Date(Number(last)).toISOString(),
      }));
    },
    async summarizeRatings(guildId) {
      const counts = await read<{ helpful: number; reason: DislikeReason | null; times: number }>(
        'SELECT helpful, reason, COUNT(*) AS times FROM ratings WHERE guild_id = ? GROUP BY helpful, reason',
        [guildId],
      );
      const sum = (helpful: number) =>
        counts.filter((row) => row.helpful === helpful).reduce((total, row) => total + row.times, 0);
      const remarks = await read<{ remark: string; channelId: string; messageId: string }>(
        `SELECT remark, channel_id AS channelId, message_id AS messageId FROM ratings
         WHERE guild_id = ? AND remark IS NOT NULL ORDER BY at DESC LIMIT ?`,
        [guildId, REMARKS_SHOWN],
      );
      return {
        helpful: sum(1),
        notHelpful: sum(0),
        reasons: Object.fromEntries(
          counts.filter((row) => row.reason !== null).map((row) => [row.reason, row.times]),
        ),
        remarks,
      };
    },
    async forget(userId) {
      let deleted = 0;
      await write(() => {
        deleted = database.run('DELETE FROM ratings WHERE user_id = ?', [userId]).changes;
        deleted += database.run('DELETE FROM gaps WHERE user_id = ?', [userId]).changes;
      });
      return deleted;
    },
    close: async () => database.close(),
  };

  function dropOldest(table: 'ratings' | 'gaps') {
    database.run(
      `DELETE FROM ${table} WHERE at < (SELECT at FROM ${table} ORDER BY at DESC LIMIT 1 OFFSET ?)`,
      [maxRows - 1],
    );
  }
}

async function open(file: string): Promise<Database> {
  let database: Database | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return await whenUnlocked(file, () => {
      database ??= new sqlite.Database(file);
      migrate(database);
      return database;
    });
  } catch (error) {
    database?.close();
    if (error instanceof Fault) throw error;
    throw new Fault(
      `${file}: the feedback database cannot be opened: ${messageOf(error)}. Move the file away, or set FEEDBACK=false or another FEEDBACK_FILE.`,
      { cause: error },
    );
  }

  function migrate(opened: Database) {
    const version = Number(opened.get('PRAGMA user_version')?.user_version);
    if (version > SCHEMA_VERSION)
      throw new Fault(
        `${file}: written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION}). Update, or set another FEEDBACK_FILE.`,
      );
    // What is deleted shall be gone from the file as well.
    opened.exec('PRAGMA secure_delete = ON');
    if (version === 0)
      opened.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
  }
}

/** A question without what people write differently. */
const keyOf = (question: string): string =>
  question
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);

/** A transaction takes milliseconds; a lock this old was left behind by a process that was killed. */
const STALE_LOCK_MS = 3000;
const LOCK_RETRY_MS = 50;
const LOCK_PATIENCE_MS = 10_000;

/** Runs `work` as soon as no other process holds the lock, which the library keeps as a folder beside the file. */
async function whenUnlocked<Result>(file: string, work: () => Result): Promise<Result> {
  for (const deadline = Date.now() + LOCK_PATIENCE_MS; ; ) {
    try {
      return work();
    } catch (error) {
      if (!/locked/.test(messageOf(error)) || Date.now() > deadline) throw error;
    }
    removeStaleLock(`${file}.lock`);
    await sleep(LOCK_RETRY_MS);
  }
}

function removeStaleLock(lock: string): void {
  try {
    if (Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmdirSync(lock);
  } catch {
    // Its owner, or another process that waits, was faster.
  }
}
