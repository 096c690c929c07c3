import type { Resource } from '../language/configuration/resource';
import type { IntegrationResponse, MethodResponse, RestIntegration, RestMethod } from '../model';
import { functionArnOf } from './integration-uri';

const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;

/** Models that every REST API has: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
const BUILT_IN_MODELS: Readonly<Record<string, unknown>> = {
  Empty: { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Empty Schema', type: 'object' },
  Error: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: 'Error Schema',
    type: 'object',
    properties: { message: { type: 'string' } },
  },
};

/** The API's methods, each with the resources that hang on it. */
export function readRestMethods(api: Resource): RestMethod[] {
  const { configuration } = api;
  return configuration
    .all('aws_api_gateway_method')
    .filter((method) => method.text('rest_api_id') === api.text('id'))
    .map((method) => {
      const validator = configuration.find(
        'aws_api_gateway_request_validator',
        'id',
        method.text('request_validator_id', ''),
      );
      const resourceId = method.text('resource_id');
      const resource = configuration.find('aws_api_gateway_resource', 'id', resourceId);
      const [integration] = ofMethod(method, 'aws_api_gateway_integration');
      return {
        httpMethod: method.text('http_method'),
        path: resource?.text('path') ?? '/',
        resourceId,
        apiKeyRequired: method.flag('api_key_required'),
        authorization: method.text('authorization'),
        validateBody: validator?.flag('validate_request_body') ?? false,
        validateParameters: validator?.flag('validate_request_parameters') ?? false,
        requestParameters: method.flagMap('request_parameters'),
        requestModels: requestModels(api, method),
        responses: ofMethod(method, 'aws_api_gateway_method_response').map(readMethodResponse),
        integration: integration && readIntegration(method, integration),
      };
    });
}

function requestModels(api: Resource, method: Resource): Record<string, unknown> {
  const models = api.configuration
    .all('aws_api_gateway_model')
    .filter((model) => model.text('rest_api_id') === api.text('id'));
  const named = Object.entries(method.textMap('request_models')).map(([mediaType, name]) => {
    const schema =
      models.find((model) => model.text('name') === name)?.json('schema') ?? BUILT_IN_MODELS[name];
    if (schema === undefined) {
      throw new Error(`${method.where}.request_models: the API has no aws_api_gateway_model named ${name}`);
    }
    return [mediaType, schema] as const;
  });
  return Object.fromEntries(named);
}

function readMethodResponse(response: Resource): MethodResponse {
  return {
    statusCode: response.number('status_code'),
    parameters: response.flagMap('response_parameters'),
  };
}

function readIntegration(method: Resource, integration: Resource): RestIntegration {
  const passthrough = integration.text('passthrough_behavior', 'WHEN_NO_MATCH');
  return {
    type: integration.text('type'),
    functionArn: functionArnOf(integration, 'uri'),
    timeoutMs: integration.number('timeout_milliseconds', 29_000),
    passthroughBehavior: PASSTHROUGH.find((known) => known === passthrough) ?? 'WHEN_NO_MATCH',
    requestTemplates: integration.textMap('request_templates'),
    responses: ofMethod(method, 'aws_api_gateway_integration_response').map(readIntegrationResponse),
  };
}

function readIntegrationResponse(response: Resource): IntegrationResponse {
  const selectionPattern = response.optionalText('selection_pattern');
  return {
    statusCode: response.number('status_code'),
    // An empty pattern marks the default response, as a missing one does.
    selectionPattern: selectionPattern === '' ? undefined : selectionPattern,
    parameters: response.textMap('response_parameters'),
    templates: response.textMap('response_templates'),
  };
}

/** What hangs on a method names its API, resource and verb. */
function ofMethod(method: Resource, type: string): Resource[] {
  const key = (resource: Resource) =>
    ['rest_api_id', 'resource_id', 'http_method'].map((attribute) => resource.text(attribute)).join(' ');
  const wanted = key(method);
  return method.configuration.all(type).filter((resource) => key(resource) === wanted);
}
