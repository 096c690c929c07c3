import { type Header, headerNames, headerValue, isFraming } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import type { BackendHttpIntegration } from '../../terraform/model/http-api';
import type { GatewayDependencies } from '../gateway';
import { type BackendAnswer, requestBackend } from '../http-backend';
import { PATH_PARAMETER } from '../path-router';
import type { HttpCall } from './call';
import { ownAnswer } from './errors';

const FAILURES = {
  'timed-out': 503,
  unreachable: 503,
  'invalid-address': 500,
  'too-large': 500,
} as const;

/**
 * Passes a request on to the endpoint of an `HTTP_PROXY` integration, and its answer back.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
export async function askBackend(
  call: HttpCall,
  integration: BackendHttpIntegration,
  { enforceTimeouts = true }: GatewayDependencies,
  log: (line: string) => void,
): Promise<{ readonly isOwn: boolean; readonly response: HttpResponse }> {
  const { request } = call;
  const answer = await requestBackend({
    method: integration.method === 'ANY' ? request.method : integration.method,
    url: urlOf(call, integration.uri),
    headers: passedHeaders(call),
    body: request.body,
    timeoutMs: enforceTimeouts ? integration.timeoutMs : undefined,
  });
  if (answer.outcome === 'answered') return { isOwn: false, response: backendResponse(answer) };
  log(answer.message);
  return { isOwn: true, response: ownAnswer(FAILURES[answer.outcome]) };
}

/** The integration's URI with the path's parameters in it, or the path that a mapping gives; and the client's query. */
function urlOf({ request, pathParameters, isPathMapped = false }: HttpCall, uri: string): string {
  const filled = uri.replace(PATH_PARAMETER, (whole, name: string) =>
    Object.hasOwn(pathParameters, name) ? encodedPath(pathParameters[name]!) : whole,
  );
  const url = isPathMapped && URL.canParse(filled) ? new URL(request.rawPath, filled).toString() : filled;
  if (request.rawQuery === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${request.rawQuery}`;
}

/** A greedy parameter's value keeps its slashes. */
function encodedPath(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/');
}

/** What the gateway says itself, in place of what the client said. */
const isReplaced = headerNames('forwarded', 'host', 'via', 'x-amzn-trace-id');

/** Headers of the connection, which ends at the gateway. */
const isOfConnection = headerNames('expect', 'te', 'trailer', 'upgrade');

/**
 * HTTP APIs tell whom they pass on for in `Forwarded`, not in `X-Forwarded-For`.
 * https://www.rfc-editor.org/rfc/rfc7239
 */
function passedHeaders({ request, headers, traceId }: HttpCall): Header[] {
  const kept = headers.filter(([name]) => !isReplaced(name) && !isOfConnection(name) && !isFraming(name));
  const host = headerValue(headers, 'host') ?? '';
  const { sourceIp } = request;
  const client = sourceIp.includes(':') ? `"[${sourceIp}]"` : sourceIp;
  return [
    ...kept,
    ['Forwarded', `by=127.0.0.1;for=${client};host=${host};proto=http`],
    ['Via', 'HTTP/1.1 AmazonAPIGateway'],
    ['X-Amzn-Trace-Id', traceId],
  ];
}

function backendResponse({ status, headers, body }: BackendAnswer): HttpResponse {
  return { status, headers: headers.filter(([name]) => !isFraming(name)), body };
}
