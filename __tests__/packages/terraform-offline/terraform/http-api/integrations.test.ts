import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { api_id, stack } from './support';

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
it('falls back to API Gateway’s defaults', async () => {
  const store = {
    api_id,
    integration_type: 'AWS_PROXY',
    integration_uri: '${aws_lambda_function.store.invoke_arn}',
  };
  const [api] = (await stack({ aws_apigatewayv2_integration: { store } })).apis;
  expect((api as HttpApi).routes[0]!.integration).toEqual({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    payloadFormatVersion: '1.0',
    timeoutMs: 30_000,
    requestParameters: [],
    responseParameters: {},
  });
});

describe('an integration', () => {
  const read = async (integration: Record<string, unknown>, variables = {}) => {
    const store = {
      api_id,
      integration_type: 'AWS_PROXY',
      integration_uri: '${aws_lambda_function.store.arn}',
    };
    const { apis } = await stack({
      aws_apigatewayv2_integration: { store: { ...store, ...integration } },
      aws_apigatewayv2_stage: {
        stage: { api_id, name: 'v1', auto_deploy: true, stage_variables: variables },
      },
    });
    return (apis[0] as HttpApi).routes[0]!;
  };
  const proxy = { integration_type: 'HTTP_PROXY', integration_uri: 'https://$${stageVariables.host}/{id}' };

  it('may be an HTTP endpoint', async () => {
    const { integration } = await read(
      { ...proxy, integration_method: 'POST', timeout_milliseconds: 100 },
      { host: 'books.example' },
    );
    expect(integration).toMatchObject({ uri: 'https://books.example/{id}', method: 'POST', timeoutMs: 100 });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
  it('may change requests and responses', async () => {
    const { integration } = await read({
      request_parameters: { 'append:header.x-id': '$context.requestId', 'overwrite:path': '/books' },
      response_parameters: [{ status_code: '500', mappings: { 'overwrite:statuscode': '403' } }],
    });
    expect(integration).toMatchObject({
      requestParameters: [
        { action: 'append', location: 'header', name: 'x-id', value: '$context.requestId' },
        { action: 'overwrite', location: 'path', name: '', value: '/books' },
      ],
      responseParameters: {
        '500': [{ action: 'overwrite', location: 'statuscode', name: '', value: '403' }],
      },
    });
  });

  it.each<[what: string, integration: Record<string, unknown>, reason: string]>([
    [
      'for another of AWS’s services',
      { integration_subtype: 'SQS-SendMessage' },
      "integration_subtype: of AWS's services, integrations call Lambda only here",
    ],
    [
      'over a VPC link',
      { ...proxy, connection_type: 'VPC_LINK' },
      'connection_type: a VPC link leads nowhere from here',
    ],
    [
      'for a server’s name',
      { ...proxy, tls_config: [{ server_name_to_verify: 'a' }] },
      'tls_config: it is for VPC links',
    ],
    [
      'with a role',
      { credentials_arn: 'arn:aws:iam::000000000000:role/x' },
      'credentials_arn: no role is taken on',
    ],
    [
      'of a kind that AWS refuses',
      { integration_type: 'MOCK' },
      'an HTTP API takes AWS_PROXY and HTTP_PROXY',
    ],
    ['without a variable of the stage', proxy, 'integration_uri: the stage has no variable host'],
    [
      'with an address that is none',
      { ...proxy, integration_uri: 'books' },
      'expected an http:// or https:// URL',
    ],
    [
      'that maps a reserved header',
      { request_parameters: { 'overwrite:header.Authorization': 'x' } },
      'request_parameters: Authorization is a reserved header',
    ],
    [
      'that changes what it cannot',
      { request_parameters: { 'append:path': 'x' } },
      'request_parameters: expected append, overwrite or remove:header.NAME',
    ],
    [
      'that maps an unknown variable',
      { request_parameters: { 'append:header.x': '$request.cookie.y' } },
      'received $request.cookie.y',
    ],
    [
      'that maps another status than there is',
      { response_parameters: [{ status_code: '1000', mappings: {} }] },
      'API Gateway takes 200 to 599, received 1000',
    ],
  ])('is not served %s', async (_, integration, reason) => {
    const { unserved } = await read(integration);
    expect(unserved).toMatchObject({ effect: 'GET /books/{id} answers 501' });
    expect(unserved!.reason).toContain(reason);
  });
});
