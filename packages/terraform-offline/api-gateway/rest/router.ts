import type { RestApi, RestMethod } from '../../terraform/model/rest-api';
import { pathRouter } from '../path-router';

export interface MethodMatch {
  readonly method: RestMethod;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The methods that ANY stands for. */
const ANY = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * The resource first, then its method: a resource without the method is not found, even if a greedier one has it. A slash
 * at the end makes no difference, nor do several at the start.
 */
export function resourceRouter(api: RestApi) {
  const resources = new Map<string, Map<string, RestMethod>>();
  for (const method of api.methods) {
    const methods = resources.get(method.path) ?? new Map<string, RestMethod>();
    resources.set(method.path, methods.set(method.httpMethod, method));
  }
  const resourceAt = pathRouter(resources);

  return (httpMethod: string, rawPath: string): MethodMatch | undefined => {
    const found = resourceAt(trimSlashes(rawPath));
    const method =
      found?.value.get(httpMethod) ?? (ANY.includes(httpMethod) ? found?.value.get('ANY') : undefined);
    return found && method && { method, pathParameters: found.parameters };
  };
}

/** `//data/x/` → `/data/x`; the stage's URL itself is its root, with or without a slash. */
function trimSlashes(path: string): string {
  const isTrimmed = path.length > 1 && path[1] !== '/' && !path.endsWith('/');
  return isTrimmed ? path : `/${path.replace(/^\/+/, '').replace(/\/$/, '')}`;
}
