import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpHandler } from './http';
import { present } from './present';
import { respond, type ProxyResult } from './respond';

/**
 * Puts a handler behind an HTTP API's proxy integration (payload version 2.0).
 *
 * @example export const handler = httpHandler(createItem(items));
 */
export function httpHandler(handle: HttpHandler): (event: APIGatewayProxyEventV2) => Promise<ProxyResult> {
  return (event) =>
    respond(handle, {
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
}
