import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type {
  IntegrationResponse,
  MethodResponse,
  RestApi,
  RestIntegration,
  RestMethod,
  Unserved,
} from '../model';
import type { Attempts } from './attempts';
import { methodAuthorizer } from './authorizers';
import { readIntegration } from './rest-integration';

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

/**
 * A method with the resources that hang on it.
 * @returns why there is none where its verb or path cannot be evaluated
 */
export function readRestMethod(
  attempts: Attempts,
  api: Resource,
  method: Resource,
  stageVariables: RestApi['stageVariables'],
): RestMethod | Unserved {
  const { configuration } = attempts;
  const placed = attempts.attempt(
    { address: method.where, effect: 'requests that match no other method answer 501' },
    () => {
      const resourceId = method.text('resource_id');
      const resource = configuration.find('aws_api_gateway_resource', 'id', resourceId);
      return { httpMethod: method.text('http_method'), path: resource?.text('path') ?? '/', resourceId };
    },
  );
  if (placed.unserved) return placed.unserved;
  const { httpMethod, path } = placed.value;
  const part = { address: method.where, effect: `${httpMethod} ${path} answers 501` };
  const tried = attempts.attempt(part, () => {
    refuseGaps(method);
    const validatorId = method.text('request_validator_id', '');
    const validator = configuration.find('aws_api_gateway_request_validator', 'id', validatorId);
    return {
      ...placed.value,
      apiKeyRequired: method.flag('api_key_required'),
      authorizer: methodAuthorizer(method),
      validateBody: validator?.flag('validate_request_body') ?? false,
      validateParameters: validator?.flag('validate_request_parameters') ?? false,
      requestParameters: method.flagMap('request_parameters'),
      requestModels: requestModels(attempts, api, method),
      responses: ofMethod(attempts, method, 'aws_api_gateway_method_response').map(readMethodResponse),
      integration: integrationOf(attempts, method, stageVariables),
    };
  });
  return tried.unserved ? { ...placed.value, ...NOTHING, unserved: tried.unserved } : tried.value;
}

/** What a method has that answers 501. */
const NOTHING = {
  apiKeyRequired: false,
  validateBody: false,
  validateParameters: false,
  requestParameters: {},
  requestModels: {},
  responses: [],
  integration: undefined,
};

function requestModels(attempts: Attempts, api: Resource, method: Resource): Record<string, unknown> {
  const models = attempts.belonging(
    'aws_api_gateway_model',
    'no API has the model',
    (model) => model.text('rest_api_id') === api.text('id'),
  );
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

function integrationOf(
  attempts: Attempts,
  method: Resource,
  stageVariables: RestApi['stageVariables'],
): RestIntegration | undefined {
  const [integration] = ofMethod(attempts, method, 'aws_api_gateway_integration');
  const responses = ofMethod(attempts, method, 'aws_api_gateway_integration_response');
  if (!integration) return undefined;
  refuseGaps(integration);
  return readIntegration(integration, responses.map(readIntegrationResponse), stageVariables);
}

function readIntegrationResponse(response: Resource): IntegrationResponse {
  refuseGaps(response);
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
function ofMethod(attempts: Attempts, method: Resource, type: string): Resource[] {
  const key = (resource: Resource) =>
    ['rest_api_id', 'resource_id', 'http_method'].map((attribute) => resource.text(attribute)).join(' ');
  const wanted = key(method);
  return attempts.belonging(type, 'no method has it', (resource) => key(resource) === wanted);
}
