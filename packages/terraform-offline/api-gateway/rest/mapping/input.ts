import { lastValues, type MultiMap } from '../../multi-map';
import { jsonPath } from './json-path';
import { JsonList } from './text';

export interface Parameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: MultiMap;
  readonly header: MultiMap;
}

/**
 * `$input` of a mapping template. An empty body counts as `{}`; names are compared with their case.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 * @param parameters asked for when the template asks for them: most do not
 * @param invalidBody what to throw when the template looks into a body that is no JSON
 */
export function templateInput(
  text: string,
  parameters: () => Parameters,
  invalidBody: (reason: string) => Error,
) {
  const body = text === '' ? '{}' : text;
  const at = (path: string, lists: boolean): unknown => jsonPath(read(body, lists, invalidBody), path);
  return {
    body,
    /** As JSON text; `""` where there is nothing. */
    json: (path: string): string => JSON.stringify(defined(at(path, false))),
    path: (path: string): unknown => at(path, true),
    params(name?: string): unknown {
      const { path, querystring, header } = parameters();
      const all = { path, querystring: lastValues(querystring), header: lastValues(header) };
      if (name === undefined) return all;
      return [all.path, all.querystring, all.header].find((map) => Object.hasOwn(map, name))?.[name] ?? '';
    },
  };
}

function defined(value: unknown): unknown {
  return value === undefined ? '' : value;
}

function read(body: string, lists: boolean, invalidBody: (reason: string) => Error): unknown {
  try {
    return JSON.parse(body, (_, value: unknown) =>
      lists && Array.isArray(value) ? JsonList.from<unknown>(value) : value,
    );
  } catch (error) {
    throw invalidBody((error as Error).message);
  }
}
