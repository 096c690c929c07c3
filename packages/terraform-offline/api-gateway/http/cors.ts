import { type Header, headerPairs, headerValue } from '../../server/message';
import type { HttpRequest, HttpResponse } from '../../server/request';
import type { CorsConfiguration } from '../../terraform/model/cors';

/**
 * The answer to a preflight request, which never reaches a route; undefined when the request is none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflight(cors: CorsConfiguration, request: HttpRequest): HttpResponse | undefined {
  const headers = headerPairs(request.rawHeaders);
  const asksFor = headerValue(headers, 'access-control-request-method');
  if (request.method !== 'OPTIONS' || !headerValue(headers, 'origin') || !asksFor) return undefined;
  const allowed = originHeaders(cors, request);
  return { status: 204, headers: allowed ? [...allowed, ...preflightHeaders(cors)] : [], body: '' };
}

/** An answer with the API's CORS headers in place of the integration's own; untouched where none are configured. */
export function withCors(
  cors: CorsConfiguration | undefined,
  request: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  if (!cors) return response;
  const own = response.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  return { ...response, headers: [...own, ...corsHeaders(cors, request)] };
}

/** The headers that let the request's origin read an answer; none where it may not. */
export function corsHeaders(cors: CorsConfiguration, request: HttpRequest): readonly Header[] {
  const allowed = originHeaders(cors, request);
  return allowed ? [...allowed, ...list('Access-Control-Expose-Headers', cors.exposeHeaders)] : [];
}

/** Undefined for a request without an origin, or with one that is not allowed. */
function originHeaders(cors: CorsConfiguration, request: HttpRequest): Header[] | undefined {
  const origin = headerValue(headerPairs(request.rawHeaders), 'origin');
  if (origin === undefined) return undefined;
  // `https://*` allows every origin that begins so.
  const allowing = cors.allowOrigins.find((pattern) =>
    pattern.endsWith('*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin,
  );
  if (allowing === undefined) return undefined;
  return [
    ['Access-Control-Allow-Origin', allowing === '*' ? '*' : origin],
    ...(cors.allowCredentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
}

function preflightHeaders(cors: CorsConfiguration): Header[] {
  return [
    ...list('Access-Control-Allow-Methods', cors.allowMethods),
    ...list('Access-Control-Allow-Headers', cors.allowHeaders),
    ...(cors.maxAgeSeconds === undefined ? [] : list('Access-Control-Max-Age', [String(cors.maxAgeSeconds)])),
  ];
}

function list(name: string, values: readonly string[]): Header[] {
  return values.length > 0 ? [[name, values.join(',')]] : [];
}
