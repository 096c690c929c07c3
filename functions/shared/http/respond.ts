import type { HttpHandler, HttpRequest } from './http';
import { Problem } from './problem';
import { report } from './report';

/** A request as an event brings it, before headers are looked up and the body is decoded. */
export interface RequestParts extends Omit<HttpRequest, 'header' | 'body'> {
  /** Names in the client's case; a name may occur more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/** What API Gateway expects of a proxy function, in either payload version. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Answers a request with what the handler returns, or with the problem it throws. Never rejects. */
export async function respond(handle: HttpHandler, parts: RequestParts): Promise<ProxyResult> {
  try {
    const { status, headers, body } = await handle(toRequest(parts));
    return result(status, 'application/json', headers, body);
  } catch (error) {
    const problem = report(error, parts.requestId);
    const headers = {
      'Cache-Control': 'no-store',
      ...(problem.retryAfter !== undefined && { 'Retry-After': String(problem.retryAfter) }),
    };
    return result(problem.status, 'application/problem+json', headers, problem.details(parts.requestId));
  }
}

function toRequest({ headers, body, isBase64Encoded, ...request }: RequestParts): HttpRequest {
  return {
    ...request,
    header(name) {
      const values = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase());
      return values.length > 0 ? values.map(([, value]) => value).join(', ') : undefined;
    },
    // Decoded only when it is read: a body of another media type than JSON may be no text at all.
    get body() {
      if (!body) return undefined;
      return isBase64Encoded ? decode(body) : body;
    },
  };
}

function decode(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new Problem('invalid-json', 'The body is not UTF-8 text.', { cause });
  }
}

function result(
  statusCode: number,
  contentType: string,
  headers: Readonly<Record<string, string>> | undefined,
  body: unknown,
): ProxyResult {
  if (body === undefined) return { statusCode, headers: { ...headers }, body: '' };
  return {
    statusCode,
    headers: { 'Content-Type': contentType, 'X-Content-Type-Options': 'nosniff', ...headers },
    body: JSON.stringify(body),
  };
}
