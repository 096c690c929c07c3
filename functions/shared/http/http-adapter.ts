import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpHandler } from './http';
import { present } from './present';
import { requireProxyEvent } from './proxy-event';
import { respond, type ProxyResult } from './respond';

/**
 * Puts a handler behind an HTTP API's proxy integration (payload version 2.0).
 * Any other event is an error of the invocation.
 *
 * @example export const handler = httpHandler(createItem(items));
 */
export function httpHandler(handle: HttpHandler): (event: APIGatewayProxyEventV2) => Promise<ProxyResult> {
  return async (event) => {
    requireProxyEvent(event, 'an HTTP API (payload version 2.0)', [
      'requestContext.http.path',
      'requestContext.requestId',
    ]);
    return respond(handle, {
      // `rawPath` may leave out what stands before the API's own path; this is the path the client sent.
      path: event.requestContext.http.path,
      // API Gateway leaves these out, rather than sending {}, when there are none.
      pathParameters: present(event.pathParameters),
      query: present(event.queryStringParameters),
      headers: Object.entries(present(event.headers)),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
      requestId: event.requestContext.requestId,
    });
  };
}
