import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { RestMethod } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { request, type RequestOptions, restApi, restMethod, run } from '../support';

const send = (method: Partial<RestMethod>, target: string, options: RequestOptions = {}) =>
  run(
    (d) => restGateway(restApi([restMethod('POST /pets/{id}', method)]), d),
    request(target, { method: 'POST', ...options }),
  );

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html */
describe('required parameters must be there and not blank', () => {
  const method = {
    validateParameters: true,
    requestParameters: {
      'method.request.querystring.limit': true,
      'method.request.header.X-Trace': true,
      'method.request.path.id': true,
      'method.request.querystring.cursor': false,
    },
  };
  const headers = [['X-Trace', '1']] as const;

  it.each([
    ['/pets/1?limit=2', headers, undefined],
    ['/pets/1', headers, '[limit]'],
    ['/pets/1?limit=', headers, '[limit]'],
    ['/pets/1?LIMIT=2', headers, '[limit]'],
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html: names are compared with their case.
    ['/pets/1?limit=2', [['x-trace', '1']] as const, '[X-Trace]'],
    ['/pets/1', [], '[X-Trace, limit]'],
  ])('%s with headers %j', async (target, sent, missing) => {
    const { response, event } = await send(method, target, { headers: sent });
    expect(event === undefined).toBe(missing !== undefined);
    expect(response.status).toBe(missing ? 400 : 200);
    if (missing) {
      expect(response.body).toBe(`{"message":"Missing required request parameters: ${missing}"}`);
    }
  });

  test('only where the validator checks parameters', async () => {
    const { response } = await send({ ...method, validateParameters: false }, '/pets/1');
    expect(response.status).toBe(200);
  });
});

describe('the body must be what the model for its media type says', () => {
  const model = {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['price'],
    // Draft 4: exclusiveMinimum is a boolean.
    properties: { price: { type: 'number', minimum: 0, exclusiveMinimum: true } },
  };
  const method = { validateBody: true, requestModels: { 'application/json': model } };

  it.each([
    ['application/json', '{"price":1}', 200],
    ['application/json; charset=utf-8', '{"price":0}', 400],
    ['application/json', '{"price":"1"}', 400],
    ['application/json', '{}', 400],
    ['application/json', '', 400],
    ['application/json', 'hello', 400],
    [undefined, '{}', 400],
    ['application/xml', '{}', 200],
  ])('%s %s', async (type, body, status) => {
    const headers = type ? ([['Content-Type', type]] as const) : [];
    const { response, event } = await send(method, '/pets/1', { body, headers });
    expect(response.status).toBe(status);
    expect(event === undefined).toBe(status === 400);
    if (status === 400) expect(response.body).toBe('{"message":"Invalid request body"}');
  });

  test('$default is the model for every other media type', async () => {
    const { response } = await send({ validateBody: true, requestModels: { $default: model } }, '/pets/1', {
      body: '{}',
    });
    expect(response.status).toBe(400);
  });

  test('one that is no JSON schema answers 500, and the log names it', async () => {
    const requestModels = { 'application/json': { type: 'objekt' } };
    const { response, log } = await send({ validateBody: true, requestModels }, '/pets/1', { body: '{}' });
    expect(response.status).toBe(500);
    expect(log[0]).toContain('the model for application/json of POST /pets/{id} is no JSON schema');
  });

  test('only where the validator checks bodies', async () => {
    const { response } = await send({ ...method, validateBody: false }, '/pets/1', { body: '{}' });
    expect(response.status).toBe(200);
  });

  test('a gateway response can name the violation', async () => {
    const api = restApi([restMethod('POST /pets/{id}', method)], {
      gatewayResponses: {
        BAD_REQUEST_BODY: {
          statusCode: undefined,
          parameters: {},
          templates: { 'application/json': '$context.error.validationErrorString' },
        },
      },
    });
    const { response } = await run(
      (d) => restGateway(api, d),
      request('/pets/1', { method: 'POST', body: '{}' }),
    );
    expect(response.status).toBe(400);
    expect(response.body).toContain("required property 'price'");
  });
});

describe('a model that refers to another', () => {
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/abc/models/${name}`;
  const author = { type: 'object', required: ['name'] };
  it.each<[where: string, model: object]>([
    [
      'by its URL',
      {
        id: url('Book'),
        properties: { author: { $ref: url('Author') }, sequel: { $ref: url('Book') } },
        definitions: { [url('Author')]: { id: url('Author'), ...author } },
      },
    ],
    [
      'within an OpenAPI document',
      {
        $ref: '#/components/schemas/Book',
        components: {
          schemas: {
            Book: {
              properties: {
                author: { $ref: '#/components/schemas/Author' },
                sequel: { $ref: '#/components/schemas/Book' },
              },
            },
            Author: { ...author, nullable: true },
          },
        },
      },
    ],
  ])('%s is followed', async (_, model) => {
    const method = { validateBody: true, requestModels: { 'application/json': model } };
    const answer = async (body: object) =>
      (await send(method, '/pets/1', { body: JSON.stringify(body) })).response.status;
    expect(await answer({ author: { name: 'Ann' }, sequel: { author: { name: 'Bob' } } })).toBe(200);
    expect(await answer({ author: {} })).toBe(400);
    expect(await answer({ author: { name: 'Ann' }, sequel: { author: {} } })).toBe(400);
  });
});
