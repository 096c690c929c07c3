import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FloorSettings } from './worker';

/** What the floor serves: one function, whatever the request. */
export interface Floor {
  readonly codeDirectory: string;
  readonly variables: Record<string, string>;
  readonly event: FloorSettings['event'];
}

/**
 * The least that could be done: plain `node:http`, one worker thread with the same bundle, no routing, no events, no
 * log. A process of its own, as the local server is one: tells its parent the port it answers on.
 */
async function serve({ codeDirectory, variables, event }: Floor): Promise<number> {
  const module = pathToFileURL(path.join(codeDirectory, 'index.mjs')).href;
  const worker = new Worker(path.join(__dirname, 'worker.js'), {
    env: variables,
    // The SDK speaks of this machine's Node.js.
    execArgv: ['--disable-warning=Warning'],
    workerData: { module, event } satisfies FloorSettings,
  });
  await once(worker, 'message');
  const waiting = new Map<number, ServerResponse>();
  let last = 0;
  worker.on('message', ({ id, result }: { id: number; result: string }) => {
    const { statusCode = 200, body = result } = JSON.parse(result) as { statusCode?: number; body?: string };
    waiting
      .get(id)
      ?.writeHead(statusCode, { 'Content-Length': Buffer.byteLength(body) })
      .end(body);
    waiting.delete(id);
  });
  const server = createServer((request, response) => {
    const id = (last += 1);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      waiting.set(id, response);
      worker.postMessage({ id, body: Buffer.concat(chunks).toString() });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

process.once('message', (floor: Floor) => {
  void serve(floor).then((port) => process.send?.(port));
});
process.on('disconnect', () => process.exit());
