import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Log } from '../log/log';
import { isFraming } from './message';
import { type Answer, BODY_LIMIT, type PageResponse, readBody } from './request';

/** Longer than clients keep a connection, so that none is closed under a request that is on its way. */
const KEEP_ALIVE_MS = 75_000;

interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly answer: Answer;
  readonly log: Log;
}

export interface Server {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Ends at once, connections included. */
  close(): Promise<void>;
}

/**
 * Listens for HTTP.
 * @throws when host and port cannot be had, saying why
 */
export async function listen({ host, port, answer, log }: ServerOptions): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(request, response, answer, log).catch((error: unknown) => {
      // A defect costs the request that met it, and nothing else.
      log({ type: 'notice', level: 'error', message: error instanceof Error ? error.stack! : String(error) });
      if (response.headersSent) response.destroy();
      else sendInternalError(response, 500);
    });
  });
  // A client that has sent all it has to say may close its half of the connection, and still wants its answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explain(error, host, port);
  }
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  log: Log,
): Promise<void> {
  const startedAt = performance.now();
  const { method = 'GET', rawHeaders, httpVersion, socket } = request;
  const url = originForm(request.url);
  const queryAt = url.indexOf('?');
  const body = await readBody(request, BODY_LIMIT);
  const answered = await answer({
    method,
    rawPath: queryAt < 0 ? url : url.slice(0, queryAt),
    prefix: '',
    rawQuery: queryAt < 0 ? '' : url.slice(queryAt + 1),
    rawHeaders,
    body,
    sourceIp: socket.remoteAddress ?? '',
    protocol: `HTTP/${httpVersion}`,
  });
  send(response, answered, log);
  const milliseconds = performance.now() - startedAt;
  log({ type: 'access', method, path: withoutCredentials(url), status: response.statusCode, milliseconds });
}

/** As long as they hold, presigned URLs and tokens open what they are for to whoever reads the log. */
function withoutCredentials(url: string): string {
  return url
    .replace(/([?&]X-Amz-(?:Credential|Signature|Security-Token)=)[^&]*/gi, '$1…')
    .replace(/=eyJ[\w-]*\.[\w-]+\.[\w-]*/g, '=…');
}

/** Clients may send the whole URL, as they do to proxies. https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
function originForm(target = '/'): string {
  if (target.startsWith('/')) return target;
  return target.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}

function send(response: ServerResponse, { status, headers, body }: PageResponse, log: Log): void {
  const raw: string[] = [];
  for (const [name, value] of headers) if (!isFraming(name)) raw.push(name, value);
  const isStream = body instanceof Readable;
  if (!isStream && status !== 204 && status !== 304) {
    raw.push('Content-Length', String(Buffer.byteLength(body)));
  }
  try {
    response.writeHead(status, raw);
  } catch (error) {
    // A header no HTTP message can hold, such as one with a line end in it.
    log({ type: 'notice', level: 'error', message: `the answer cannot be sent: ${String(error)}` });
    sendInternalError(response, 502);
    return;
  }
  if (isStream) {
    response.on('close', () => body.destroy());
    body.pipe(response);
  } else {
    response.end(body);
  }
}

function sendInternalError(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end('{"message": "Internal server error"}');
}

function explain(error: unknown, host: string, port: number): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new Error(`port ${port} is in use: choose another with --port`);
  if (code === 'EACCES')
    return new Error(`port ${port} needs more rights: choose one above 1023 with --port`);
  return new Error(`cannot listen on ${host}, port ${port}: ${String(error)}`);
}
