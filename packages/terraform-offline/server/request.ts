import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** A request as it came off the socket, less the local prefix (`/<stack id>/<stage>`). The core knows no sockets. */
export interface HttpRequest {
  readonly method: string;
  /** The path within the stage, undecoded: `/data/a%2Fb`. */
  readonly rawPath: string;
  /** What stands before `rawPath` in the URL: `/data-api/prod`. */
  readonly prefix: string;
  /** The custom domain that it came to, and what its mapping took off the path: `/orders`. Default: the API's own URL. */
  readonly domain?: { readonly name: string; readonly basePath: string };
  /** Undecoded, without the question mark; empty when there is none. */
  readonly rawQuery: string;
  /** Name, value, name, value, … in the client's order and case, as `IncomingMessage.rawHeaders` has them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
}

export interface HttpResponse {
  readonly status: number;
  /** A name may occur more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | string;
}

/** Answers one API's requests as API Gateway would. Never rejects: what goes wrong has an answer. */
export type Gateway = (request: HttpRequest) => Promise<HttpResponse>;

/** An answer whose body may still be going on when it is sent. */
export type PageResponse = Omit<HttpResponse, 'body'> & { readonly body: Buffer | string | Readable };

/** Answers every request; `rawPath` is the whole path. Never rejects. */
export type Answer = (request: HttpRequest) => Promise<PageResponse>;

/** Answers a request outside of all APIs; undefined where there is nothing. Never rejects. */
export type Pages = (request: HttpRequest) => Promise<PageResponse> | undefined;

/** Bytes of a body that API Gateway takes, REST or HTTP. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const BODY_LIMIT = 10 * 1024 * 1024;

const EMPTY = Buffer.alloc(0);

/**
 * The body, up to one byte over the limit: enough to see that it is too large. The rest is read and dropped: a client that
 * is answered while it sends sees its connection reset, and not the answer. Never settles when the client goes away before
 * it has sent it.
 * @param limit in bytes
 */
export function readBody(request: IncomingMessage, limit = Infinity): Promise<Buffer> {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    return Promise.resolve(EMPTY);
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      if (size > limit) return;
      chunks.push(chunk);
      size += chunk.length;
    };
    request.on('data', take);
    request.once('end', () => {
      // Node keeps a connection's last request: what is still listened to would keep the body.
      request.off('data', take);
      const [only = EMPTY] = chunks;
      resolve((chunks.length < 2 ? only : Buffer.concat(chunks)).subarray(0, limit + 1));
    });
  });
}
