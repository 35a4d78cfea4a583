import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { OpenapiCheck } from '../limits/openapi.ts';
import type { LoggedRequest } from '../world/model.ts';
import type { State } from '../world/state.ts';
import { ApiError, BOT_FAULTS, refuse, refuseInvalid, renderError } from './api-error.ts';
import { createBlocks } from './blocks.ts';
import type { Bucket, Failure, Failures } from './failures.ts';
import { parseBody, readBytes, type Upload } from './request-body.ts';

export type ApiRequest = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  /** A part of the path by its name in the pattern. */
  param(name: string): string;
};

export type Reply = { status: number; body?: unknown };

export type Route = {
  method: string;
  /** Names in colons match one segment: /channels/:channel/messages */
  pattern: string;
  /** False where a token in the path is the key. */
  authorized: boolean;
  handle(request: ApiRequest): Reply;
};

const PREFIX = '/api/v10';

export function createHttp(
  state: State,
  options: { token: string; routes: readonly Route[]; failures: Failures; checkBody: OpenapiCheck },
): Server {
  const routes = options.routes.map((route) => ({ ...route, expression: compilePattern(route.pattern) }));
  const blocks = createBlocks();

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      state.violate(
        'loopback-server',
        `the loopback server failed: ${error instanceof Error ? error.stack : error}`,
      );
      response.writeHead(500).end();
      state.changed();
    });
  });
  return server;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = state.clock.now();
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const method = incoming.method ?? 'GET';
    const entry: LoggedRequest = {
      at,
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      body: undefined,
      files: [],
      status: 0,
    };
    const bytes = await readBytes(incoming);
    const early = Math.round(blocks.measure(entry));
    if (early > 0) state.violate('429', `sent again ${early} ms before retry_after was over`, entry);

    const failure = options.failures.take(method, path);
    const counted = failure ? undefined : options.failures.count(method, path);
    try {
      const parsed = await parseBody(bytes, incoming.headers['content-type'] ?? '');
      entry.body = parsed.body;
      entry.files = parsed.files.map((file) => file.name);
      if (failure && 'delay' in failure) await new Promise((resolve) => setTimeout(resolve, failure.delay));
      else if (failure) return fail(failure, entry, response);
      if (counted?.exceeded) {
        const { limit, resetAfterMs } = counted.bucket;
        return limitRate(entry, response, { retryAfter: resetAfterMs / 1000, global: false, limit });
      }
      finish(entry, response, handle(incoming, entry, url, parsed.files), counted?.bucket);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      entry.code = error.code;
      if (BOT_FAULTS.has(error.code)) {
        const where = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
        state.violate(String(error.code), [error.message, ...where].join('; '), entry);
      }
      finish(entry, response, { status: error.status, body: renderError(error) }, counted?.bucket);
    }
  }

  function handle(incoming: IncomingMessage, entry: LoggedRequest, url: URL, files: Upload[]): Reply {
    const { method, path } = entry;
    for (const route of routes) {
      const match = route.method === method ? route.expression.exec(path) : null;
      if (!match || !url.pathname.startsWith(PREFIX)) continue;
      if (!/^DiscordBot \(/.test(incoming.headers['user-agent'] ?? '')) {
        state.violate('user-agent', 'the User-Agent does not start with "DiscordBot ("', entry);
      }
      if (route.authorized && incoming.headers.authorization !== `Bot ${options.token}`)
        throw refuse('unauthorized');
      refuseInvalid(options.checkBody(method, path, entry.body));
      return route.handle({
        at: entry.at,
        method,
        path,
        query: url.searchParams,
        body: entry.body,
        files,
        param: (name) => decodeURIComponent(match.groups?.[name] ?? ''),
      });
    }
    throw refuse('notFound');
  }

  function fail(failure: Failure, entry: LoggedRequest, response: ServerResponse): void {
    if ('rateLimit' in failure) {
      const { rateLimit: retryAfter, global = false } = failure;
      limitRate(entry, response, { retryAfter, global, limit: 1 });
    } else if ('status' in failure) {
      const { status, code = 0, message = `${status}: ordered by the test` } = failure;
      entry.code = code;
      finish(entry, response, { status, body: { code, message } });
    } else {
      response.destroy();
      log(entry, 0);
    }
  }

  function limitRate(
    entry: LoggedRequest,
    response: ServerResponse,
    { retryAfter, global, limit }: { retryAfter: number; global: boolean; limit: number },
  ): void {
    blocks.add(entry, retryAfter * 1000, global);
    response.setHeader('Retry-After', retryAfter.toFixed(3));
    response.setHeader('X-RateLimit-Scope', global ? 'global' : 'user');
    if (global) response.setHeader('X-RateLimit-Global', 'true');
    const body = { message: 'You are being rate limited.', retry_after: retryAfter, global };
    finish(entry, response, { status: 429, body }, { limit, remaining: 0, resetAfterMs: retryAfter * 1000 });
  }

  function finish(entry: LoggedRequest, response: ServerResponse, reply: Reply, bucket?: Bucket): void {
    const { limit, remaining, resetAfterMs } = bucket ?? { limit: 1000, remaining: 999, resetAfterMs: 1000 };
    response.setHeader('X-RateLimit-Limit', limit);
    response.setHeader('X-RateLimit-Remaining', remaining);
    response.setHeader('X-RateLimit-Reset', ((Date.now() + resetAfterMs) / 1000).toFixed(3));
    response.setHeader('X-RateLimit-Reset-After', (resetAfterMs / 1000).toFixed(3));
    response.setHeader('X-RateLimit-Bucket', describeBucket(entry));
    // What the request changed is visible to waiting tests before the client goes on.
    log(entry, reply.status);
    if (reply.body === undefined) response.writeHead(reply.status).end();
    else
      response
        .writeHead(reply.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(reply.body));
  }

  function log(entry: LoggedRequest, status: number): void {
    state.requests.push({ ...entry, status });
    state.changed();
  }
}

/** Requests of one method and route share a bucket; ids and tokens do not count. */
function describeBucket({ method, path }: LoggedRequest): string {
  return `${method}${path.replaceAll(/\/(\d{15,}|loopback\.[^/]+)/g, '')}`.replaceAll(/[^\w]/g, '-');
}

function compilePattern(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}
