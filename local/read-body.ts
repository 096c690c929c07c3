import type { IncomingMessage } from 'node:http';

const EMPTY = Buffer.alloc(0);

/**
 * Collects a request's body, up to one byte over the limit: enough to see that it is too large. The rest is read and
 * dropped: a client that is answered while it sends sees its connection reset, and not the answer.
 * @returns never settles when the client goes away before it has sent the body
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      if (size > limit) return;
      chunks.push(chunk);
      size += chunk.length;
    });
    request.on('end', () => {
      const [only = EMPTY] = chunks;
      resolve((chunks.length < 2 ? only : Buffer.concat(chunks)).subarray(0, limit + 1));
    });
  });
}
