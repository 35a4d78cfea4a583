import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { Fault } from '../errors.ts';
import type { FileDigest } from '../index/files.ts';
import type { Manifest } from '../index/manifest.ts';
import type { Generation } from '../index/open-generation.ts';
import { openNewest } from '../index/open-index.ts';
import { type Database, openDatabase } from './connect.ts';
import { ensureIndexes, ensureTables, vectorTable } from './schema.ts';
import { readCurrent, toShared } from './shared-generation.ts';
import { addVectors, type NewVector, never } from './vectors.ts';

/** Brings the index of a folder into a database. */
export interface Publisher {
  /** Generation that is current afterwards, and whether this made it. Readers see the old one or the new one. */
  readonly publish: (indexDir: string) => Promise<{ readonly generation: number; readonly written: boolean }>;
  /** Lets other runs in. */
  readonly close: () => Promise<void>;
}

const queryMs = 120_000;
const buildMs = 6 * 60 * 60 * 1000;
/** Any number that no other program locks in the same database. */
const lockKey = 0x46756e64;
const vectorBatch = 500;
const partBytes = 4 * 1024 * 1024;

/**
 * Connects, and takes the one lock for writing, which the server drops when this process ends.
 * @throws {Fault} when the database cannot be reached or used, or another run is writing to it.
 */
export async function openPublisher(url: string, dimensions: number): Promise<Publisher> {
  const database = openDatabase(url, queryMs);
  let lock: pg.PoolClient | undefined;
  const close = async (): Promise<void> => {
    // The lock ends with its connection.
    lock?.release(true);
    await database.close();
  };
  try {
    lock = await takeLock(database);
    await ensureTables(database, dimensions);
  } catch (error) {
    await close();
    throw error;
  }
  return { publish: (indexDir) => publishIndex(database, url, indexDir), close };
}

async function takeLock({ pool, explain }: Database): Promise<pg.PoolClient> {
  try {
    const client = await pool.connect();
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      lockKey,
    ]);
    if (rows[0]?.taken) return client;
    client.release(true);
  } catch (error) {
    throw explain(error);
  }
  throw new Fault(
    'Another embed run is writing to the database (DATABASE_URL). Wait until it has ended, then run again.',
  );
}

async function publishIndex(
  database: Database,
  url: string,
  indexDir: string,
): Promise<{ readonly generation: number; readonly written: boolean }> {
  const { generation: local } = await openNewest(indexDir, { search: false });
  if (!local)
    throw new Fault(`The index in ${indexDir} is damaged. Build it again with: npm run embed -- --rebuild`);
  try {
    const current = await readCurrent(database);
    if (current && contentOf(toShared(local.manifest, current.id)) === contentOf(current.manifest)) {
      return { generation: current.id, written: false };
    }
    const generation = (current?.id ?? 0) + 1;
    const shared = toShared(local.manifest, generation);
    await storeFiles(database, local.folder, Object.entries(shared.files));
    const outdated = await storeVectors(database, local, generation);
    await buildIndexes(url, shared.dimensions);
    await makeCurrent(database, shared, outdated);
    await cleanUp(database, shared);
    return { generation, written: true };
  } finally {
    local.index.close();
  }
}

/** On connections of its own: a graph of a million vectors takes longer than any other query may. */
async function buildIndexes(url: string, dimensions: number): Promise<void> {
  const database = openDatabase(url, buildMs);
  try {
    await ensureIndexes(database, dimensions);
  } finally {
    await database.close();
  }
}

/** Everything of a manifest but when it was made. */
const contentOf = ({ builtAt: _, ...manifest }: Manifest): string => JSON.stringify(manifest);

/** Stores the contents that are not there yet, each of them whole or not at all. */
async function storeFiles(
  database: Database,
  folder: string,
  files: readonly (readonly [name: string, digest: FileDigest])[],
): Promise<void> {
  const known = await database.query<{ sha256: string }>(
    'SELECT sha256 FROM fundstelle_files WHERE part = 0 AND sha256 = ANY($1)',
    [files.map(([, { sha256 }]) => sha256)],
  );
  const stored = new Set(known.map(({ sha256 }) => sha256));
  for (const [name, { sha256 }] of files) {
    if (stored.has(sha256)) continue;
    stored.add(sha256);
    await database.useClient((client) =>
      inTransaction(client, async () => {
        const store = (part: number, content: Buffer) =>
          client.query('INSERT INTO fundstelle_files (sha256, part, content) VALUES ($1, $2, $3)', [
            sha256,
            part,
            content,
          ]);
        let parts = 0;
        for await (const content of createReadStream(path.join(folder, name), { highWaterMark: partBytes })) {
          await store(parts++, content as Buffer);
        }
        if (parts === 0) await store(0, Buffer.alloc(0));
      }),
    );
  }
}

/**
 * Stores the vectors that the current generation has not, as born with the next one.
 * @returns ids of those that the next generation has no more.
 */
async function storeVectors(database: Database, local: Generation, generation: number): Promise<string[]> {
  const { dimensions } = local.manifest;
  const table = vectorTable(dimensions);
  // Left behind by a run that was killed before its generation became the current one.
  await database.query(`DELETE FROM ${table} WHERE (metadata->>'born')::numeric >= $1`, [generation]);
  const rows = await database.query<{ id: string; name: string }>(
    `SELECT id, content || ' ' || (metadata->>'mark') AS name FROM ${table} WHERE (metadata->>'died')::numeric = $1`,
    [never],
  );
  const outdated = new Map(rows.map(({ id, name }) => [name, id]));
  let batch: NewVector[] = [];
  for (const { passageId, mark, readVector } of listVectors(local)) {
    if (outdated.delete(`${passageId} ${mark}`)) continue;
    batch.push({ passageId, mark, vector: readVector() });
    if (batch.length < vectorBatch) continue;
    await addVectors(database, dimensions, generation, batch);
    batch = [];
  }
  if (batch.length > 0) await addVectors(database, dimensions, generation, batch);
  return [...outdated.values()];
}

/** The vectors of all live passages. */
function* listVectors({ manifest, segments }: Generation) {
  for (const segment of segments) {
    for (let row = 0; row < segment.info.rows; row++) {
      const article = segment.articleOfRow[row]!;
      if (segment.isDead(article)) continue;
      yield {
        passageId: `${segment.articles[article]!.id}-${row - segment.firstRows[article]!}`,
        mark: createHash('sha256')
          .update(manifest.fingerprint)
          .update(segment.hashAt(row))
          .digest('base64url')
          .slice(0, 22),
        readVector: () => segment.vectorAt(row),
      };
    }
  }
}

/** The switch: from one moment to the next, or not at all. */
async function makeCurrent(database: Database, shared: Manifest, outdated: readonly string[]): Promise<void> {
  await database.useClient((client) =>
    inTransaction(client, async () => {
      await client.query(
        `UPDATE ${vectorTable(shared.dimensions)} SET metadata = metadata || jsonb_build_object('died', $1::integer)
         WHERE id = ANY($2::uuid[])`,
        [shared.generation, outdated],
      );
      await client.query('INSERT INTO fundstelle_generations (id, manifest) VALUES ($1, $2)', [
        shared.generation,
        JSON.stringify(shared),
      ]);
    }),
  );
}

/** Removes what neither the current generation nor the one before it has: readers move over one by one. */
async function cleanUp(database: Database, { generation, dimensions }: Manifest): Promise<void> {
  const kept = generation - 1;
  await database.query('DELETE FROM fundstelle_generations WHERE id < $1', [kept]);
  await database.query(`DELETE FROM ${vectorTable(dimensions)} WHERE (metadata->>'died')::numeric <= $1`, [
    kept,
  ]);
  await database.query(`
    DELETE FROM fundstelle_files WHERE sha256 NOT IN (
      SELECT file.value->>'sha256' FROM fundstelle_generations, jsonb_each(manifest::jsonb->'files') AS file
    )`);
  const tables = await database.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ '^fundstelle_vectors_[0-9]+$'",
  );
  const used = await database.query<{ dimensions: number }>(
    "SELECT DISTINCT (manifest::jsonb->>'dimensions')::integer AS dimensions FROM fundstelle_generations",
  );
  const usedTables = used.map((row) => vectorTable(row.dimensions));
  for (const { name } of tables) if (!usedTables.includes(name)) await database.query(`DROP TABLE ${name}`);
}

async function inTransaction(client: pg.PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
