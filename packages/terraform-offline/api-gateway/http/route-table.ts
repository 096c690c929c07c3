import type { HttpRoute } from '../../terraform/model';
import { pathRouter, type PathMatch } from '../path-router';

/**
 * The most specific route for a method and path: full matches before greedy ones, the method itself before `ANY`, and
 * `$default` for what is left.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function routeTable(routes: readonly HttpRoute[]) {
  const byMethod = new Map<string, (path: string) => PathMatch<HttpRoute> | undefined>();
  const keyed = routes.map((route) => ({ route, key: parseKey(route.routeKey) }));
  for (const method of new Set(keyed.map(({ key }) => key?.method ?? 'ANY')).add('ANY')) {
    const paths = new Map<string, HttpRoute>();
    for (const candidate of ['ANY', method]) {
      for (const { route, key } of keyed) if (key?.method === candidate) paths.set(key.path, route);
    }
    byMethod.set(method, pathRouter(paths));
  }
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');

  return (method: string, path: string): PathMatch<HttpRoute> | undefined =>
    (byMethod.get(method) ?? byMethod.get('ANY'))?.(path) ??
    (fallback && { value: fallback, parameters: {} });
}

function parseKey(routeKey: string): { method: string; path: string } | undefined {
  const [method, path] = routeKey.split(' ');
  return method && path ? { method, path } : undefined;
}
