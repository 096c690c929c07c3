import { usageOf } from '../../../../packages/terraform-offline/api-gateway/authorizers/usage-plans';
import type { GatewayDependencies } from '../../../../packages/terraform-offline/api-gateway/gateway';
import type { Invocation, InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import type {
  Gateway,
  HttpRequest,
  HttpResponse,
} from '../../../../packages/terraform-offline/server/request';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import type {
  HttpApi,
  HttpIntegration,
  HttpRoute,
} from '../../../../packages/terraform-offline/terraform/model/http-api';
import type {
  LambdaIntegration,
  RestApi,
  RestMethod,
} from '../../../../packages/terraform-offline/terraform/model/rest-api';

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:echo';

/** The function of every test; whoever comes from API Gateway may invoke it unless a test says otherwise. */
export function echoFunction(sourceArns: readonly (string | undefined)[] = [undefined]): LambdaFunction {
  return {
    name: 'echo',
    arn: functionArn,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    codeDirectory: '/',
    layerDirectories: [],
    variables: {},
    timeoutSeconds: 10,
    memoryMb: 512,
    reservedConcurrency: undefined,
    logGroup: '/aws/lambda/echo',
    role: { name: 'echo', arn: 'arn:aws:iam::123456789012:role/echo', policies: [] },
    permissions: sourceArns.map((sourceArn) => ({
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn,
    })),
  };
}

export const proxyIntegration: LambdaIntegration = {
  type: 'AWS_PROXY',
  functionArn,
  timeoutMs: 29_000,
  passthroughBehavior: 'WHEN_NO_MATCH',
  requestParameters: {},
  requestTemplates: {},
  responses: [],
};

/** `restMethod('GET /data/{id}')` */
export function restMethod(route: string, more: Partial<RestMethod> = {}): RestMethod {
  const [httpMethod, path] = route.split(' ') as [string, string];
  return {
    httpMethod,
    path,
    resourceId: 'roq9wj',
    apiKeyRequired: false,
    validateBody: false,
    validateParameters: false,
    requestParameters: {},
    requestModels: {},
    responses: [],
    integration: proxyIntegration,
    ...more,
  };
}

/** A REST API from routes; members of the model can be replaced. */
export function restApi(methods: readonly (string | RestMethod)[], more: Partial<RestApi> = {}): RestApi {
  return {
    kind: 'rest',
    id: 'gy415nuibc',
    name: 'test',
    executionArn: 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc',
    stageName: 'testStage',
    stageVariables: {},
    throttling: undefined,
    binaryMediaTypes: [],
    methods: methods.map((method) => (typeof method === 'string' ? restMethod(method) : method)),
    gatewayResponses: {},
    ...more,
  };
}

/** An HTTP API whose routes all go to the function. */
export function httpApi(
  routeKeys: readonly (string | HttpRoute)[],
  more: Partial<HttpApi> = {},
  integration: Partial<HttpIntegration> = {},
): HttpApi {
  return {
    kind: 'http',
    id: 'id',
    name: 'test',
    executionArn: 'arn:aws:execute-api:us-east-1:123456789012:id',
    stageName: '$default',
    stageVariables: {},
    throttling: undefined,
    routes: routeKeys.map((route) =>
      typeof route === 'string'
        ? {
            routeKey: route,
            integration: { functionArn, payloadFormatVersion: '2.0', timeoutMs: 30_000, ...integration },
          }
        : route,
    ),
    cors: undefined,
    ...more,
  };
}

export interface RequestOptions {
  readonly method?: string;
  readonly prefix?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  readonly sourceIp?: string;
}

/** `request('/data?x=1', { method: 'POST', body: '{}' })` */
export function request(target: string, options: RequestOptions = {}): HttpRequest {
  const [rawPath, rawQuery = ''] = target.split(/\?(.*)/s) as [string, string?];
  return {
    method: options.method ?? 'GET',
    rawPath,
    rawQuery,
    prefix: options.prefix ?? '',
    rawHeaders: (options.headers ?? [['Host', 'localhost']]).flat(),
    body: Buffer.from(options.body ?? ''),
    sourceIp: options.sourceIp ?? '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
}

/** What the function answers, how the gateway answers, and what was seen on the way. */
export interface Run {
  readonly response: HttpResponse;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the function was not invoked. */
  readonly event: Record<string, unknown> | undefined;
  /** False when the function was left to itself. */
  readonly awaited: boolean;
  readonly log: readonly string[];
}

/** What the invoker comes back with, now or later. */
export type Outcome = InvocationResult | Promise<InvocationResult>;

export function success(result: unknown): InvocationResult {
  return { outcome: 'success', payload: JSON.stringify(result) };
}

export function functionError(errorMessage: string, errorType = 'Error'): InvocationResult {
  const payload = JSON.stringify({ errorType, errorMessage, trace: [] });
  return { outcome: 'function-error', payload, errorType, errorMessage };
}

/** What callers are verified with where a test has none to verify. */
export function noCallers(): Pick<GatewayDependencies, 'keysOf' | 'signers' | 'use' | 'now'> {
  return {
    keysOf: (issuer) => () => {
      throw new Error(`nobody should ask for the keys of ${issuer}`);
    },
    signers: { callers: new Map(), analyzer: undefined },
    use: usageOf(() => 0),
    now: () => 0,
  };
}

/** Sends one request through a gateway over a function that comes to this outcome. */
export async function run(
  gateway: (dependencies: GatewayDependencies) => Gateway,
  sent: HttpRequest,
  outcome: Outcome = success({ statusCode: 200 }),
  fn: LambdaFunction | undefined = echoFunction(),
): Promise<Run> {
  const log: string[] = [];
  const invocations: Invocation[] = [];
  let awaited = true;
  const response = await gateway({
    invoke: (invocation) => {
      invocations.push(invocation);
      return Promise.resolve(outcome);
    },
    invokeAsync: (invocation) => {
      invocations.push(invocation);
      awaited = false;
      return undefined;
    },
    functionByArn: (arn) => (arn === fn.arn ? fn : undefined),
    ...noCallers(),
    log: (line) => log.push(line),
  })(sent);
  const event = invocations[0] && (JSON.parse(invocations[0].payload) as Record<string, unknown>);
  const headers = Object.fromEntries(response.headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { response, headers, event, awaited, log };
}
