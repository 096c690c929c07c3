import { JSONPath } from 'jsonpath-plus';

/** The value at a JSONPath; undefined when there is none. */
export function jsonPath(json: unknown, path: string): unknown {
  return JSONPath<unknown>({ path, json: json as object, wrap: false, eval: 'safe' });
}
