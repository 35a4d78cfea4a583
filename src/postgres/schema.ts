import { Fault } from '../errors.ts';
import type { Database } from './connect.ts';

/**
 * Tables, in the schema that the user's search_path names first.
 * `fundstelle_generations`: one row a generation; the greatest id is the current one, so that inserting is switching.
 * `fundstelle_files`: contents of the generations' files by their SHA-256, in parts that never change.
 * `fundstelle_vectors_<dimensions>`: one row a vector, as LangChain's PGVectorStore reads it, see `vectors.ts`.
 */
const tables = `
  CREATE TABLE IF NOT EXISTS fundstelle_generations (
    id integer PRIMARY KEY,
    manifest text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS fundstelle_files (
    sha256 text NOT NULL,
    part integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (sha256, part)
  );
`;

export const vectorTable = (dimensions: number): string => `fundstelle_vectors_${dimensions}`;

/** pgvector builds no graph over longer vectors. */
const mostIndexed = 2000;

/** Creates what is missing. @throws {Fault} when pgvector is missing or too old, or the user may not create. */
export async function ensureTables(database: Database, dimensions: number): Promise<void> {
  if ((await extensionVersion(database)) === undefined) await createExtension(database);
  await checkExtension(database);
  await database.query(tables);
  await database.query(`
    CREATE TABLE IF NOT EXISTS ${vectorTable(dimensions)} (
      id uuid PRIMARY KEY,
      content text NOT NULL,
      metadata jsonb NOT NULL,
      embedding vector(${dimensions}) NOT NULL
    )`);
}

/**
 * Builds the indexes of a vector table, which is much faster after its first rows than before, and tells the planner what
 * it holds: it would take the filter on generations for a rare one and look at every row. May take hours.
 */
export async function ensureIndexes(database: Database, dimensions: number): Promise<void> {
  const table = vectorTable(dimensions);
  await database.query(`CREATE INDEX IF NOT EXISTS ${table}_article ON ${table} ((metadata->>'article'))`);
  if (dimensions <= mostIndexed) {
    await database.query(
      `CREATE INDEX IF NOT EXISTS ${table}_graph ON ${table} USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 200)`,
    );
  }
  for (const key of ['born', 'died']) {
    await database.query(
      `CREATE STATISTICS IF NOT EXISTS ${table}_${key} ON ((metadata->>'${key}')::numeric) FROM ${table}`,
    );
  }
  await database.query(`ANALYZE ${table}`);
}

/** @throws {Fault} when pgvector is not there or cannot go on searching behind a filter. */
export async function checkExtension(database: Database): Promise<void> {
  const version = await extensionVersion(database);
  if (version === undefined) throw new Fault(`${noExtension} Run npm run embed, or CREATE EXTENSION vector.`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 0 && minor < 8) {
    throw new Fault(
      `The database (DATABASE_URL) has pgvector ${version}, 0.8 is needed. Install it on the server, then: ALTER EXTENSION vector UPDATE`,
    );
  }
}

const noExtension = 'The database (DATABASE_URL) lacks the extension pgvector.';

async function extensionVersion(database: Database): Promise<string | undefined> {
  const [found] = await database.query<{ extversion: string }>(
    "SELECT extversion FROM pg_extension WHERE extname = 'vector'",
  );
  return found?.extversion;
}

async function createExtension(database: Database): Promise<void> {
  const [available] = await database.query("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
  if (!available) {
    throw new Fault(
      `${noExtension} Install it on the server (package postgresql-NN-pgvector, or the image pgvector/pgvector).`,
    );
  }
  await database.query('CREATE EXTENSION IF NOT EXISTS vector');
}
