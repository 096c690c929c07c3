import type { InvocationResult } from '../../lambda/invoker';
import type { GatewayResponse } from '../../server/request';
import type {
  LambdaIntegration,
  MockIntegration,
  RestApi,
  RestIntegration,
  RestMethod,
} from '../../terraform/model';
import type { GatewayDependencies } from '../gateway';
import { type CallOutcome, type FunctionCall, functionCall, restSourceArn } from '../invocation';
import { headerValue, matchesMediaType, mediaType } from '../message';
import { parseObject, type ProxyResponse, readProxyResponse } from '../proxy-response';
import type { RestCall } from './call';
import { GatewayError } from './errors';
import { proxyEvent } from './event';
import { asEvent, integrationRequest } from './mapping/request';
import { integrationResponses, remapHeaders } from './response';

/** A method's way to its function and back. @throws GatewayError for every answer that is the gateway's own */
export type Integrate = (call: RestCall) => Promise<GatewayResponse>;

/** What an integration is made of; what follows from it is worked out once, not with each request. */
export interface IntegratedMethod<T extends RestIntegration> {
  readonly api: RestApi;
  readonly method: RestMethod;
  readonly integration: T;
}

export function integrationOf(
  api: RestApi,
  method: RestMethod,
  dependencies: GatewayDependencies,
): Integrate {
  const { integration } = method;
  switch (integration?.type) {
    case 'AWS_PROXY':
      return proxyIntegration({ api, method, integration }, dependencies);
    case 'AWS':
      return customIntegration({ api, method, integration }, dependencies);
    case 'MOCK':
      return mockIntegration({ api, method, integration }, dependencies);
    case undefined:
      return ({ route }) => {
        dependencies.log(`${route}: the method has no integration`);
        throw new GatewayError('configuration');
      };
  }
}

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

/** Headers of Lambda's own answer. */
const HEADERS = { 'Content-Type': 'application/json' };
const FAILED_HEADERS = { ...HEADERS, 'X-Amz-Function-Error': 'Unhandled' };

/** `AWS`: templates make the event of the request, and the response of what the function returned or threw. */
export function customIntegration(
  target: IntegratedMethod<LambdaIntegration>,
  dependencies: GatewayDependencies,
): Integrate {
  const { method, integration } = target;
  const route = `${method.httpMethod} ${method.path}`;
  const log = (line: string) => {
    dependencies.log(`${route}: ${line}`);
  };
  const eventOf = integrationRequest(integration);
  const invoke = integrationInvoker(target, dependencies);
  const respond = integrationResponses(integration, method, log);

  return async (call) => {
    const result = functionResult(await invoke(asEvent(eventOf(call), call, log)), log);
    const failed = result.outcome === 'function-error';
    const answer = { body: result.payload, headers: failed ? FAILED_HEADERS : HEADERS };
    return respond(call, failed ? result.errorMessage : '', answer);
  };
}

/**
 * `MOCK`: the request template makes a status, the integration response for it the answer; CORS preflights are answered so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function mockIntegration(
  { method, integration }: IntegratedMethod<MockIntegration>,
  dependencies: GatewayDependencies,
): Integrate {
  const log = (line: string) => {
    dependencies.log(`${method.httpMethod} ${method.path}: ${line}`);
  };
  const requestOf = integrationRequest(integration);
  const respond = integrationResponses(integration, method, log);
  return (call) => {
    const made = requestOf(call);
    const status = mockStatus(made);
    if (status === undefined) {
      log(
        `Unable to parse statusCode: the request template made ${JSON.stringify(made.slice(0, 200))}, and should make {"statusCode": 200}`,
      );
      throw new GatewayError('configuration');
    }
    return Promise.resolve(respond(call, String(status), { body: '', headers: {} }));
  };
}

/** Names may go without quotes, as in `{ statusCode: 204 }`, which the CDK writes for preflights. */
function mockStatus(text: string): number | undefined {
  const status = parseObject(text.replace(/([{,]\s*)(\w+)(\s*:)/g, '$1"$2"$3'))?.statusCode;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
}

type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

/** Invokes the method's function as its API may. */
export function integrationInvoker(
  { api, method, integration }: IntegratedMethod<LambdaIntegration>,
  dependencies: GatewayDependencies,
): FunctionCall {
  const route = `${method.httpMethod} ${method.path}`;
  const { functionArn, timeoutMs } = integration;
  const target = { route, functionArn, sourceArn: restSourceArn(api, method), timeoutMs };
  return functionCall(target, dependencies);
}

/**
 * The function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
export function functionResult(outcome: CallOutcome, log: (line: string) => void): FunctionResult {
  switch (outcome.outcome) {
    case 'success':
    case 'function-error':
      return outcome;
    case 'timed-out':
      throw new GatewayError('timedOut');
    case 'not-permitted':
      throw new GatewayError('configuration');
    case 'refused':
      log(`Lambda refused the invocation: ${outcome.message}`);
      throw new GatewayError(REFUSALS[outcome.reason]);
  }
}

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;
