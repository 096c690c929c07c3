import type { Api, Stack } from '../../../../../packages/terraform-offline/terraform/model/stack';
import type { Unserved } from '../../../../../packages/terraform-offline/terraform/model/unserved';
import { functionJson, type TerraformJson } from '../support';

const rest_api_id = '${aws_api_gateway_rest_api.one.id}';
const ofMethod = {
  rest_api_id,
  resource_id: '${aws_api_gateway_resource.one.id}',
  http_method: '${aws_api_gateway_method.one.http_method}',
};
const api_id = '${aws_apigatewayv2_api.one.id}';
const { data, resource } = functionJson();
const function_name = '${aws_lambda_function.one.function_name}';
const role = '${aws_iam_role.one.name}';
const policy = '${data.aws_iam_policy_document.one.json}';

/** A resource of each type, called `one`; together they are two APIs, a function with a URL and a table, all served. */
export const ONE_OF_EACH = {
  data: {
    archive_file: { one: data.archive_file.code },
    aws_iam_policy_document: {
      one: { statement: [{ actions: ['dynamodb:GetItem'], resources: ['${aws_dynamodb_table.one.arn}'] }] },
    },
  },
  resource: {
    aws_api_gateway_domain_name: { one: { domain_name: 'rest.example.com' } },
    aws_apigatewayv2_domain_name: { one: { domain_name: 'http.example.com' } },
    aws_api_gateway_rest_api: { one: { name: 'rest' } },
    aws_api_gateway_resource: {
      one: { rest_api_id, parent_id: '${aws_api_gateway_rest_api.one.root_resource_id}', path_part: 'one' },
    },
    aws_api_gateway_method: {
      one: {
        ...ofMethod,
        http_method: 'POST',
        authorization: 'NONE',
        request_models: { 'application/json': '${aws_api_gateway_model.one.name}' },
        request_validator_id: '${aws_api_gateway_request_validator.one.id}',
      },
    },
    aws_api_gateway_request_validator: { one: { rest_api_id, name: 'body', validate_request_body: true } },
    aws_api_gateway_model: {
      one: { rest_api_id, name: 'One', content_type: 'application/json', schema: '{"type":"object"}' },
    },
    aws_api_gateway_integration: {
      one: {
        ...ofMethod,
        type: 'AWS',
        integration_http_method: 'POST',
        uri: '${aws_lambda_function.one.invoke_arn}',
      },
    },
    aws_api_gateway_method_response: { one: { ...ofMethod, status_code: '200' } },
    aws_api_gateway_integration_response: { one: { ...ofMethod, status_code: '200' } },
    aws_api_gateway_gateway_response: { one: { rest_api_id, response_type: 'DEFAULT_4XX' } },
    aws_api_gateway_deployment: { one: { rest_api_id, stage_name: 'former' } },
    aws_api_gateway_stage: {
      one: { rest_api_id, stage_name: 'prod', deployment_id: '${aws_api_gateway_deployment.one.id}' },
    },
    aws_api_gateway_method_settings: {
      one: { rest_api_id, stage_name: 'prod', method_path: '*/*', settings: {} },
    },
    aws_apigatewayv2_api: { one: { name: 'http', protocol_type: 'HTTP' } },
    aws_apigatewayv2_integration: {
      one: {
        api_id,
        integration_type: 'AWS_PROXY',
        integration_uri: '${aws_lambda_function.one.invoke_arn}',
        payload_format_version: '2.0',
      },
    },
    aws_apigatewayv2_route: {
      one: { api_id, route_key: 'GET /one', target: 'integrations/${aws_apigatewayv2_integration.one.id}' },
    },
    aws_apigatewayv2_stage: { one: { api_id, name: '$default', auto_deploy: true } },
    aws_dynamodb_table: {
      one: { name: 'One', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] },
    },
    aws_iam_role: { one: { ...resource.aws_iam_role.role, name: 'one' } },
    aws_iam_role_policy: { one: { role, name: 'inline', policy } },
    aws_iam_policy: { one: { name: 'apart', policy } },
    aws_iam_role_policy_attachment: { one: { role, policy_arn: '${aws_iam_policy.one.arn}' } },
    aws_lambda_function: {
      one: {
        ...resource.aws_lambda_function.store,
        function_name: 'one',
        role: '${aws_iam_role.one.arn}',
        filename: '${data.archive_file.one.output_path}',
        layers: ['${aws_lambda_layer_version.one.arn}'],
      },
    },
    aws_lambda_layer_version: {
      one: { layer_name: 'one', filename: '${data.archive_file.one.output_path}' },
    },
    aws_lambda_alias: { one: { name: 'live', function_name, function_version: '$LATEST' } },
    aws_lambda_permission: {
      one: { action: 'lambda:InvokeFunction', function_name, principal: 'apigateway.amazonaws.com' },
    },
    aws_lambda_function_event_invoke_config: { one: { function_name } },
    aws_lambda_function_url: { one: { function_name, authorization_type: 'NONE' } },
  },
} satisfies TerraformJson;

/** What answers 501 when something about a resource of the type is refused. */
export function unservedPart(type: string, { apis, domains = [], unserved }: Stack): Unserved | undefined {
  const ofKind = <Kind extends Api['kind']>(kind: Kind) =>
    apis.filter((one): one is Extract<Api, { kind: Kind }> => one.kind === kind);
  const withArn = (service: string) => unserved.find(({ arn }) => arn?.startsWith(`arn:aws:${service}:`));
  if (/^aws_api_gateway_(method|integration)/.test(type) && type !== 'aws_api_gateway_method_settings') {
    return ofKind('rest')[0]?.methods.find((method) => method.unserved)?.unserved;
  }
  if (/^aws_apigatewayv2_(route|integration)/.test(type)) {
    return ofKind('http')[0]?.routes.find((route) => route.unserved)?.unserved;
  }
  if (type.endsWith('_domain_name')) return domains.find((domain) => domain.unserved)?.unserved;
  if (type.startsWith('aws_api_gateway_')) return ofKind('rest').find((one) => one.unserved)?.unserved;
  if (type.startsWith('aws_apigatewayv2_')) return ofKind('http').find((one) => one.unserved)?.unserved;
  if (type === 'aws_lambda_function_url') return ofKind('function-url').find((one) => one.unserved)?.unserved;
  if (/^aws_(lambda_event_source_mapping|cloudwatch_event_|scheduler_)/.test(type)) {
    return unserved.find(
      ({ address, reason }) => address.includes(type) && !reason.endsWith('is not served'),
    );
  }
  return withArn(type.startsWith('aws_dynamodb_') ? 'dynamodb' : 'lambda');
}
