import { mountPoint } from '../../server/router';
import type { Api, Stack } from '../../terraform/model/stack';
import { endpoints } from '../endpoints';
import { ANY, type Operation, operation } from './operation';

/** The members of an OpenAPI 3.0 document that this project writes. https://spec.openapis.org/oas/v3.0.3 */
export interface OpenApiDocument {
  readonly openapi: '3.0.3';
  readonly info: { readonly title: string; readonly description?: string; readonly version: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Describes an API of a system: every route of the synthesized Terraform, with the requests that are worth trying. */
export function openApiDocument(stack: Stack, api: Api): OpenApiDocument {
  const { examples } = stack;
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints(stack, api)) {
    const path = (paths[openApiPath(endpoint.path)] ??= {});
    const methods = endpoint.method === 'ANY' ? ANY : [endpoint.method.toLowerCase()];
    for (const method of methods) {
      // A route for the method itself goes before ANY.
      path[method] ??= operation(endpoint, method, examples?.operations[endpoint.key]);
    }
  }
  return {
    openapi: '3.0.3',
    info: { title: api.name, description: examples?.description, version: '1' },
    servers: [{ url: mountPoint(stack, api), description: 'this local cloud' }],
    paths,
  };
}

/** OpenAPI has no greedy parameters and no `$default`: both become a parameter that swallows the rest. */
function openApiPath(path: string): string {
  return path === '$default' ? '/{path}' : path.replaceAll('+}', '}');
}
