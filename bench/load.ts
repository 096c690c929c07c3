import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The status every answer has; another one ends the run. */
  readonly status: number;
}

/** Requests that are on their way at the same time. */
const CONNECTIONS = 8;

/**
 * Keeps a server busy, with as little work on this side as there can be: it shares the processors.
 * @returns answers per second
 */
export async function requestsPerSecond(load: Load, seconds: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(load.port)));
  const request = requestOf(load);
  const expected = `HTTP/1.1 ${load.status} `;
  const end = performance.now() + seconds * 1000;
  const counts = await Promise.all(sockets.map((socket) => drive(socket, request, expected, end)));
  return counts.reduce((sum, count) => sum + count) / seconds;
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  return socket;
}

function requestOf({ method, path, headers, body }: Load): string {
  const lines = Object.entries({
    Host: 'localhost',
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
  });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

function drive(socket: Socket, request: string, expected: string, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = '';
    let answers = 0;
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (received.length < lengthOf(received)) return;
      if (!received.startsWith(expected)) reject(new Error(`expected ${expected}, received ${received}`));
      received = '';
      answers += 1;
      if (performance.now() < end) socket.write(request);
      else resolve(socket.destroy() && answers);
    });
    socket.on('error', reject);
    socket.write(request);
  });
}

/** Of head and body; infinite while the head is not there. */
function lengthOf(received: string): number {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return Infinity;
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head)) ?? [];
  return head + 4 + Number(length);
}
