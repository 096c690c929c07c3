import type { Configuration } from './language/configuration/configuration';
import type { Resource } from './language/configuration/resource';
import type { Declaration } from './model/stack';

/** What of each type people look for by name, and how it is called. */
const NAMED: Readonly<Record<string, readonly [kind: string, name: (resource: Resource) => string]>> = {
  aws_api_gateway_rest_api: ['REST API', (api) => api.text('name')],
  aws_api_gateway_method: ['Route', methodKey],
  aws_apigatewayv2_api: ['HTTP API', (api) => api.text('name')],
  aws_apigatewayv2_route: ['Route', (route) => route.text('route_key')],
  aws_lambda_function: ['Function', (fn) => fn.text('function_name')],
  aws_lambda_function_url: ['Function URL', (url) => url.text('function_name')],
  aws_lambda_event_source_mapping: ['Event source', (mapping) => mapping.text('function_name')],
  aws_dynamodb_table: ['Table', (table) => table.text('name')],
};

/** Where what is served is declared, in the order of the types above. */
export function declarationsIn(configuration: Configuration): Declaration[] {
  return Object.entries(NAMED).flatMap(([type, [kind, name]]) =>
    configuration
      .all(type)
      .map((resource) => ({ kind, name: readable(resource, name), address: resource.where })),
  );
}

function methodKey(method: Resource): string {
  const id = method.text('resource_id');
  const resource = method.configuration.find('aws_api_gateway_resource', 'id', id);
  return `${method.text('http_method')} ${resource?.text('path') ?? '/'}`;
}

/** One whose name cannot be evaluated goes by that of its block. */
function readable(resource: Resource, name: (resource: Resource) => string): string {
  try {
    return name(resource);
  } catch {
    return resource.name;
  }
}
