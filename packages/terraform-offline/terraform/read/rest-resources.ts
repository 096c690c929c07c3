import { resourcePath } from '../computed/rest-api';
import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type { Unserved } from '../model/unserved';
import type { Attempts } from './attempts';
import type { DeclaredMethod, MethodParts } from './rest-methods';
import { requestModels } from './rest-models';

/** The methods of a REST API that are resources of their own, or why one of them has no place. */
export function methodsOfResources(attempts: Attempts, api: Resource): (DeclaredMethod | Unserved)[] {
  const id = api.text('id');
  const methods = attempts.belonging(
    'aws_api_gateway_method',
    'the method is missing',
    (method) => method.text('rest_api_id') === id,
  );
  return methods.map((method) => {
    const part = { address: method.where, effect: 'requests that match no other method answer 501' };
    const placed = attempts.attempt(part, () => {
      const resourceId = method.text('resource_id');
      const path = resourcePath(method, resourceId);
      if (path !== undefined) return { httpMethod: method.text('http_method'), path, resourceId };
      throw new Error(`${method.where}.resource_id: the stack has no aws_api_gateway_resource ${resourceId}`);
    });
    if (placed.unserved) return placed.unserved;
    return { where: method.where, ...placed.value, parts: () => partsOf(attempts, api, method) };
  });
}

function partsOf(attempts: Attempts, api: Resource, method: Resource): MethodParts {
  const [integration] = ofMethod(attempts, method, 'aws_api_gateway_integration');
  const integrationResponses = ofMethod(attempts, method, 'aws_api_gateway_integration_response');
  for (const part of [method, ...(integration ? [integration, ...integrationResponses] : [])])
    refuseGaps(part);
  return {
    method,
    validator: attempts.configuration.find(
      'aws_api_gateway_request_validator',
      'id',
      method.text('request_validator_id', ''),
    ),
    requestModels: requestModels(attempts, api, method),
    responses: ofMethod(attempts, method, 'aws_api_gateway_method_response'),
    integration,
    integrationResponses,
  };
}

/** What hangs on a method names its API, resource and verb. */
function ofMethod(attempts: Attempts, method: Resource, type: string): Resource[] {
  const key = (resource: Resource) =>
    ['rest_api_id', 'resource_id', 'http_method'].map((attribute) => resource.text(attribute)).join(' ');
  const wanted = key(method);
  return attempts.belonging(type, 'no method has it', (resource) => key(resource) === wanted);
}
