import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpHandler } from './http';
import { present } from './present';
import { requireProxyEvent } from './proxy-event';
import { respond, type ProxyResult } from './respond';

/**
 * Puts a handler behind a REST API's proxy integration (payload version 1.0).
 * Any other event is an error of the invocation.
 *
 * @example export const handler = restHandler(retrieveData(store));
 */
export function restHandler(handle: HttpHandler): (event: APIGatewayProxyEvent) => Promise<ProxyResult> {
  return async (event) => {
    requireProxyEvent(event, 'a REST API', ['requestContext.path', 'requestContext.requestId']);
    const { headers, ...answer } = await respond(handle, {
      // `event.path` leaves the stage out; this one is the path the client sent, behind a custom domain too.
      path: event.requestContext.path,
      // API Gateway sends null, not {}, when there are none.
      pathParameters: present(event.pathParameters),
      query: present(event.queryStringParameters),
      headers: headersOf(event),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
      requestId: event.requestContext.requestId,
    });
    return { ...answer, headers: { ...headers, ...corsHeaders() } };
  };
}

function headersOf({ multiValueHeaders, headers }: APIGatewayProxyEvent): [string, string][] {
  if (!multiValueHeaders) return Object.entries(present(headers));
  return Object.entries(present(multiValueHeaders)).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
}

/**
 * The headers by which pages of another origin may read an answer, where the stack names one: a REST API's proxy integration
 * adds nothing to what the function answers.
 */
function corsHeaders(): Record<string, string> {
  const origin = process.env.CORS_ALLOW_ORIGIN;
  if (origin === undefined) return {};
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': '*' };
}
