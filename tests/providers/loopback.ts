import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server got it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  /** Resolves when the client has closed the connection. */
  readonly closed: Promise<void>;
}

export type Respond = (response: ServerResponse, request: Received, count: number) => void | Promise<void>;

export interface Loopback {
  readonly url: string;
  readonly received: Received[];
  readonly close: () => Promise<void>;
}

/** A server on loopback that answers every request as it is told. */
export async function openLoopback(respond: Respond): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const closed = new Promise<void>((resolve) => response.on('close', resolve));
    const body: unknown = text === '' ? {} : JSON.parse(text);
    const got: Received = {
      path: request.url ?? '',
      headers: request.headers,
      body: body as Received['body'],
      closed,
    };
    received.push(got);
    await respond(response, got, received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** The pieces of a reply as one protocol or the other streams them. */
export interface Protocol {
  readonly begin: (response: ServerResponse) => void;
  readonly send: (response: ServerResponse, text: string) => void;
  readonly end: (response: ServerResponse, reason?: string) => void;
  /** How an error looks. */
  readonly fail: (response: ServerResponse, status: number, message: string, code: string) => void;
}

const event = (response: ServerResponse, value: unknown) =>
  response.write(`data: ${JSON.stringify(value)}\n\n`);
const chunk = (delta: object, reason: string | null = null) => ({
  id: '1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: reason }],
});

export const openaiProtocol: Protocol = {
  begin: (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }),
  send: (response, content) => event(response, chunk({ role: 'assistant', content })),
  end: (response, reason = 'stop') => {
    event(response, chunk({}, reason));
    event(response, {
      ...chunk({}),
      choices: [],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    });
    response.end('data: [DONE]\n\n');
  },
  fail: (response, status, message, code) =>
    sendJson(response, status, { error: { message, code, type: code } }),
};

const line = (response: ServerResponse, value: object) =>
  response.write(`${JSON.stringify({ model: 'm', created_at: '2022-01-21T00:00:00Z', ...value })}\n`);

export const ollamaProtocol: Protocol = {
  begin: (response) => response.writeHead(200, { 'content-type': 'application/x-ndjson' }),
  send: (response, content) => line(response, { message: { role: 'assistant', content }, done: false }),
  end: (response, reason = 'stop') => {
    line(response, {
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: reason,
      prompt_eval_count: 7,
      eval_count: 3,
    });
    response.end();
  },
  fail: (response, status, message) => sendJson(response, status, { error: message }),
};
