import { createServer, type Server } from 'node:http';
import { Fault, messageOf } from '../errors.ts';

export interface Health {
  readonly ok: boolean;
  /** Shown to whoever asks; must hold no secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Serves `/healthz` (200 or 503, JSON) and `/metrics` (Prometheus text) on a port, for probes and scrapers.
 * @throws {Fault} when the port cannot be used.
 */
export function serveOperations(
  port: number,
  sources: {
    readonly health: () => Health;
    readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  },
): Promise<Server> {
  const server = createServer(async (request, response) => {
    const send = (code: number, type: string, text: string) => {
      response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
    };
    try {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      if (path === '/healthz') {
        const { ok, details } = sources.health();
        send(ok ? 200 : 503, 'application/json', JSON.stringify({ ok, ...details }));
      } else if (path === '/metrics') {
        const { type, text } = await sources.metrics();
        send(200, type, text);
      } else send(404, 'text/plain', 'There is /healthz and /metrics.\n');
    } catch (error) {
      send(500, 'text/plain', `${messageOf(error)}\n`);
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Fault(`METRICS_PORT: port ${port} cannot be used: ${error.message}`)),
    );
    server.listen(port, () => resolve(server));
  });
}
