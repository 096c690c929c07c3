import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same for every request, or made for each. */
  readonly body: string | (() => string);
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
  const end = performance.now() + seconds * 1000;
  let answers = 0;
  await drive(load, () => {
    answers += 1;
    return performance.now() < end;
  });
  return answers / seconds;
}

/** Sends this many, to within the number of connections. */
export async function sendRequests(load: Load, count: number): Promise<void> {
  let answers = 0;
  await drive(load, () => {
    answers += 1;
    return answers < count;
  });
}

/** @param goOn told of each answer, says whether there is another request */
async function drive(load: Load, goOn: () => boolean): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(load.port)));
  const { body } = load;
  const same = typeof body === 'string' ? requestOf(load, body) : undefined;
  const request = () => same ?? requestOf(load, typeof body === 'string' ? body : body());
  const expected = `HTTP/1.1 ${load.status} `;
  await Promise.all(sockets.map((socket) => driveOne(socket, request, expected, goOn)));
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  return socket;
}

function requestOf({ method, path, headers }: Load, body: string): string {
  const lines = Object.entries({
    Host: 'localhost',
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
  });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

function driveOne(
  socket: Socket,
  request: () => string,
  expected: string,
  goOn: () => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (received.length < lengthOf(received)) return;
      if (!received.startsWith(expected)) reject(new Error(`expected ${expected}, received ${received}`));
      received = '';
      if (goOn()) {
        socket.write(request());
      } else {
        socket.destroy();
        resolve();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('the server closed the connection'));
    });
    socket.write(request());
  });
}

/** Of head and body; infinite while the head is not there. */
function lengthOf(received: string): number {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return Infinity;
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head)) ?? [];
  return head + 4 + Number(length);
}
