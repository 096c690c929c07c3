import type { HttpRoute } from '../../terraform/model/http-api';
import { type PathMatch, pathRouter } from '../path-router';

interface DecodedPath {
  /** What routes are matched with. */
  readonly routed: string;
  /** What the event shows. */
  readonly shown: string;
}

/**
 * HTTP APIs decode twice: once, cut at a question mark that this uncovers, before they route; once more for the event, path
 * parameters included. So `a%2Fb` is two segments, and `a%252Fb` is one that a function sees as `a/b`.
 * Paths: https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/ingress-paths.json
 * Parameters: https://stackoverflow.com/questions/69677023/aws-api-gateway-expects-the-request-url-to-be-encoded-twice
 * @returns undefined for a path that cannot be decoded, which is a bad request
 */
export function decodePath(rawPath: string): DecodedPath | undefined {
  try {
    const routed = decodeURIComponent(rawPath).split('?', 1)[0]!;
    return { routed, shown: decodeURIComponent(routed) };
  } catch {
    return undefined;
  }
}

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
