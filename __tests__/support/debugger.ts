import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';

type Message = Readonly<Record<string, unknown>>;

/** What a debugger is told: `Debugger.paused` and its like. https://chromedevtools.github.io/devtools-protocol/v8/ */
interface Notification {
  readonly method: string;
  readonly params: Message;
}

/** A debugger's connection to a Node.js process. */
export class Debugger {
  private last = 0;
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly notifications: Notification[] = [];
  private readonly waiting = new Set<() => void>();
  private received: Buffer = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      for (let text = this.frame(); text !== undefined; text = this.frame()) {
        this.take(JSON.parse(text) as Message);
      }
    });
  }

  /** @param url `ws://…`, as Node.js prints it */
  static async connect(url: string): Promise<Debugger> {
    const upgrade = get(url.replace('ws:', 'http:'), {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      },
    });
    const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Socket];
    return new Debugger(socket);
  }

  /** Rejects when the process says that it cannot. */
  call(method: string, params: Message = {}): Promise<Message> {
    const id = (this.last += 1);
    this.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result as Message);
        else reject(new Error(`${method}: ${JSON.stringify(error)}`));
      });
    });
  }

  /** Waits for a notification, unless there has been one. */
  async notified(method: string, matches: (params: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      const found = this.notifications.find((one) => one.method === method && matches(one.params));
      if (found) return found.params;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private take(message: Message): void {
    if (typeof message.id === 'number') return this.answers.get(message.id)?.(message);
    this.notifications.push(message as unknown as Notification);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
  private send(text: string): void {
    const payload = Buffer.from(text);
    const head = Buffer.alloc(8);
    head.writeUInt16BE(0x81fe);
    head.writeUInt16BE(payload.length, 2);
    // A mask of zeros leaves the payload as it is.
    this.socket.write(Buffer.concat([head, payload]));
  }

  private frame(): string | undefined {
    const short = (this.received[1] ?? 0) & 0x7f;
    const start = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (this.received.length < start) return undefined;
    const length =
      short === 127
        ? Number(this.received.readBigUInt64BE(2))
        : short === 126
          ? this.received.readUInt16BE(2)
          : short;
    const end = start + length;
    if (this.received.length < end) return undefined;
    const text = this.received.toString('utf8', start, end);
    this.received = this.received.subarray(end);
    return text;
  }
}
