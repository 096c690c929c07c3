import type { Block } from '../language/configuration/block';
import type { IntegrationResponse, MethodResponse, RestApi, RestMethod } from '../model/rest-api';
import type { Unserved } from '../model/unserved';
import type { Attempts } from './attempts';
import { methodAuthorizer } from './authorizers';
import { readContentHandling, readIntegration } from './rest-integration';

/** Where a method is, and how to read it. */
export interface DeclaredMethod {
  /** For errors: `data-api: aws_api_gateway_method.store`. */
  readonly where: string;
  /** `POST`, or `ANY`. */
  readonly httpMethod: string;
  /** `/data/{id}` */
  readonly path: string;
  readonly resourceId: string;
  /** @throws when one of them cannot be evaluated */
  readonly parts: () => MethodParts;
}

/** A method and what hangs on it, in Terraform's words, whether resources declare it or an OpenAPI document. */
export interface MethodParts {
  /** `aws_api_gateway_method` */
  readonly method: Block;
  /** `aws_api_gateway_authorizer`, of a method that names none. */
  readonly authorizer?: Block | undefined;
  /** `aws_api_gateway_request_validator` */
  readonly validator: Block | undefined;
  /** JSON schema (draft 4) by media type. */
  readonly requestModels: Readonly<Record<string, unknown>>;
  /** `aws_api_gateway_method_response` */
  readonly responses: readonly Block[];
  /** `aws_api_gateway_integration` */
  readonly integration: Block | undefined;
  /** `aws_api_gateway_integration_response` */
  readonly integrationResponses: readonly Block[];
}

/** A method as it is served, or answered with 501 where it cannot be read. */
export function readRestMethod(
  attempts: Attempts,
  { where, parts, ...place }: DeclaredMethod,
  stageVariables: RestApi['stageVariables'],
): RestMethod {
  const { httpMethod, path } = place;
  const tried = attempts.attempt({ address: where, effect: `${httpMethod} ${path} answers 501` }, () => {
    const { method, authorizer, validator, requestModels, responses, ...more } = parts();
    const { integration, integrationResponses } = more;
    return {
      ...place,
      apiKeyRequired: method.flag('api_key_required'),
      authorizer: methodAuthorizer(attempts, method, authorizer),
      validateBody: validator?.flag('validate_request_body') ?? false,
      validateParameters: validator?.flag('validate_request_parameters') ?? false,
      requestParameters: method.flagMap('request_parameters'),
      requestModels,
      responses: responses.map(readMethodResponse),
      integration:
        integration &&
        readIntegration(
          attempts,
          integration,
          integrationResponses.map(readIntegrationResponse),
          stageVariables,
        ),
    };
  });
  return tried.unserved ? notServed(place, tried.unserved) : tried.value;
}

function notServed(
  place: Pick<RestMethod, 'httpMethod' | 'path' | 'resourceId'>,
  unserved: Unserved,
): RestMethod {
  return {
    ...place,
    apiKeyRequired: false,
    validateBody: false,
    validateParameters: false,
    requestParameters: {},
    requestModels: {},
    responses: [],
    integration: undefined,
    unserved,
  };
}

function readMethodResponse(response: Block): MethodResponse {
  return {
    statusCode: response.number('status_code'),
    parameters: response.flagMap('response_parameters'),
  };
}

function readIntegrationResponse(response: Block): IntegrationResponse {
  const selectionPattern = response.optionalText('selection_pattern');
  return {
    statusCode: response.number('status_code'),
    // An empty pattern marks the default response, as a missing one does.
    selectionPattern: selectionPattern === '' ? undefined : selectionPattern,
    contentHandling: readContentHandling(response),
    parameters: response.textMap('response_parameters'),
    templates: response.textMap('response_templates'),
  };
}
