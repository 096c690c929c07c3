import { PATH_PARAMETER } from '../api-gateway/path-router';
import type { OperationExamples, ParameterExample } from '../terraform/examples';
import type { Endpoint } from './endpoints';

/**
 * A command line that tries a route, for any POSIX shell.
 * @param known undefined for a route of a system that nobody wrote examples for
 * @param caller options that let a caller in, as they stand in the command
 */
export function curl(
  apiUrl: string,
  { method, path }: Pick<Endpoint, 'method' | 'path'>,
  known: OperationExamples | undefined,
  caller: readonly string[] = [],
): string {
  const { parameters = [], bodies = {}, bodyInCommand = Object.keys(bodies)[0] ?? '' } = known ?? {};
  const body = bodies[bodyInCommand];
  const headers = [
    ...(body === undefined ? [] : [['Content-Type', 'application/json']]),
    ...values(parameters, 'header'),
  ];
  const words = ['curl', ...(method === 'GET' || method === 'ANY' ? [] : ['-X', method])];
  words.push(quote(apiUrl + pathOf(path, parameters) + queryOf(parameters)));
  words.push(...caller);
  for (const [name, value] of headers) words.push('-H', quote(`${name}: ${value}`));
  if (body !== undefined) words.push('-d', quote(JSON.stringify(body)));
  return words.join(' ');
}

/** A parameter that nobody has a value for stands for itself. */
function pathOf(path: string, parameters: readonly ParameterExample[]): string {
  if (path === '$default') return '/';
  const known = new Map(values(parameters, 'path'));
  return path.replace(PATH_PARAMETER, (_, name: string) => encodeURIComponent(known.get(name) ?? name));
}

function queryOf(parameters: readonly ParameterExample[]): string {
  const query = new URLSearchParams(values(parameters, 'query')).toString();
  return query === '' ? '' : `?${query}`;
}

function values(parameters: readonly ParameterExample[], place: ParameterExample['in']): [string, string][] {
  return parameters.flatMap(({ name, in: where, example, inCommand = example }): [string, string][] =>
    where === place && inCommand !== undefined ? [[name, inCommand]] : [],
  );
}

/** A word as any POSIX shell reads it back. */
export function quote(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
