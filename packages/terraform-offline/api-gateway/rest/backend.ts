import { type Header, headerNames, headerValue, mediaType, type MultiMap } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import type { BackendIntegration } from '../../terraform/model/rest-api';
import type { GatewayDependencies } from '../gateway';
import { type BackendAnswer, requestBackend } from '../http-backend';
import { PATH_PARAMETER } from '../path-router';
import type { RestCall } from './call';
import { isBinaryType, requestPayload, responsePayload, textOf } from './content-handling';
import { GatewayError } from './errors';
import { forwardedHeaders } from './event';
import { type IntegrationParameters, mappedParameters } from './mapping/parameters';
import { mappedRequest, requestOverride } from './mapping/request';
import { remapHeaders } from './response';

type Log = (line: string) => void;

const FAILURES = {
  'timed-out': 'timedOut',
  unreachable: 'endpointUnreachable',
  'invalid-address': 'configuration',
  'too-large': 'configuration',
} as const;

/** Methods whose requests API Gateway sends without a body. */
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Sends a request to the endpoint of an HTTP integration. A proxy passes headers, query and body on, with what is mapped
 * besides; a custom integration sends what is mapped, and nothing else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 * @throws GatewayError when there is no answer
 */
export async function askBackend(
  call: RestCall,
  integration: BackendIntegration,
  { enforceTimeouts = true }: GatewayDependencies,
  log: Log,
): Promise<BackendAnswer> {
  const { type, uri, timeoutMs, insecure } = integration;
  const method = integration.httpMethod === 'ANY' ? call.request.method : integration.httpMethod;
  const hasBody = !BODILESS.has(method);
  const override = requestOverride();
  const body =
    type === 'HTTP'
      ? mappedRequest(call, integration, log, override)
      : requestPayload(call, integration.contentHandling, log);
  const mapped = mappedParameters(call, integration.requestParameters, override);
  const answer = await requestBackend({
    method,
    url: urlOf(uri, mapped, type === 'HTTP_PROXY' ? call.request.rawQuery : '', log),
    headers: requestHeaders(call, type, mapped.header, hasBody, log),
    body: Buffer.from(hasBody ? body : ''),
    timeoutMs: enforceTimeouts ? timeoutMs : undefined,
    insecure,
  });
  if (answer.outcome === 'answered') return answer;
  log(answer.message);
  throw new GatewayError(FAILURES[answer.outcome]);
}

function urlOf(
  uri: string,
  { path, querystring }: IntegrationParameters,
  rawQuery: string,
  log: Log,
): string {
  const url = uri.replace(PATH_PARAMETER, (whole, name: string) => {
    // A path's own parameters are encoded already; what else is mapped may end a path.
    const value = path.get(name)?.[0]?.replace(/[?#]|%(?![\da-f]{2})/gi, encodeURIComponent);
    return value ?? whole;
  });
  const missing = [...url.matchAll(PATH_PARAMETER)].map(([, name]) => `integration.request.path.${name}`);
  if (missing.length > 0) {
    log(`the URI ${uri} needs the request parameters ${missing.join(', ')}, which are not mapped or empty`);
    throw new GatewayError('configuration');
  }
  const query = [rawQuery, queryString(querystring)].filter(Boolean).join('&');
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function queryString(parameters: MultiMap): string {
  return [...parameters]
    .flatMap(([name, values]) => values.map((value) => [name, value].map(encodeURIComponent).join('=')))
    .join('&');
}

/**
 * Headers that a proxy does not pass on, though they can be mapped.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
const isHeldBack = headerNames('content-encoding', 'host', 'via');

/** Headers that are the gateway's own: mapping them is an error. */
const isReserved = headerNames(
  'content-length',
  'transfer-encoding',
  'x-amzn-apigateway-api-id',
  'x-amzn-trace-id',
);

function requestHeaders(
  call: RestCall,
  type: BackendIntegration['type'],
  mapped: MultiMap,
  hasBody: boolean,
  log: Log,
): Header[] {
  const reserved = [...mapped.keys()].find(isReserved);
  if (reserved !== undefined) {
    log(`${reserved} is API Gateway's own header, and takes no mapping`);
    throw new GatewayError('configuration');
  }
  const isMapped = headerNames(...[...mapped.keys()].map((name) => name.toLowerCase()));
  const headers =
    type === 'HTTP_PROXY' ? pairs(forwardedHeaders(call)).filter(([name]) => !isHeldBack(name)) : [];
  const sent = [...headers.filter(([name]) => !isMapped(name)), ...pairs(mapped)];
  const defaults: Header[] = [
    ['Accept', 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${call.api.id}`],
    ['X-Amzn-Trace-Id', call.traceId],
    ['x-amzn-apigateway-api-id', call.api.id],
  ];
  if (hasBody) defaults.push(['Content-Type', call.header('content-type') ?? 'application/json']);
  return [...sent, ...defaults.filter(([name]) => headerValue(sent, name.toLowerCase()) === undefined)];
}

function pairs(headers: MultiMap): Header[] {
  return [...headers].flatMap(([name, values]) => values.map((value): Header => [name, value]));
}

/** `HTTP_PROXY`: the endpoint's answer is the response. */
export function backendResponse(call: RestCall, answer: BackendAnswer, log: Log): HttpResponse {
  const { status, headers } = answer;
  const remapped = remapHeaders(headers);
  if (headerValue(remapped, 'content-type') === undefined)
    remapped.push(['Content-Type', 'application/json']);
  return { status, headers: remapped, body: bodyOf(call, answer, log) };
}

/** What the endpoint has compressed is not looked into. */
function bodyOf(call: RestCall, answer: BackendAnswer, log: Log): Buffer | string {
  const { headers, body } = answer;
  if (headerValue(headers, 'content-encoding') !== undefined) return body;
  const isBinary = isBinaryType(call, mediaType(headerValue(headers, 'content-type') ?? ''));
  return isBinary ? responsePayload(call, answer, undefined, log) : textOf(body, log);
}
