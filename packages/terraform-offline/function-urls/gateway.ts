import { randomUUID } from 'node:crypto';
import type { GatewayDependencies } from '../api-gateway/gateway';
import { corsHeaders, preflight } from '../api-gateway/http/cors';
import { newTraceId } from '../api-gateway/identifiers';
import { failure, refusal } from '../lambda/invoke-failure';
import { PAYLOAD_LIMIT } from '../lambda/limits';
import { parseFunctionArn } from '../lambda/version';
import { headerPairs, headerValue } from '../server/message';
import type { Gateway, HttpRequest, HttpResponse } from '../server/request';
import { notServed } from '../server/router';
import type { FunctionUrl } from '../terraform/model/function-url';
import { authorizeUrl } from './authorization';
import { functionUrlEvent } from './event';
import { functionUrlResponse, INTERNAL_ERROR } from './response';

/**
 * Answers the requests of a function URL. One that is public lets everybody in: the Terraform provider itself adds the
 * permissions that this takes (`lambda:InvokeFunctionUrl` and, since its version 6.29, `lambda:InvokeFunction`).
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function functionUrlGateway(url: FunctionUrl, dependencies: GatewayDependencies): Gateway {
  const { functionArn, cors } = url;
  const log = (line: string) => {
    dependencies.log(`function URL of ${url.name}: ${line}`);
  };

  const answer = async (request: HttpRequest, requestId: string): Promise<HttpResponse> => {
    const unserved = url.unserved ?? dependencies.unservedByArn?.(parseFunctionArn(functionArn).functionArn);
    if (unserved) return notServed(unserved);
    if (request.body.length > PAYLOAD_LIMIT) {
      return failure('RequestTooLargeException', `Request must be smaller than ${PAYLOAD_LIMIT} bytes`);
    }
    const authorized = authorizeUrl(url, request, dependencies, log);
    if (authorized.refusal) return authorized.refusal;
    const { caller } = authorized;
    const headers = headerPairs(request.rawHeaders);
    const receivedAt = new Date();
    const traceId = headerValue(headers, 'x-amzn-trace-id') ?? newTraceId(receivedAt.getTime());
    const event = functionUrlEvent({ url, request, headers, requestId, traceId, receivedAt, caller });
    const result = await dependencies.invoke({ functionArn, payload: JSON.stringify(event), requestId });
    switch (result.outcome) {
      case 'success': {
        const response = functionUrlResponse(result.payload, url.invokeMode);
        if (response) return response;
        log(`received ${result.payload.slice(0, 200)}, which is no response of payload format 2.0`);
        return INTERNAL_ERROR;
      }
      case 'function-error':
        log(`the function failed: ${result.errorType}: ${result.errorMessage}`);
        return INTERNAL_ERROR;
      case 'refused':
        log(`Lambda refused the invocation: ${result.message}`);
        return refusal(result);
    }
  };

  return async (request) => {
    const requestId = randomUUID();
    const preflightAnswer = cors && preflight(cors, request);
    const { status, headers, body } = preflightAnswer
      ? { ...preflightAnswer, status: 200 }
      : await answer(request, requestId);
    return {
      status,
      headers: [
        ...headers,
        // Beside the function's own, which AWS leaves as they are.
        ...(cors && !preflightAnswer ? corsHeaders(cors, request) : []),
        ['x-amzn-RequestId', requestId],
      ],
      body: request.method === 'HEAD' ? '' : body,
    };
  };
}
