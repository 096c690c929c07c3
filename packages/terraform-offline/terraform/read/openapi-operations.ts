import { isObject } from '../../is-object';
import type { Block } from '../language/configuration/block';
import { block, type Json, members, resolve } from './openapi-document';
import { security } from './openapi-security';
import type { MethodParts } from './rest-methods';

interface Operation {
  /** `POST`, or `ANY`. */
  readonly httpMethod: string;
  /** @param where for errors */
  readonly partsAt: (where: string) => MethodParts;
}

const VERBS: Readonly<Record<string, string>> = {
  delete: 'DELETE',
  get: 'GET',
  head: 'HEAD',
  options: 'OPTIONS',
  patch: 'PATCH',
  post: 'POST',
  put: 'PUT',
  'x-amazon-apigateway-any-method': 'ANY',
};

/** The methods of an item of an OpenAPI document's paths. */
export function pathItemMethods(document: Json, apiId: string, pathItem: Json): Operation[] {
  const item = resolve(document, pathItem);
  return Object.entries(VERBS)
    .filter(([verb]) => isObject(item[verb]))
    .map(([verb, httpMethod]) => ({
      httpMethod,
      partsAt: (where) => partsOf(document, apiId, where, item, resolve(document, item[verb])),
    }));
}

/** In the words that Terraform has for them. */
function partsOf(document: Json, apiId: string, where: string, item: Json, operation: Json): MethodParts {
  const { method, authorizer } = security(document, apiId, where, operation);
  const integration = operation['x-amazon-apigateway-integration'];
  const described = integration === undefined ? undefined : resolve(document, integration);
  return {
    method: block('aws_api_gateway_method', where, {
      ...method,
      request_parameters: requestParameters(document, item, operation),
    }),
    authorizer,
    validator: validatorOf(document, where, operation),
    requestModels: requestModels(document, operation),
    responses: members(operation.responses)
      .filter(([status]) => /^\d{3}$/.test(status))
      .map(([status, response]) => methodResponse(document, where, status, resolve(document, response))),
    integration: described && integrationBlock(`${where} x-amazon-apigateway-integration`, described),
    integrationResponses: members(described?.responses).map(([pattern, response]) =>
      integrationResponse(`${where} x-amazon-apigateway-integration.responses.${pattern}`, pattern, response),
    ),
  };
}

const LOCATIONS: Readonly<Record<string, string>> = { header: 'header', path: 'path', query: 'querystring' };

function requestParameters(document: Json, item: Json, operation: Json): Json {
  const parameters = [item.parameters, operation.parameters]
    .flatMap((list: unknown) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map((parameter) => resolve(document, parameter));
  return Object.fromEntries(
    parameters
      .filter((parameter) => String(parameter.in) in LOCATIONS)
      .map((parameter) => [
        `method.request.${LOCATIONS[String(parameter.in)]}.${String(parameter.name)}`,
        parameter.required === true,
      ]),
  );
}

/** The schemas of bodies, each a document of its own: what they refer to comes with them. */
function requestModels(document: Json, operation: Json): Json {
  const { content } = resolve(document, operation.requestBody);
  const { components } = document;
  return Object.fromEntries(
    members(content)
      .filter(([, { schema }]) => isObject(schema))
      .map(([mediaType, { schema }]) => [
        mediaType,
        JSON.stringify(schema).includes('"$ref"') ? { ...(schema as Json), components } : schema,
      ]),
  );
}

function validatorOf(document: Json, where: string, operation: Json): Block | undefined {
  const extension = 'x-amazon-apigateway-request-validator';
  const name = operation[extension] ?? document[extension];
  if (name === undefined) return undefined;
  const found = members(document[`${extension}s`]).find(([candidate]) => candidate === name);
  if (!found) throw new Error(`${where}.${extension}: the document has no validator ${JSON.stringify(name)}`);
  return block('aws_api_gateway_request_validator', where, {
    validate_request_body: found[1].validateRequestBody,
    validate_request_parameters: found[1].validateRequestParameters,
  });
}

function methodResponse(document: Json, where: string, status: string, response: Json): Block {
  const { headers } = resolve(document, response);
  return block('aws_api_gateway_method_response', where, {
    status_code: status,
    response_parameters: Object.fromEntries(
      members(headers).map(([name]) => [`method.response.header.${name}`, false]),
    ),
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
function integrationBlock(where: string, integration: Json): Block {
  const upper = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : value);
  const { tlsConfig } = integration;
  return block('aws_api_gateway_integration', where, {
    type: upper(integration.type),
    uri: integration.uri,
    integration_http_method: upper(integration.httpMethod),
    passthrough_behavior: upper(integration.passthroughBehavior),
    request_parameters: integration.requestParameters,
    request_templates: integration.requestTemplates,
    content_handling: upper(integration.contentHandling),
    timeout_milliseconds: integration.timeoutInMillis,
    connection_type: upper(integration.connectionType),
    credentials: integration.credentials,
    tls_config: isObject(tlsConfig)
      ? { insecure_skip_verification: tlsConfig.insecureSkipVerification ?? false }
      : undefined,
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-response.html */
function integrationResponse(where: string, pattern: string, response: Json): Block {
  return block('aws_api_gateway_integration_response', where, {
    status_code: response.statusCode,
    selection_pattern: pattern === 'default' ? undefined : pattern,
    response_parameters: response.responseParameters,
    response_templates: response.responseTemplates,
    content_handling: response.contentHandling,
  });
}
