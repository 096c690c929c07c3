import { PATH_PARAMETER } from '../../api-gateway/path-router';
import type { ParameterExample } from '../../terraform/examples';
import type { Endpoint } from '../endpoints';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly example?: string;
  readonly schema: { readonly type: 'string' };
}

const PLACES: Readonly<Record<string, Parameter['in'] | undefined>> = {
  path: 'path',
  querystring: 'query',
  header: 'header',
};

/** Those in the path, those the method declares, and those that only the examples know, each once. */
export function parameters(endpoint: Endpoint, known: readonly ParameterExample[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const parameter of [...inPath(endpoint.path), ...declared(endpoint), ...known.map(optional)]) {
    const id = `${parameter.in} ${parameter.name.toLowerCase()}`;
    const text = known.find(({ in: place, name }) => `${place} ${name.toLowerCase()}` === id);
    if (!found.has(id))
      found.set(id, { ...parameter, description: text?.description, example: text?.example });
  }
  return [...found.values()];
}

function inPath(path: string): Parameter[] {
  const names = path === '$default' ? ['path'] : [...path.matchAll(PATH_PARAMETER)].map(([, name]) => name);
  return names.map((name) => parameter(name ?? '', 'path', true));
}

/** `method.request.querystring.limit` → a parameter in the query. */
function declared({ rest }: Endpoint): Parameter[] {
  return Object.entries(rest?.requestParameters ?? {}).flatMap(([location, required]) => {
    const [, , place = '', ...name] = location.split('.');
    const where = PLACES[place];
    return where ? [parameter(name.join('.'), where, required || where === 'path')] : [];
  });
}

function optional({ name, in: place }: ParameterExample): Parameter {
  return parameter(name, place, place === 'path');
}

function parameter(name: string, place: Parameter['in'], required: boolean): Parameter {
  return { name, in: place, required, schema: { type: 'string' } };
}
