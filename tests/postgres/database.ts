import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

/** An empty database for one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Rows of a statement, run in one transaction with a setting if one is given. */
  readonly run: (sql: string, setting?: string) => Promise<readonly object[]>;
  readonly close: () => Promise<void>;
}

/**
 * PostgreSQL with pgvector inside this process (PGlite); with DATABASE_URL the server there, in a schema of its own.
 * PGlite has one session for all connections: what needs two is tried on a server only.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { DATABASE_URL: server } = process.env;
  return server === undefined ? openEmbedded() : openSchema(server);
}

async function openEmbedded(): Promise<TestDatabase> {
  const db = await PGlite.create({ extensions: { vector } });
  const socket = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 20 });
  await socket.start();
  const url = `postgres://postgres@${socket.getServerConn()}/postgres?sslmode=disable`;
  return {
    url,
    run: (sql, setting) => runOnce(url, sql, setting),
    close: async () => {
      await socket.stop();
      await db.close();
    },
  };
}

async function openSchema(server: string): Promise<TestDatabase> {
  const schema = `fundstelle_test_${process.pid}`;
  await runOnce(server, `DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`);
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${schema},public`);
  return {
    url: url.href,
    run: (sql, setting) => runOnce(url.href, sql, setting),
    close: async () => {
      await runOnce(server, `DROP SCHEMA ${schema} CASCADE`);
    },
  };
}

async function runOnce(url: string, sql: string, setting = ''): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query(`BEGIN; ${setting}`);
    const { rows } = await client.query<object>(sql);
    await client.query('COMMIT');
    return rows;
  } finally {
    await client.end();
  }
}
