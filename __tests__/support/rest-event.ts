import type { APIGatewayProxyEvent } from 'aws-lambda';

export interface RestEventParts {
  readonly method: string;
  /** Path within the stage; the event's `requestContext.path` is that of the stage `prod`. */
  readonly path: string;
  readonly pathParameters?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/**
 * A proxy event of a REST API, with the members that AWS documents.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-example-event
 */
export function restEvent({
  method,
  path,
  pathParameters,
  headers,
  body,
}: RestEventParts): APIGatewayProxyEvent {
  const multiValueHeaders = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name, [value]]),
  );
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: headers ?? {},
    multiValueHeaders,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: pathParameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: '1234567890',
      authorizer: undefined,
      protocol: 'HTTP/1.1',
      httpMethod: method,
      identity: {} as APIGatewayProxyEvent['requestContext']['identity'],
      path: `/prod${path}`,
      stage: 'prod',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTimeEpoch: 1583349317135,
      resourceId: '123456',
      resourcePath: path,
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}
