import { type AddressInfo, createServer } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/errors.ts';
import { describe as describeUrl, openDatabase } from '../../src/postgres/connect.ts';
import { openPublisher } from '../../src/postgres/publish-index.ts';

/** Runs work against a server that answers every connection with these bytes, or with nothing. */
async function withServer<R>(answer: Buffer | undefined, work: (url: string) => Promise<R>): Promise<R> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer && socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await work(`postgres://user:hunter2@127.0.0.1:${port}/news?sslmode=disable`);
  } finally {
    server.close();
  }
}

/** PostgreSQL's message for an error. */
function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** What the first query fails with. */
async function failureOf(url: string): Promise<unknown> {
  const database = openDatabase(url, 1000, 300);
  try {
    return await database.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => error,
    );
  } finally {
    await database.close();
  }
}

describe('a database that cannot be used', () => {
  it.each([
    ['28P01', /it refuses the password\. Correct it/],
    ['28000', /it refuses the user/],
    ['3D000', /no database of that name\. Create it/],
    ['42501', /lacks a right there\. Grant it/],
    ['53300', /no more connections\. Raise max_connections/],
    ['57P03', /still starting\. Try again/],
    ['XX000', /reports: the server's own words/],
  ])('is told about with what to do next (%s)', async (code, expected) => {
    const failure = await withServer(errorResponse(code, "the server's own words"), failureOf);
    expect(failure).toBeInstanceOf(Fault);
    expect(String(failure)).toMatch(/The database news at 127\.0\.0\.1:\d+ \(DATABASE_URL\)/);
    expect(String(failure)).toMatch(expected);
    expect(String(failure)).not.toContain('hunter2');
  });

  it.each([
    [
      'nothing answers',
      'postgres://user:hunter2@127.0.0.1:1/news',
      /127\.0\.0\.1:1 .*nothing answers there\. Start PostgreSQL/,
    ],
    ['there is no such host', 'postgres://user:hunter2@nowhere.invalid/news', /host/],
  ])('is told about when %s', async (_, url, expected) => {
    const failure = await failureOf(url);
    expect(failure).toBeInstanceOf(Fault);
    expect(String(failure)).toMatch(expected);
    expect(String(failure)).not.toContain('hunter2');
  });

  it('is given up when it does not answer', async () => {
    const began = performance.now();
    expect(String(await withServer(undefined, failureOf))).toMatch(/does not answer in time/);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is told about when pgvector is not installed', async () => {
    const db = await PGlite.create();
    const socket = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 5 });
    await socket.start();
    await expect(
      openPublisher(`postgres://postgres@${socket.getServerConn()}/postgres?sslmode=disable`, 16),
    ).rejects.toThrow(/lacks the extension pgvector\. Install it on the server/);
    await socket.stop();
    await db.close();
  }, 180_000);
});

describe('describe', () => {
  it.each([
    ['postgres://me:secret@db.example:6000/news', 'news at db.example:6000'],
    ['postgres://localhost', 'postgres at localhost:5432'],
    ['postgresql://me@[::1]/a%20b', 'a b at [::1]:5432'],
  ])('%s: %s', (url, expected) => {
    expect(describeUrl(url)).toBe(expected);
  });
});
