import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BODY_LIMIT, type HttpResponse, type HttpRequest } from './answer';

/** Longer than clients keep a connection that is idle, so that none is closed under a request on its way. */
const KEEP_ALIVE_MS = 75_000;

export interface Server {
  /** `http://127.0.0.1:8000` */
  readonly endpoint: string;
  /** Ends at once, connections included. */
  close(): Promise<void>;
}

/**
 * Listens for HTTP.
 * @param port 0 for any that is free
 * @throws when host and port cannot be had, saying why
 */
export async function listen(
  host: string,
  port: number,
  answer: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    readBody(request, (body) => {
      const { method = '', url = '', headers } = request;
      void answer({ method, url, headers, body }).then((answered) => send(response, answered));
    });
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What is over the limit is read and dropped: a client that is answered while it sends sees a reset, not the answer. */
function readBody(request: IncomingMessage, read: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    if (size <= BODY_LIMIT) chunks.push(chunk);
    size += chunk.length;
  });
  request.on('end', () => read(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  // A client that goes away before it has sent all of it gets no answer.
  request.on('error', () => undefined);
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, headers);
  response.end(body);
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): Error {
  if (code === 'EADDRINUSE') return new Error(`port ${port} is in use: choose another`);
  if (code === 'EACCES') return new Error(`port ${port} needs more rights: choose one above 1023`);
  return new Error(`cannot listen on ${host}, port ${port}: ${message}`);
}
