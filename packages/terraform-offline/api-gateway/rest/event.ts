import { type Header, lastValues, multiMap, type MultiMap } from '../../server/message';
import { forwardingHeaders } from '../forwarding';
import type { RestCall } from './call';
import { isBinaryType } from './content-handling';

/**
 * The event of a Lambda proxy integration, payload 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function proxyEvent(call: RestCall) {
  const { api, request, method, query, context } = call;
  const headers = forwardedHeaders(call);
  return {
    resource: method.path,
    path: `${request.domain?.basePath ?? ''}${request.rawPath.replace(/^\/+/, '/')}`,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(headers),
    // API Gateway sends null, not {}, where there is nothing.
    queryStringParameters: query.size > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.size > 0 ? Object.fromEntries(query) : null,
    pathParameters: nullIfEmpty(call.pathParameters),
    stageVariables: nullIfEmpty(api.stageVariables),
    requestContext: context,
    ...body(call),
  };
}

/**
 * The event of an authorizer's function: what a proxy integration gets, without a body, or the token alone.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function authorizerEvent(call: RestCall, type: 'TOKEN' | 'REQUEST', methodArn: string, token: string) {
  if (type === 'TOKEN') return { type, methodArn, authorizationToken: token };
  const members = Object.entries(proxyEvent(call))
    .filter(([name]) => name !== 'body' && name !== 'isBase64Encoded')
    .map(([name, value]) => [name, (value as unknown) ?? {}] as const);
  return { type, methodArn, ...Object.fromEntries(members) };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
function body(call: RestCall) {
  if (call.body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = isBinaryType(call, call.contentType);
  return { body: isBase64Encoded ? call.body.toString('base64') : call.text, isBase64Encoded };
}

function nullIfEmpty(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  return Object.keys(record).length > 0 ? record : null;
}

/**
 * Headers that end at the gateway, as captured from AWS.
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json
 */
const DROPPED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/** Names API Gateway writes its own way; all others keep the client's case, and differ by it. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
]);

/**
 * The headers that events and templates see: the client's, less the connection's and a signature, with what the gateway adds.
 */
export function forwardedHeaders(call: RestCall): MultiMap {
  const added = forwardingHeaders(call);
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const kept: Header[] = [];
  for (const [name, value] of call.headers) {
    const key = name.toLowerCase();
    if (key === 'authorization' && value.startsWith('AWS4-')) continue;
    if (!DROPPED.has(key) && !replaced.has(key)) kept.push([RENAMED.get(key) ?? name, value]);
  }
  return multiMap([...kept, ...added]);
}
