import type { LambdaIntegration } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { headerValue } from '../headers';
import { matchesMediaType, mediaType } from '../media-type';
import { readProxyResponse, type ProxyResponse } from '../proxy-response';
import { GatewayError } from './gateway-error';
import type { IntegratedMethod, Integrate } from './integration';
import { functionResult, integrationInvoker } from './invoke-integration';
import { proxyEvent } from './proxy-event';
import { remapHeaders } from './remapped-headers';
import type { RestCall } from './rest-call';

/** `AWS_PROXY`: the request is the event, the function's result is the response. */
export function proxyIntegration(
  target: IntegratedMethod<LambdaIntegration>,
  dependencies: GatewayDependencies,
): Integrate {
  const invoke = integrationInvoker(target, dependencies);
  return async (call) => {
    const log = (line: string) => {
      dependencies.log(`${call.route}: ${line}`);
    };
    const result = functionResult(await invoke(JSON.stringify(proxyEvent(call))), log);
    if (result.outcome === 'function-error') {
      log(`the function failed: ${result.errorType}: ${result.errorMessage}`);
      throw new GatewayError('functionFailed');
    }
    // All members are optional to a REST API, the status too:
    // https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.py, response_format
    const response = readProxyResponse(result.payload, 200);
    if (!response) {
      log(
        `Malformed Lambda proxy response: received ${result.payload.slice(0, 200)}; ` +
          'return {statusCode?, headers?, multiValueHeaders?, body?: string, isBase64Encoded?} and nothing else',
      );
      throw new GatewayError('functionFailed');
    }
    return shapeResponse(call, response);
  };
}

function shapeResponse(call: RestCall, response: ProxyResponse): GatewayResponse {
  const headers = remapHeaders(response.headers);
  if (headerValue(headers, 'content-type') === undefined) headers.push(['Content-Type', 'application/json']);
  return { status: response.status, headers, body: body(call, response) };
}

/** Decoded only for a client whose first `Accept` is one of the binary media types; others get the base64 text. */
function body(call: RestCall, response: ProxyResponse): Buffer | string {
  if (!response.isBase64Encoded) return response.body;
  const accept = mediaType((call.header('accept') ?? 'application/json').split(',', 1)[0]!);
  const binary = matchesMediaType(accept, call.api.binaryMediaTypes);
  return binary ? Buffer.from(response.body, 'base64') : response.body;
}
