import { type TerraformJson } from '../support';
import { api, json, ofMethod, resources, rest_api_id } from './support';

it('finds the function that a stage variable names', async () => {
  const uri =
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:$${stageVariables.fn}/invocations';
  const { methods } = await api({
    aws_api_gateway_stage: { stage: { rest_api_id, stage_name: 'prod', variables: { fn: 'store' } } },
    aws_api_gateway_integration: { put: { ...ofMethod, type: 'AWS_PROXY', uri } },
  });
  expect(methods[0]!.integration).toMatchObject({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
  });
});

it('finds a function whose account is written out', async () => {
  const uri =
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:store/invocations';
  const { methods } = await api({
    aws_api_gateway_integration: {
      put: { ...ofMethod, type: 'AWS_PROXY', integration_http_method: 'POST', uri },
    },
  });
  expect(methods[0]!.integration).toMatchObject({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
  });
});

it('reads a mock, which has no function', async () => {
  const template = { 'application/json': '{"statusCode": 200}' };
  const { methods } = await api({
    aws_api_gateway_integration: { put: { ...ofMethod, type: 'MOCK', request_templates: template } },
  });
  expect(methods[0]!.integration).toEqual({
    type: 'MOCK',
    passthroughBehavior: 'WHEN_NO_MATCH',
    requestParameters: {},
    requestTemplates: template,
    responses: [],
  });
});

it('reads HTTP integrations, stage variables in their URIs filled in', async () => {
  const { methods } = await api({
    aws_api_gateway_stage: {
      stage: { rest_api_id, stage_name: 'prod', variables: { host: 'localhost:9999' } },
    },
    aws_api_gateway_integration: {
      put: {
        ...ofMethod,
        type: 'HTTP_PROXY',
        integration_http_method: 'ANY',
        uri: 'http://$${stageVariables.host}/books/{id}',
        request_parameters: { 'integration.request.path.id': 'method.request.path.id' },
        tls_config: { insecure_skip_verification: true },
      },
    },
  });
  expect(methods[0]!.integration).toEqual({
    type: 'HTTP_PROXY',
    uri: 'http://localhost:9999/books/{id}',
    httpMethod: 'ANY',
    insecure: true,
    timeoutMs: 29_000,
    passthroughBehavior: 'WHEN_NO_MATCH',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    requestTemplates: {},
    responses: [],
  });
});

describe('the credentials of an integration', () => {
  const put = resources.aws_api_gateway_integration.put;
  const trust = (Service: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] });
  const withRole = (service: string) => ({
    aws_iam_role: {
      ...json.resource.aws_iam_role,
      gateway: { name: 'gateway', assume_role_policy: trust(service) },
    },
    aws_api_gateway_integration: { put: { ...put, credentials: '${aws_iam_role.gateway.arn}' } },
  });

  it('are a role that API Gateway takes on', async () => {
    const { methods } = await api(withRole('apigateway.amazonaws.com'));
    expect(methods[0]!.integration).toMatchObject({ invokedAs: { name: 'gateway' } });
  });

  it.each<[string, TerraformJson['resource'], string]>([
    [
      'a role that does not trust it',
      withRole('lambda.amazonaws.com'),
      'put.credentials: API Gateway does not have permission to assume the provided role',
    ],
    [
      'those of the caller',
      { aws_api_gateway_integration: { put: { ...put, credentials: 'arn:aws:iam::*:user/*' } } },
      'put.credentials: callers are not identified here',
    ],
  ])('are not %s', async (_, more, reason) => {
    const { unserved } = (await api(more)).methods[0]!;
    expect(unserved?.reason).toContain(reason);
  });
});
