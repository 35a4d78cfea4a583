import pg from 'pg';
import { codeOf, Fault, messageOf } from '../errors.ts';

/** Connections to one database. Every call has a time limit and fails with a `Fault` that a person can act on. */
export interface Database {
  readonly query: <Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<Row[]>;
  /** Runs work on one connection; what it throws is explained as well. */
  readonly useClient: <R>(work: (client: pg.PoolClient) => Promise<R>) => Promise<R>;
  /** For LangChain. What it throws has to go through `explain`. */
  readonly pool: pg.Pool;
  readonly explain: (error: unknown) => unknown;
  readonly close: () => Promise<void>;
}

/** The server gives up first: a query that only the client has given up would keep its connection. */
const graceMs = 2_000;

/**
 * What every connection is set to. Candidates of a search as many as find most of the nearest; and a search whose filter
 * drops most candidates goes on instead of finding too few (pgvector 0.8).
 */
const settingsOf = (queryMs: number): string =>
  `SET statement_timeout = ${queryMs}; SET hnsw.ef_search = 200; SET hnsw.iterative_scan = strict_order`;

/** Prepares connections; none is made before the first query. The limits are for each query and each connection. */
export function openDatabase(url: string, queryMs: number, connectMs = 10_000): Database {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs + graceMs,
    max: 4,
    application_name: 'fundstelle',
    allowExitOnIdle: true,
    onConnect: (client) => client.query(settingsOf(queryMs)),
  });
  // Connections that break while nobody uses them are replaced; unheard, the event would end the process.
  pool.on('error', () => undefined);
  const explain = (error: unknown): unknown => explainFailure(error, url);
  const explained = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    }
  };
  return {
    query: (text, values = []) => explained(async () => (await pool.query(text, [...values])).rows),
    useClient: (work) =>
      explained(async () => {
        const client = await pool.connect();
        try {
          return await work(client);
        } finally {
          client.release();
        }
      }),
    pool,
    explain,
    close: () => pool.end(),
  };
}

/** SQLSTATE or system error to what is wrong and what to do next. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there. Start PostgreSQL, or correct host and port',
  ENOTFOUND: 'there is no such host. Correct its name',
  EAI_AGAIN: 'the name of the host cannot be looked up. Correct it, or mend the network',
  ETIMEDOUT: 'it does not answer in time. Look whether it can be reached from here',
  ECONNRESET: 'it broke the connection off. Look at its log and try again',
  EPIPE: 'it broke the connection off. Look at its log and try again',
  '28P01': 'it refuses the password. Correct it',
  '28000': 'it refuses the user. Correct the user, or allow it in pg_hba.conf',
  '3D000': 'it has no database of that name. Create it with createdb, or correct the name',
  '42501':
    'the user lacks a right there. Grant it: reading takes SELECT, embedding takes CREATE on the schema',
  '42P01': 'it holds no index yet. Build one with: npm run embed',
  '53100': 'its disk is full. Make room and try again',
  '53300': 'it takes no more connections. Raise max_connections, or run fewer processes',
  '57014': 'it took too long and was stopped. Look at the load of the server and try again',
  '57P01': 'it is being shut down. Start it and try again',
  '57P03': 'it is still starting. Try again in a moment',
  '25006': 'it can only be read. Name the primary server',
};

/** A fault with a database as a message about DATABASE_URL, without the password. Passes on everything else. */
function explainFailure(error: unknown, url: string): unknown {
  if (error instanceof Fault) return error;
  const reason = failures[codeOf(error) ?? ''] ?? (isTimeout(error) ? failures.ETIMEDOUT : undefined);
  if (reason !== undefined) {
    return new Fault(`The database ${describe(url)} (DATABASE_URL): ${reason}. (${messageOf(error)})`);
  }
  // Any other answer of the server.
  if (error instanceof pg.DatabaseError) {
    return new Fault(`The database ${describe(url)} (DATABASE_URL) reports: ${error.message}.`);
  }
  return error;
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && /timeout|Connection terminated/i.test(error.message);

/** Where a database is, without user and password. */
export function describe(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${decodeURIComponent(pathname.slice(1)) || 'postgres'} at ${hostname || 'localhost'}:${port || 5432}`;
}
