import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type {
  HttpIntegration,
  ParameterChange,
} from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { functionError, httpApi, request, run, success } from '../support';

/** `change('append:header.name', '$request.path')` */
function change(key: string, value: string): ParameterChange {
  const [action, location, name = ''] = key.split(/[:.]/) as [
    ParameterChange['action'],
    ParameterChange['location'],
    string?,
  ];
  return { action, location, name, value };
}

function changes(mappings: Readonly<Record<string, string>>): ParameterChange[] {
  return Object.entries(mappings).map(([key, value]) => change(key, value));
}

const sent = request('/pets/7?kind=dog&kind=cat&age=3', {
  method: 'POST',
  headers: [
    ['Host', 'pets.example'],
    ['Content-Type', 'application/json'],
    ['X-One', 'first'],
    ['x-one', 'second'],
  ],
  body: '{"owner":{"name":"Ann","pets":[1,2]},"count":2}',
  sourceIp: '192.0.2.1',
});

async function mapped(
  requestParameters: Readonly<Record<string, string>>,
  integration: Partial<HttpIntegration> = {},
) {
  const api = httpApi(
    ['POST /pets/{petId}'],
    { stageVariables: { version: 'v2' } },
    { requestParameters: changes(requestParameters), ...integration },
  );
  const { event, headers } = await run((all) => httpGateway(api, all), sent);
  return { event: event as Record<string, never>, requestId: headers['apigw-requestid'] };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
describe('the value of a request parameter', () => {
  it.each([
    ['a text', 'constant', 'constant'],
    ['a header, whatever its case', '$request.header.X-ONE', 'first,second'],
    ['a query parameter', '$request.querystring.kind', 'dog,cat'],
    ['the path', '$request.path', '/pets/7'],
    ['a path parameter', '$request.path.petId', '7'],
    ['the body', '$request.body', sent.body.toString()],
    ['a member of the body', '$request.body.owner.name', 'Ann'],
    ['an element of the body', '$request.body.owner.pets[1]', '2'],
    ['an object of the body', '$request.body.owner', '{"name":"Ann","pets":[1,2]}'],
    ['a context variable', '$context.identity.sourceIp', '192.0.2.1'],
    ['the route key', '$context.routeKey', 'POST /pets/{petId}'],
    ['a stage variable', '$stageVariables.version', 'v2'],
    ['several variables', '${request.path.petId}-${stageVariables.version}!', '7-v2!'],
  ])('is %s', async (_, value, expected) => {
    const { event } = await mapped({ 'overwrite:header.x-new': value });
    expect(event.headers).toMatchObject({ 'x-new': expected });
  });

  it.each([
    '$request.header.none',
    '$request.querystring.none',
    '$request.path.none',
    '$request.body.none',
    // Not supported by HTTP APIs.
    '$request.body..name',
    '$request.body.owner.pets[?(@>1)]',
    '$context.constructor',
    '$stageVariables.toString',
  ])('is none for %s: then there is no parameter', async (value) => {
    const { event } = await mapped({ 'append:header.x-new': value });
    expect(event.headers).not.toHaveProperty('x-new');
  });
});

describe('a request is changed', () => {
  it('by appending, overwriting and removing headers, each from the request as it came', async () => {
    const { event, requestId } = await mapped({
      'append:header.x-one': 'third',
      'overwrite:header.Content-Type': 'text/plain',
      'append:header.x-id': '$context.requestId',
      'overwrite:header.x-renamed': '$request.header.host',
    });
    expect(event.headers).toMatchObject({
      'x-one': 'first,second,third',
      'content-type': 'text/plain',
      'x-id': requestId,
      'x-renamed': 'pets.example',
    });
    const { event: renamed } = await mapped({
      'remove:header.X-One': "''",
      'append:header.x-two': '$request.header.x-one',
    });
    expect(renamed.headers).toMatchObject({ 'x-two': 'first,second' });
    expect(renamed.headers).not.toHaveProperty('x-one');
  });

  it('without leaving a client’s header where there is nothing to overwrite it with', async () => {
    const { event } = await mapped({ 'overwrite:header.x-one': '$context.authorizer.user' });
    expect(event.headers).not.toHaveProperty('x-one');
  });

  it('in its query', async () => {
    const { event } = await mapped({
      'append:querystring.kind': 'bird',
      'remove:querystring.age': "''",
      'overwrite:querystring.id': '$request.path.petId',
    });
    expect(event).toMatchObject({
      rawQueryString: 'kind=dog&kind=cat&id=7&kind=bird',
      queryStringParameters: { kind: 'dog,cat,bird', id: '7' },
    });
  });

  it.each<[version: '1.0' | '2.0', expected: object]>([
    ['1.0', { path: '/animals/7', requestContext: { path: '/animals/7' } }],
    ['2.0', { rawPath: '/animals/7', requestContext: { http: { path: '/animals/7' } } }],
  ])('in its path, for payload %s', async (payloadFormatVersion, expected) => {
    const { event } = await mapped(
      { 'overwrite:path': '/animals/${request.path.petId}' },
      { payloadFormatVersion },
    );
    expect(event).toMatchObject({ ...expected, pathParameters: { petId: '7' } });
  });

  it('not at all without mappings', async () => {
    const { event } = await mapped({});
    expect(event).toMatchObject({ rawQueryString: sent.rawQuery, rawPath: '/pets/7' });
  });
});

describe('a response is changed', () => {
  const answered = (
    status: number,
    mappings: Readonly<Record<string, Readonly<Record<string, string>>>>,
    outcome = success({
      statusCode: status,
      headers: { 'x-secret': '1', 'x-kept': '2' },
      body: '{"error":{"code":"E1"}}',
    }),
  ) => {
    const responseParameters = Object.fromEntries(
      Object.entries(mappings).map(([of, mapping]) => [of, changes(mapping)]),
    );
    const api = httpApi(
      ['POST /pets/{petId}'],
      { stageVariables: { version: 'v2' } },
      { responseParameters },
    );
    return run((all) => httpGateway(api, all), sent, outcome);
  };

  it('for the status that the integration answered, status included', async () => {
    const mappings = {
      '500': {
        'overwrite:statuscode': '403',
        'append:header.x-code': '$response.body.error.code',
        'append:header.x-copy': '$response.header.X-Kept',
        'append:header.x-version': '$stageVariables.version',
        'remove:header.x-secret': "''",
      },
      '404': { 'append:header.x-missing': 'yes' },
    };
    const { response, headers } = await answered(500, mappings);
    expect(response.status).toBe(403);
    expect(headers).toMatchObject({ 'x-code': 'E1', 'x-copy': '2', 'x-kept': '2', 'x-version': 'v2' });
    expect(headers).not.toHaveProperty('x-secret');
    expect(headers).not.toHaveProperty('x-missing');

    const fine = await answered(200, mappings);
    expect(fine.response.status).toBe(200);
    expect(fine.headers).toMatchObject({ 'x-secret': '1' });
  });

  it('only where it is the integration’s, not the gateway’s own', async () => {
    const { response } = await answered(
      500,
      { '500': { 'overwrite:statuscode': '403' } },
      functionError('broken'),
    );
    expect(response.status).toBe(500);
  });
});
