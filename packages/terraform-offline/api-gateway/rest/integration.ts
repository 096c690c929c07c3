import type { InvocationResult } from '../../lambda/invoker';
import { type Header, headerNames, headerValue } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import type { LambdaIntegration } from '../../terraform/model/rest-api';
import type { GatewayDependencies } from '../gateway';
import { invokeFunction, restSourceArn } from '../invocation';
import { parseObject, type ProxyResponse, readProxyResponse } from '../proxy-response';
import { askBackend, backendResponse } from './backend';
import type { RestCall } from './call';
import { acceptsBinary } from './content-handling';
import { GatewayError } from './errors';
import { proxyEvent } from './event';
import { type IntegrationParameters, mappedParameters } from './mapping/parameters';
import { asEvent, mappedRequest, requestOverride } from './mapping/request';
import { mappedResponse, remapHeaders } from './response';

/**
 * Sends a routed request where its method's integration says, and makes the answer of what comes back.
 * @throws GatewayError for every answer that is the gateway's own
 */
export async function integrate(call: RestCall, dependencies: GatewayDependencies): Promise<HttpResponse> {
  const { integration } = call.method;
  const log = (line: string) => {
    dependencies.log(`${call.route}: ${line}`);
  };
  switch (integration?.type) {
    case 'AWS_PROXY': {
      const event = JSON.stringify(proxyEvent(call));
      return proxyResponse(call, await functionResult(call, integration, event, dependencies, log), log);
    }
    case 'AWS': {
      const override = requestOverride();
      const event = asEvent(mappedRequest(call, integration, log, override), call, log);
      const type = invocationType(mappedParameters(call, integration.requestParameters, override));
      const result = await functionResult(call, integration, event, dependencies, log, type);
      return customResponse(call, result, log);
    }
    case 'HTTP_PROXY':
      return backendResponse(call, await askBackend(call, integration, dependencies, log), log);
    case 'HTTP': {
      const { status, headers, body } = await askBackend(call, integration, dependencies, log);
      return mappedResponse(call, String(status), { headers, body }, log);
    }
    case 'MOCK':
      return mockResponse(call, mappedRequest(call, integration, log).toString(), log);
    case undefined:
      log('the method has no integration');
      throw new GatewayError('configuration');
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html */
function invocationType({ header }: IntegrationParameters): 'Event' | 'RequestResponse' {
  const isType = headerNames('x-amz-invocation-type');
  const [, values] = [...header].find(([name]) => isType(name)) ?? [];
  return values?.[0] === 'Event' ? 'Event' : 'RequestResponse';
}

type Log = (line: string) => void;
type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;

/**
 * The function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
async function functionResult(
  { api, method, route }: RestCall,
  { functionArn, invokedAs, timeoutMs }: LambdaIntegration,
  event: string,
  dependencies: GatewayDependencies,
  log: Log,
  invocationType?: 'Event' | 'RequestResponse',
): Promise<FunctionResult> {
  const refusal =
    typeof invokedAs === 'object'
      ? dependencies.refusal?.(invokedAs, 'lambda:InvokeFunction', functionArn)
      : undefined;
  if (refusal !== undefined) {
    log(refusal);
    throw new GatewayError('configuration');
  }
  const sourceArn = invokedAs ? undefined : restSourceArn(api, method);
  const target = { route, functionArn, sourceArn, timeoutMs, ...(invocationType && { invocationType }) };
  const result = await invokeFunction(target, event, dependencies);
  switch (result.outcome) {
    case 'success':
    case 'function-error':
      return result;
    case 'timed-out':
      throw new GatewayError('timedOut');
    case 'not-permitted':
      throw new GatewayError('configuration');
    case 'refused':
      log(`Lambda refused the invocation: ${result.message}`);
      throw new GatewayError(REFUSALS[result.reason]);
  }
}

/** `AWS_PROXY`: the function's result is the response. */
function proxyResponse(call: RestCall, result: FunctionResult, log: Log): HttpResponse {
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
  const headers = remapHeaders(response.headers);
  if (headerValue(headers, 'content-type') === undefined) headers.push(['Content-Type', 'application/json']);
  return { status: response.status, headers, body: proxyBody(call, response) };
}

/** Decoded only for a client whose first `Accept` is one of the binary media types; others get the base64 text. */
function proxyBody(call: RestCall, response: ProxyResponse): Buffer | string {
  if (!response.isBase64Encoded) return response.body;
  return acceptsBinary(call) ? Buffer.from(response.body, 'base64') : response.body;
}

/** Headers of Lambda's own answer. */
const HEADERS: readonly Header[] = [['Content-Type', 'application/json']];
const FAILED_HEADERS: readonly Header[] = [...HEADERS, ['X-Amz-Function-Error', 'Unhandled']];

/** `AWS`: the integration response for the function's error, or for none, makes the response. */
function customResponse(call: RestCall, result: FunctionResult, log: Log): HttpResponse {
  const failed = result.outcome === 'function-error';
  const answer = { body: result.payload, headers: failed ? FAILED_HEADERS : HEADERS };
  return mappedResponse(call, failed ? result.errorMessage : '', answer, log);
}

/**
 * `MOCK`: the request template makes a status, the integration response for it the answer; CORS preflights are answered so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
function mockResponse(call: RestCall, made: string, log: Log): HttpResponse {
  // Names may go without quotes, as in `{ statusCode: 204 }`, which the CDK writes for preflights.
  const status = parseObject(made.replace(/([{,]\s*)(\w+)(\s*:)/g, '$1"$2"$3'))?.statusCode;
  if (Number.isInteger(status)) return mappedResponse(call, String(status), { body: '', headers: [] }, log);
  log(
    `Unable to parse statusCode: the request template made ${JSON.stringify(made.slice(0, 200))}, and should make {"statusCode": 200}`,
  );
  throw new GatewayError('configuration');
}
