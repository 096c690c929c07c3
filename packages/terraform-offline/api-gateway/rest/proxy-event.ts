import { matchesMediaType } from '../media-type';
import { lastValues } from '../multi-map';
import { forwardedHeaders } from './forwarded-headers';
import type { RestCall } from './rest-call';

/**
 * The event of a Lambda proxy integration, payload 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function proxyEvent(call: RestCall) {
  const { api, request, method, query, context } = call;
  const headers = forwardedHeaders(call);
  return {
    resource: method.path,
    path: request.rawPath.replace(/^\/+/, '/'),
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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
function body({ api, request, contentType }: RestCall) {
  if (request.body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = matchesMediaType(contentType, api.binaryMediaTypes);
  return { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function nullIfEmpty(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  return Object.keys(record).length > 0 ? record : null;
}
