import { allowsInvocation, httpSourceArn, restSourceArn } from '../api-gateway/invocation';
import { byEveryArn, parseFunctionArn } from '../lambda/version';
import type { Api, HttpApi, HttpRoute, LambdaFunction, RestApi, RestMethod, Stack } from '../terraform/model';

/** A route of either kind of API, with what the page shows of it. */
export interface Endpoint {
  /** `GET /data/{id}`: unique within its API. */
  readonly key: string;
  /** `GET`, or `ANY`. */
  readonly method: string;
  /** `/data/{id}`, or `$default`. */
  readonly path: string;
  /** How the function is called: `Lambda proxy`, `Lambda with templates`, `payload 2.0`; `mock` calls none. */
  readonly integration: string | undefined;
  /** The function behind it; undefined when the stack does not have it. */
  readonly fn: LambdaFunction | undefined;
  /** Why a request to it fails whatever it holds; undefined when all is there. */
  readonly fault: string | undefined;
  /** Members of the model that only methods of REST APIs have. */
  readonly rest: RestMethod | undefined;
}

/** The routes of an API by path, then in the order of the methods' common use. */
export function endpoints(stack: Stack, api: Api): Endpoint[] {
  const all =
    api.kind === 'rest'
      ? api.methods.map((method) => restEndpoint(stack, api, method))
      : api.routes.map((route) => httpEndpoint(stack, api, route));
  return all.sort((a, b) => a.path.localeCompare(b.path, 'en') || byMethod(a, b));
}

/** In the order of their common use: what creates comes early, what deletes late. */
export function byMethod(a: Endpoint, b: Endpoint): number {
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method);
}

const METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'];

const REST_INTEGRATIONS = {
  AWS_PROXY: 'Lambda proxy',
  AWS: 'Lambda with templates',
  HTTP_PROXY: 'HTTP proxy',
  HTTP: 'HTTP with templates',
  MOCK: 'mock',
} as const;

function restEndpoint(stack: Stack, api: RestApi, method: RestMethod): Endpoint {
  const { httpMethod, path, integration } = method;
  return {
    ...target(stack, method, restSourceArn(api, method)),
    key: `${httpMethod} ${path}`,
    method: httpMethod,
    path,
    integration: integration && REST_INTEGRATIONS[integration.type],
    rest: method,
  };
}

function httpEndpoint(stack: Stack, api: HttpApi, route: HttpRoute): Endpoint {
  const { routeKey, integration } = route;
  const [method = 'ANY', path = '$default'] = routeKey === '$default' ? [] : routeKey.split(' ');
  return {
    ...target(stack, route, httpSourceArn(api, route)),
    key: `${method} ${path}`,
    method,
    path,
    integration: integration && `payload ${integration.payloadFormatVersion}`,
    rest: undefined,
  };
}

function target(
  { functions, unserved }: Stack,
  route: RestMethod | HttpRoute,
  sourceArn: string,
): Pick<Endpoint, 'fn' | 'fault'> {
  const { integration } = route;
  if (route.unserved) return { fn: undefined, fault: 'not served' };
  if (!integration) return { fn: undefined, fault: 'no integration' };
  if (!('functionArn' in integration)) return { fn: undefined, fault: undefined };
  const { functionArn } = integration;
  const fn = functions.find((fn) => byEveryArn(fn).some(({ arn }) => arn === functionArn));
  const called = fn && byEveryArn(fn).find(({ arn }) => arn === functionArn);
  if (!called) {
    const isUnserved = unserved.some(({ arn }) => arn === parseFunctionArn(functionArn).functionArn);
    return { fn: undefined, fault: isUnserved ? 'function not served' : 'no such function' };
  }
  return { fn, fault: allowsInvocation(called, sourceArn) ? undefined : 'no permission to invoke' };
}
