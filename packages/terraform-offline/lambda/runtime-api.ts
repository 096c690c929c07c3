import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../server/request';
import { PAYLOAD_LIMIT } from './limits';

/** What Lambda's runtime makes of anything thrown. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** An event on its way to a runtime. */
export interface RuntimeEvent {
  readonly payload: string;
  /** `Lambda-Runtime-…` */
  readonly headers: Readonly<Record<string, string>>;
}

/** The execution environment that a runtime runs in, as its runtime knows it. */
export interface RuntimeHost {
  /** The runtime is ready for an event, which it waits for. */
  onNext(give: (event: RuntimeEvent) => void): void;
  /** `tooLarge`: there is more than Lambda passes on. */
  onResponse(requestId: string, response: { readonly payload: string; readonly tooLarge: boolean }): void;
  /** `requestId` undefined: the function did not load. `body`: the error as JSON text. */
  onError(requestId: string | undefined, body: string): void;
}

/**
 * Lambda's Runtime API, for all execution environments: each has a path that the others do not know, so that no
 * function takes or answers another's events.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly hosts = new Map<string, RuntimeHost>();
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });
  private readonly listening = once(this.server.listen(0, '127.0.0.1'), 'listening');

  constructor() {
    // A runtime keeps its connection while it waits for events, however long.
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
    this.server.timeout = 0;
  }

  /** @returns what an environment gets as `AWS_LAMBDA_RUNTIME_API`, and how to take that back */
  async open(host: RuntimeHost): Promise<{ readonly address: string; readonly close: () => void }> {
    await this.listening;
    const { port } = this.server.address() as AddressInfo;
    const token = randomUUID();
    this.hosts.set(token, host);
    return { address: `127.0.0.1:${port}/${token}`, close: () => this.hosts.delete(token) };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token = '', version, call] =
      /^\/([^/]+)\/(2018-06-01)\/runtime\/(.+)$/.exec(request.url ?? '') ?? [];
    const host = this.hosts.get(token);
    if (!host || version === undefined || call === undefined) return respond(response, 404);
    if (call === 'invocation/next') {
      host.onNext(({ payload, headers }) => {
        respond(response, 200, payload, headers);
      });
      return;
    }
    // It is cut off beyond the limit.
    const body = await readBody(request, PAYLOAD_LIMIT);
    const [, requestId, outcome] = /^invocation\/([^/]+)\/(response|error)$/.exec(call) ?? [];
    if (call !== 'init/error' && outcome === undefined) return respond(response, 404);
    const payload = body.toString();
    if (outcome === 'response' && requestId !== undefined) {
      host.onResponse(requestId, { payload, tooLarge: body.length > PAYLOAD_LIMIT });
    } else {
      host.onError(requestId, payload);
    }
    respond(response, 202, '{"status":"OK"}');
  }
}

function respond(
  response: ServerResponse,
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  // A runtime that asks for its next event while it answers the last one may have it with the acknowledgement.
  const { socket } = response;
  socket?.cork();
  setImmediate(() => socket?.uncork());
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
