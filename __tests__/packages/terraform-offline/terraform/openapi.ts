import type { RestApi } from '../../../../packages/terraform-offline/terraform/model/rest-api';
import type { Stack } from '../../../../packages/terraform-offline/terraform/model/stack';
import { functionJson, load, type TerraformJson } from './support';

const json = functionJson();
export const rest_api_id = '${aws_api_gateway_rest_api.api.id}';
export const uri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:store/invocations';
export const proxy = { type: 'aws_proxy', httpMethod: 'POST', uri };

/** A stack whose API has this document as its body: a text, or an object that is written as JSON. */
export function loaded(
  body: object | string,
  api: Record<string, unknown> = {},
  resource: TerraformJson['resource'] = {},
): Promise<Stack> {
  const text = typeof body === 'string' ? body : JSON.stringify({ openapi: '3.0.1', ...body });
  return load({
    ...json,
    resource: {
      ...json.resource,
      aws_api_gateway_rest_api: { api: { name: 'pets', body: text.replaceAll('${', () => '$${'), ...api } },
      aws_api_gateway_stage: {
        stage: { rest_api_id, stage_name: 'prod', variables: { host: 'localhost:9999' } },
      },
      ...resource,
    },
  });
}

export async function api(...given: Parameters<typeof loaded>): Promise<RestApi> {
  return (await loaded(...given)).apis[0] as RestApi;
}

/** The methods of one operation, `GET /pets`. */
export async function operation(described: object, document: object = {}) {
  const { methods } = await api({
    paths: { '/pets': { get: { 'x-amazon-apigateway-integration': proxy, ...described } } },
    ...document,
  });
  return methods[0]!;
}
