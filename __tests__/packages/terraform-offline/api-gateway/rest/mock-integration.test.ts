import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type {
  IntegrationResponse,
  MockIntegration,
} from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { request, type RequestOptions, restApi, restMethod, run } from '../support';

const response: IntegrationResponse = {
  statusCode: 200,
  selectionPattern: undefined,
  parameters: {},
  templates: {},
};

/** `OPTIONS /things` over a mock; the method declares whatever the integration responses use. */
function send(integration: Partial<MockIntegration>, options: RequestOptions = {}) {
  const responses = integration.responses ?? [response];
  const method = restMethod('OPTIONS /things', {
    responses: responses.map(({ statusCode, parameters }) => ({
      statusCode,
      parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, true])),
    })),
    integration: {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      requestParameters: {},
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      ...integration,
      responses,
    },
  });
  return run(
    (dependencies) => restGateway(restApi([method]), dependencies),
    request('/things?scope=internal', { method: 'OPTIONS', ...options }),
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html */
it('answers a preflight with the headers of its integration response, and calls no function', async () => {
  const parameters = {
    'method.response.header.Access-Control-Allow-Origin': "'*'",
    'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
    'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization'",
  };
  const {
    response: answer,
    headers,
    event,
  } = await send(
    { responses: [{ ...response, parameters }] },
    {
      headers: [
        ['Origin', 'https://app.example'],
        ['Access-Control-Request-Method', 'GET'],
      ],
    },
  );

  expect(answer).toMatchObject({ status: 200, body: '' });
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET,OPTIONS',
    'access-control-allow-headers': 'Content-Type,Authorization',
  });
  expect(event).toBeUndefined();
});

// The CDK writes this for preflights: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigateway/lib/resource.ts
it('takes a status whose name has no quotes', async () => {
  const responses = [{ ...response, statusCode: 204 }];
  const sent = await send({ requestTemplates: { 'application/json': '{ statusCode: 204 }' }, responses });
  expect(sent.response.status).toBe(204);
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html */
describe('the status that the request template makes', () => {
  const template =
    '{ #if( $input.params(\'scope\') == "internal" ) "statusCode": 200 #else "statusCode": 500 #end }';
  const mock = {
    requestTemplates: { 'application/json': template },
    responses: [
      {
        ...response,
        templates: { 'application/json': '{"statusCode": 200, "message": "Go ahead without me"}' },
      },
      {
        ...response,
        statusCode: 500,
        selectionPattern: String.raw`5\d{2}`,
        templates: { 'application/json': '{"message": "The invoked method is not supported"}' },
      },
    ],
  };

  it('chooses the integration response', async () => {
    const { response: ok, headers } = await send(mock);
    expect(ok).toMatchObject({ status: 200, body: '{"statusCode": 200, "message": "Go ahead without me"}' });
    expect(headers['content-type']).toBe('application/json');
  });

  it('chooses by a pattern', async () => {
    const other = { ...mock, requestTemplates: { 'application/json': '{"statusCode": 503}' } };
    const { response: failed } = await send(other);
    expect(failed).toMatchObject({ status: 500, body: '{"message": "The invoked method is not supported"}' });
  });

  // https://github.com/localstack/localstack/blob/main/localstack-core/localstack/services/apigateway/next_gen/execute_api/integrations/mock.py
  it.each([
    ['no template', {}],
    ['a text', { 'application/json': '{"statusCode": "200"}' }],
    ['none', { 'application/json': '{}' }],
    ['no JSON', { 'application/json': 'hello' }],
  ])('is missing, with %s: 500, and the log says what should be there', async (_, requestTemplates) => {
    const { response: answer, log } = await send({ requestTemplates });
    expect(answer.status).toBe(500);
    expect(log).toEqual([expect.stringContaining('Unable to parse statusCode')]);
  });
});
