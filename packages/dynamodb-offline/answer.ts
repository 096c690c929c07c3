import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { callerOf, type Caller } from './caller';
import { DynamoDBError, coral, internalServerError, serialization } from './errors';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const BODY_LIMIT = 16 * 1024 * 1024;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Whole, or at least one byte over the limit. */
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Answers one operation.
 * @param target what `X-Amz-Target` says: `DynamoDB_20120810.PutItem`
 * @param caller who asks; throws when the request is not signed
 * @returns undefined for an operation that there is not
 */
export type Call = (target: string, json: unknown, caller: () => Caller) => Promise<object> | undefined;

/**
 * DynamoDB's protocol, over any server.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export async function answerHttp(request: HttpRequest, call: Call): Promise<HttpResponse> {
  const { method, headers, body } = request;
  if (headers.origin !== undefined && isOtherSite(headers.origin)) return forbidden(headers.origin);
  if (method === 'GET') return reply(200, 'healthy: dynamodb.us-east-1.amazonaws.com ');
  const contentType = headers['content-type']?.replace(/\s*;.*/, '');
  if (
    method !== 'POST' ||
    (contentType !== 'application/x-amz-json-1.0' && contentType !== 'application/json')
  ) {
    return reply(404, '<UnknownOperationException/>\n');
  }
  if (body.length > BODY_LIMIT) return { status: 413, headers: {}, body: '' };
  try {
    return reply(200, JSON.stringify(await run(request, call)), contentType);
  } catch (error) {
    const told = error instanceof DynamoDBError ? error : internalServerError(explain(error));
    return reply(told.status, JSON.stringify({ __type: told.type, ...told.members }), contentType);
  }
}

async function run({ url, headers, body }: HttpRequest, call: Call): Promise<object> {
  const json = parse(body);
  const target = headers['x-amz-target'];
  const answer = typeof target === 'string' && call(target, json, () => callerOf(url, headers));
  if (!answer) throw coral('UnknownOperationException', {});
  return answer;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw serialization();
  }
}

/** A defect of this program costs the request that met it, and nothing else. */
function explain(error: unknown): string {
  return `a defect in dynamodb-offline: ${error instanceof Error ? error.stack : String(error)}`;
}

function reply(status: number, body: string, contentType?: string): HttpResponse {
  return {
    status,
    headers: {
      'x-amzn-RequestId': requestId(),
      'x-amz-crc32': String(crc32(body)),
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      'Content-Length': String(Buffer.byteLength(body)),
    },
    body,
  };
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** As DynamoDB's own: 52 capitals and digits. It tells requests apart, and is no secret. */
function requestId(): string {
  let id = '';
  while (id.length < 52) id += DIGITS[Math.floor(Math.random() * DIGITS.length)]!;
  return id;
}

/**
 * A browser names the page's origin in every POST. DynamoDB answers any; what is open on a developer's machine must
 * not answer the pages that are open there too. Clients that are no browsers send none.
 * https://fetch.spec.whatwg.org/#origin-header
 */
function isOtherSite(origin: string): boolean {
  if (!URL.canParse(origin)) return true;
  const { protocol, hostname } = new URL(origin);
  return /^https?:$/.test(protocol) && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function forbidden(origin: string): HttpResponse {
  const Message = `Only pages of this machine may use this database, received the Origin ${origin}.`;
  const error = coral('AccessDeniedException', { Message }, 403);
  return reply(
    error.status,
    JSON.stringify({ __type: error.type, ...error.members }),
    'application/x-amz-json-1.0',
  );
}
