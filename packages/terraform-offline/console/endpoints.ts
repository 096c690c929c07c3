import { allowsInvocation, httpSourceArn, restSourceArn } from '../api-gateway/invocation';
import { byEveryArn, parseFunctionArn } from '../lambda/version';
import type { Authorizer } from '../terraform/model/authorizer';
import type { LambdaFunction } from '../terraform/model/function';
import type { FunctionUrl } from '../terraform/model/function-url';
import type { HttpApi, HttpIntegration, HttpRoute } from '../terraform/model/http-api';
import type { RestApi, RestMethod } from '../terraform/model/rest-api';
import type { Api, Stack } from '../terraform/model/stack';

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
  /** Decides who may call it. Undefined: everyone may. */
  readonly authorizer: Authorizer | undefined;
  readonly apiKeyRequired: boolean;
  /** Members of the model that only methods of REST APIs have. */
  readonly rest: RestMethod | undefined;
}

/** The routes of an API by path, then in the order of the methods' common use. */
export function endpoints(stack: Stack, api: Api): Endpoint[] {
  return endpointsOf(stack, api).sort((a, b) => a.path.localeCompare(b.path, 'en') || byMethod(a, b));
}

function endpointsOf(stack: Stack, api: Api): Endpoint[] {
  switch (api.kind) {
    case 'rest':
      return api.methods.map((method) => restEndpoint(stack, api, method));
    case 'http':
      return api.routes.map((route) => httpEndpoint(stack, api, route));
    case 'function-url':
      return [functionUrlEndpoint(stack, api)];
  }
}

/** In the order of their common use: what creates comes early, what deletes late. */
export function byMethod(a: Endpoint, b: Endpoint): number {
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method);
}

const METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'];

/** What people call each kind of API. */
export const KINDS = { rest: 'REST API', http: 'HTTP API', 'function-url': 'Function URL' } as const;

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
    authorizer: method.authorizer,
    apiKeyRequired: method.apiKeyRequired,
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
    integration: integration && httpIntegration(integration),
    authorizer: route.authorizer,
    apiKeyRequired: false,
    rest: undefined,
  };
}

function httpIntegration(integration: HttpIntegration): string {
  return 'functionArn' in integration ? `payload ${integration.payloadFormatVersion}` : 'HTTP proxy';
}

function functionUrlEndpoint(stack: Stack, url: FunctionUrl): Endpoint {
  const { functionArn, unserved } = url;
  const { fn, fault } = unserved ? { fn: undefined, fault: 'not served' } : invoked(stack, functionArn);
  return {
    fn,
    fault,
    key: 'ANY $default',
    method: 'ANY',
    path: '$default',
    integration: 'payload 2.0',
    authorizer: url.authorizer,
    apiKeyRequired: false,
    rest: undefined,
  };
}

function target(
  stack: Stack,
  route: RestMethod | HttpRoute,
  sourceArn: string,
): Pick<Endpoint, 'fn' | 'fault'> {
  const { integration } = route;
  if (route.unserved) return { fn: undefined, fault: 'not served' };
  if (!integration) return { fn: undefined, fault: 'no integration' };
  if (!('functionArn' in integration)) return { fn: undefined, fault: undefined };
  const { fn, version, fault } = invoked(stack, integration.functionArn);
  if (!version || ('invokedAs' in integration && integration.invokedAs)) return { fn, fault };
  return { fn, fault: allowsInvocation(version, sourceArn) ? undefined : 'no permission to invoke' };
}

/** The function of an ARN, as it is and with the permissions of its alias or version; or why there is none. */
function invoked({ functions, unserved }: Stack, functionArn: string) {
  const fn = functions.find((fn) => byEveryArn(fn).some(({ arn }) => arn === functionArn));
  const version = fn && byEveryArn(fn).find(({ arn }) => arn === functionArn);
  if (version) return { fn, version, fault: undefined };
  const isUnserved = unserved.some(({ arn }) => arn === parseFunctionArn(functionArn).functionArn);
  return { fn: undefined, fault: isUnserved ? 'function not served' : 'no such function' };
}
