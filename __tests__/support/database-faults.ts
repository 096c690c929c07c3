import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import './native-errors';

export interface FaultyDatabase {
  readonly endpoint: string;
  /** The operations asked for, such as `PutItem`, in order; `GET` for a request without one. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** What a faulty database does with a request, told how many of this operation came before. */
export type Fault = (
  exchange: { body: string; operation: string; earlier: number; incoming: IncomingMessage },
  response: ServerResponse,
) => void | Promise<void>;

/** A server that speaks to the AWS SDK as `fault` says. */
export async function startFaultyDatabase(fault: Fault): Promise<FaultyDatabase> {
  const requests: string[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const operation = String(incoming.headers['x-amz-target'] ?? 'GET').replace(/^.*\./, '');
      const earlier = requests.filter((other) => other === operation).length;
      requests.push(operation);
      await fault({ body: await text(incoming), operation, earlier, incoming }, response);
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Answers as DynamoDB does when it refuses. */
export const answerError =
  (status: number, type: string, message = 'Rate exceeded'): Fault =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }));
  };

/** Passes requests on to a real database. */
export const forward =
  (endpoint: string): Fault =>
  async ({ body, incoming }, response) => {
    const { status, headers, answered } = await passOn(endpoint, incoming, body);
    response.writeHead(status, headers).end(answered);
  };

/** Passes requests on to a real database; loses the answer to the first of `operation`, after it was carried out. */
export function loseFirstAnswer(endpoint: string, operation: string): Fault {
  let isLost = false;
  return async ({ body, operation: received, incoming }, response) => {
    const { status, headers, answered } = await passOn(endpoint, incoming, body);
    if (received !== operation || isLost) return void response.writeHead(status, headers).end(answered);
    isLost = true;
    response.destroy();
  };
}

async function passOn(endpoint: string, { method, headers }: IncomingMessage, body: string) {
  const forwarded = request(endpoint, { method, headers });
  forwarded.end(body);
  const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, answered: await text(answer) };
}
