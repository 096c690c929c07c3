import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Of one log event; Lambda splits what is longer. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const EVENT_LIMIT = 1024 * 1024;

/** What is read of one stream before others have their turn: a function that floods its log waits, as in Lambda. */
const TURN_BYTES = 4 * 1024 * 1024;
const TURN_MS = 100;

/** Type, length and time in front of a message of the runtime's client. */
const FRAME_HEADER = 16;

/** The output of one execution environment as entries for a log. */
export class FunctionLog {
  private readonly unfinished = new Map<Readable, string>();

  /** @param write takes each line with its end, and each message of the runtime's client */
  constructor(private readonly write: (line: string) => void) {}

  /** What a function writes to standard output or error, line by line. */
  addLines(stream: Readable): void {
    const decoder = new StringDecoder();
    stream.on('data', (chunk: Buffer) => {
      const lines = ((this.unfinished.get(stream) ?? '') + decoder.write(chunk)).split(/(?<=\n)/);
      const last = lines.at(-1) ?? '';
      const isWhole = last.endsWith('\n') || last.length >= EVENT_LIMIT;
      this.unfinished.set(stream, isWhole ? '' : (lines.pop() ?? ''));
      lines.forEach(this.write);
    });
    limitRate(stream);
  }

  /** What the runtime's client writes: messages of one or more lines, framed as Lambda's own runtimes do it. */
  addFrames(stream: Readable): void {
    let received: Buffer = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      while (received.length >= FRAME_HEADER) {
        const end = FRAME_HEADER + received.readUInt32BE(4);
        if (received.length < end) return;
        this.write(`${received.toString('utf8', FRAME_HEADER, end).trimEnd()}\n`);
        received = received.subarray(end);
      }
    });
    limitRate(stream);
  }

  /** Writes what has no end of line yet. */
  flush(): void {
    for (const [stream, line] of this.unfinished) {
      if (line === '') continue;
      this.unfinished.set(stream, '');
      this.write(line);
    }
  }
}

function limitRate(stream: Readable): void {
  let turn = performance.now();
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    const now = performance.now();
    if (now - turn >= TURN_MS) {
      turn = now;
      bytes = 0;
    }
    bytes += chunk.length;
    if (bytes < TURN_BYTES || stream.isPaused()) return;
    stream.pause();
    setTimeout(() => stream.resume(), TURN_MS);
  });
}
