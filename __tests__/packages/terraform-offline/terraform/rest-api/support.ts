import type { RestApi } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { functionJson, load, type TerraformJson } from '../support';

/** A stack with the function `store`. */
export const json = functionJson();
export const rest_api_id = '${aws_api_gateway_rest_api.api.id}';
/** What the parts of `PUT /books/{id}` have in common. */
export const ofMethod = {
  rest_api_id,
  resource_id: '${aws_api_gateway_resource.id.id}',
  http_method: '${aws_api_gateway_method.put.http_method}',
};
/** An API with `PUT /books/{id}`, which calls the function. */
export const resources = {
  ...json.resource,
  aws_api_gateway_rest_api: { api: { name: 'books', binary_media_types: ['image/png'] } },
  aws_api_gateway_resource: {
    id: { rest_api_id, parent_id: '${aws_api_gateway_resource.books.id}', path_part: '{id}' },
    books: { rest_api_id, parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}', path_part: 'books' },
  },
  aws_api_gateway_stage: { stage: { rest_api_id, stage_name: 'prod', variables: { colour: 'blue' } } },
  aws_api_gateway_request_validator: { body: { rest_api_id, name: 'body', validate_request_body: true } },
  aws_api_gateway_model: { book: { rest_api_id, name: 'Book', schema: '{"type":"object"}' } },
  aws_api_gateway_method: {
    put: {
      ...ofMethod,
      http_method: 'PUT',
      authorization: 'NONE',
      request_validator_id: '${aws_api_gateway_request_validator.body.id}',
      request_parameters: { 'method.request.querystring.dry': true, 'method.request.header.If-Match': false },
      request_models: { 'application/json': '${aws_api_gateway_model.book.name}', 'text/plain': 'Empty' },
    },
  },
  aws_api_gateway_integration: {
    put: {
      ...ofMethod,
      type: 'AWS',
      integration_http_method: 'POST',
      uri: '${aws_lambda_function.store.invoke_arn}',
      timeout_milliseconds: 5000,
      passthrough_behavior: 'NEVER',
      request_parameters: { 'integration.request.header.X-Kind': "'book'" },
      request_templates: { 'application/json': "$input.json('$')" },
    },
  },
};

/** The API as it is read, with other resources besides or in place of these. */
export async function api(more: TerraformJson['resource'] = {}): Promise<RestApi> {
  return (await load({ ...json, resource: { ...resources, ...more } })).apis[0] as RestApi;
}
