import { functionJson, type TerraformJson, load } from '../support';

/** A stack with the function `store`. */
export const json = functionJson();

export const api_id = '${aws_apigatewayv2_api.api.id}';

/** An API whose route `GET /books/{id}` calls the function, and one whose integration was forgotten. */
export const resources = {
  ...json.resource,
  aws_apigatewayv2_api: { api: { name: 'books', protocol_type: 'HTTP' } },
  aws_apigatewayv2_stage: { stage: { api_id, name: '$default', auto_deploy: true } },
  aws_apigatewayv2_integration: {
    store: {
      api_id,
      integration_type: 'AWS_PROXY',
      integration_uri: '${aws_lambda_function.store.arn}',
      payload_format_version: '2.0',
      timeout_milliseconds: 5000,
    },
  },
  aws_apigatewayv2_route: {
    get: {
      api_id,
      route_key: 'GET /books/{id}',
      target: 'integrations/${aws_apigatewayv2_integration.store.id}',
    },
    forgotten: { api_id, route_key: 'ANY /books' },
  },
};

const output = {
  api: { value: '${aws_apigatewayv2_api.api.api_endpoint}' },
  stage: { value: '${aws_apigatewayv2_stage.stage.invoke_url}' },
};

/** The stack as it is read, with other resources besides or in place of these. */
export function stack(more: TerraformJson['resource'] = {}, endpoint?: string) {
  return load(
    { ...json, resource: { ...resources, ...more }, output },
    endpoint === undefined ? {} : { endpointOf: () => endpoint },
  );
}
