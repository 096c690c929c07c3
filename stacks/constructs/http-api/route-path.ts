/** `/`, or segments: literals, `{parameter}`s and, as the last one, a greedy `{proxy+}`. */
const ROUTE_PATH =
  /^\/$|^(\/([a-zA-Z0-9._~:-]+|\{[a-zA-Z0-9._-]+\}))*(\/[a-zA-Z0-9._~:-]+|\/\{[a-zA-Z0-9._-]+\+?\})$/;

/** @throws when a route of an HTTP API cannot have this path */
export function assertRoutePath(api: string, path: string): void {
  if (!ROUTE_PATH.test(path)) {
    throw new Error(
      `${api}: received the path ${JSON.stringify(path)}; expected segments such as /items/{id}, a greedy {name+} only as the last one, and no slash at the end`,
    );
  }
}

/**
 * A route's path by the places of its parameters, not their names: `/items/{id}` is `items/{}`. Resources are called by it,
 * so that another name is an update in place.
 */
export function position(path: string): string {
  return path.slice(1).replace(/\{[^}+]+(\+?)\}/g, '{$1}');
}
