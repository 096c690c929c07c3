import { type Header, headerValue, isFraming } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import { parseObject, readHeaders, readProxyResponse, readStatus } from '../proxy-response';

const DEFAULT_TYPE = 'text/plain; charset=utf-8';

/** A function's payload as the answer it stands for; undefined when it stands for none: AWS answers 500. */
export function httpResponse(version: '1.0' | '2.0', payload: string): HttpResponse | undefined {
  return version === '1.0' ? responseV1(payload) : inferredV2(payload);
}

function responseV1(payload: string): HttpResponse | undefined {
  const response = readProxyResponse(payload);
  return (
    response &&
    shape(response.status, response.headers, response.body, response.isBase64Encoded, DEFAULT_TYPE)
  );
}

/**
 * With a `statusCode` the result is a response; without one all of it is the body of a 200, a string without its quotes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2
 */
function inferredV2(payload: string): HttpResponse | undefined {
  const result = parseObject(payload);
  if (!result || !('statusCode' in result)) {
    const body = payload.startsWith('"') ? (JSON.parse(payload) as string) : payload;
    return { status: 200, headers: [['Content-Type', 'application/json']], body };
  }
  return responseV2(result, DEFAULT_TYPE);
}

/**
 * A result with a `statusCode`.
 * @param defaultType the media type of one that names none
 */
export function responseV2(
  result: Readonly<Record<string, unknown>>,
  defaultType: string,
): HttpResponse | undefined {
  const status = readStatus(result.statusCode);
  const headers = readHeaders(result.headers);
  const body = result.body ?? '';
  const cookies: unknown = result.cookies ?? [];
  if (status === undefined || !headers || typeof body !== 'string' || !isStrings(cookies)) return undefined;
  const all = [...headers, ...cookies.map((cookie): Header => ['Set-Cookie', cookie])];
  return shape(status, all, body, result.isBase64Encoded === true, defaultType);
}

function shape(
  status: number,
  headers: readonly Header[],
  body: string,
  isBase64Encoded: boolean,
  defaultType: string,
): HttpResponse {
  const kept = headers.filter(([name]) => !isFraming(name));
  if (headerValue(kept, 'content-type') === undefined) kept.push(['Content-Type', defaultType]);
  return { status, headers: kept, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}
