import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { messageOf } from '../message-of';
import { type Header, headerPairs, isFraming } from '../server/message';
import { BODY_LIMIT } from '../server/request';
import { inLatin1 } from './forwarding';

/** What an HTTP integration sends, ready to go. */
export interface BackendRequest {
  readonly method: string;
  /** With its query: `http://localhost:9999/pets?kind=dog`. */
  readonly url: string;
  /** `Host` is added where it is missing; headers about the connection and the length are replaced. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Undefined: as long as it takes. */
  readonly timeoutMs: number | undefined;
  /** Takes any certificate, as with `insecure_skip_verification`. Default: false. */
  readonly insecure?: boolean;
}

export interface BackendAnswer {
  readonly outcome: 'answered';
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export interface BackendFailure {
  readonly outcome: 'timed-out' | 'invalid-address' | 'unreachable' | 'too-large';
  /** What happened, with the URL, for the log. */
  readonly message: string;
}

/**
 * Sends an HTTP integration's request to its endpoint. Redirects are answers like any other, as they are to API Gateway. A
 * connection serves one request: none of them can be met by the end of another.
 * @returns why there is no answer; it never rejects
 */
export function requestBackend(request: BackendRequest): Promise<BackendAnswer | BackendFailure> {
  const { method, url, headers, body, timeoutMs, insecure = false } = request;
  const failure = (outcome: BackendFailure['outcome'], reason: string): BackendFailure => ({
    outcome,
    message: `${method} ${url}: ${reason}`,
  });
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    return Promise.resolve(failure('invalid-address', 'this is no http:// or https:// URL'));
  }
  const isSecure = new URL(url).protocol === 'https:';
  return new Promise((resolve) => {
    try {
      const sent = (isSecure ? requestHttps : requestHttp)(url, {
        method,
        // Headers may come more than once.
        headers: withFraming(method, headers, new URL(url).host, body).flat(),
        agent: isSecure ? new HttpsAgent({ rejectUnauthorized: !insecure }) : new HttpAgent(),
      });
      const end = (outcome: BackendAnswer | BackendFailure) => {
        clearTimeout(timer);
        resolve(outcome);
        sent.destroy();
      };
      const timer =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => {
              end(failure('timed-out', `the endpoint did not answer within ${timeoutMs} ms`));
            }, timeoutMs);
      const fail = (error: Error) => {
        const isUnknown = (error as NodeJS.ErrnoException).code === 'ENOTFOUND';
        end(failure(isUnknown ? 'invalid-address' : 'unreachable', messageOf(error)));
      };
      sent.on('error', fail);
      sent.on('response', (response) => {
        readAnswer(response).then((answer) => {
          end(answer ?? failure('too-large', `the answer has more than ${BODY_LIMIT} bytes`));
        }, fail);
      });
      sent.end(body);
    } catch (error) {
      // A method or header that no HTTP message can hold.
      resolve(failure('invalid-address', messageOf(error)));
    }
  });
}

/** @returns undefined when it is larger than API Gateway takes */
async function readAnswer(response: IncomingMessage): Promise<BackendAnswer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk as Buffer);
  }
  const headers = headerPairs(response.rawHeaders);
  return { outcome: 'answered', status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

/** A server says itself how long a message is: another length in the client's words would let it smuggle a second request. */
function withFraming(method: string, headers: readonly Header[], host: string, body: Buffer): Header[] {
  const framed = headers.filter(([name]) => !isFraming(name)).map(inLatin1);
  if (!framed.some(([name]) => name.toLowerCase() === 'host')) framed.unshift(['Host', host]);
  const isSized = body.length > 0 || ['PATCH', 'POST', 'PUT'].includes(method);
  return isSized ? [...framed, ['Content-Length', String(body.length)]] : framed;
}
