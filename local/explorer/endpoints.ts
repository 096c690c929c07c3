import { allowsInvocation } from '../gateway/permission';
import type { Api, HttpRoute, LambdaFunction, RestMethod, Stack } from '../terraform/model';

/** A route of either kind of API, with what the page shows of it. */
export interface Endpoint {
  /** `GET /data/{id}`: unique within its API. */
  readonly key: string;
  /** `GET`, or `ANY`. */
  readonly method: string;
  /** `/data/{id}`, or `$default`. */
  readonly path: string;
  /** How the function is called: `Lambda proxy`, `Lambda with templates`, `payload 2.0`. */
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
  return all.sort((a, b) => a.path.localeCompare(b.path, 'en') || rank(a.method) - rank(b.method));
}

function restEndpoint(stack: Stack, api: Api, method: RestMethod): Endpoint {
  const { httpMethod, path, integration } = method;
  const name = integration?.type === 'AWS_PROXY' ? 'Lambda proxy' : 'Lambda with templates';
  return {
    ...endpoint(stack, api, httpMethod, path, integration?.functionArn),
    integration: integration && name,
    rest: method,
  };
}

function httpEndpoint(stack: Stack, api: Api, { routeKey, integration }: HttpRoute): Endpoint {
  const [method = 'ANY', path = '$default'] = routeKey === '$default' ? [] : routeKey.split(' ');
  return {
    ...endpoint(stack, api, method, path, integration?.functionArn),
    integration: integration && `payload ${integration.payloadFormatVersion}`,
    rest: undefined,
  };
}

function endpoint(stack: Stack, api: Api, method: string, path: string, functionArn: string | undefined) {
  const fn = stack.functions.find(({ arn }) => arn === functionArn);
  const sourceArn = `${api.executionArn}/${api.stageName}/${method}${path.replace(/^\$/, '/$')}`;
  return { key: `${method} ${path}`, method, path, fn, fault: fault(functionArn, fn, sourceArn) };
}

function fault(functionArn: string | undefined, fn: LambdaFunction | undefined, sourceArn: string) {
  if (functionArn === undefined) return 'no integration';
  if (!fn) return 'no such function';
  return allowsInvocation(fn, sourceArn) ? undefined : 'no permission to invoke';
}

const METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'];

function rank(method: string): number {
  return METHODS.indexOf(method);
}
