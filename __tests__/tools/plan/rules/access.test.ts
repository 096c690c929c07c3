import { reviewPlan } from '../../../../tools/plan/review';
import { planOfMany } from '../fixtures';

type Row = [address: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null];

const refusals = (...rows: Row[]): string[] =>
  reviewPlan(planOfMany(...rows)).refusals.map(({ address, sentence }) => `${address} ${sentence}`);

const route = (key: string, scheme = 'NONE'): Record<string, unknown> => ({
  api_id: 'a',
  route_key: key,
  authorization_type: scheme,
});
const closed = route('GET /items', 'JWT');

it('refuses an open route where the API has a closed one', () => {
  expect(
    refusals(
      ['aws_apigatewayv2_route.closed', closed, closed],
      ['aws_apigatewayv2_route.new', null, route('POST /items')],
    ),
  ).toEqual([
    'aws_apigatewayv2_route.new would answer POST /items to everyone, where GET /items of the same API asks who it is',
  ]);
});

it('notes one otherwise, and says nothing of a closed one', () => {
  const open = planOfMany(['aws_apigatewayv2_route.new', null, route('POST /items')]);
  expect(reviewPlan(open)).toMatchObject({
    refusals: [],
    notes: [{ sentence: 'answers POST /items to everyone, as the whole API does' }],
  });
  expect(
    reviewPlan(
      planOfMany(
        ['aws_apigatewayv2_route.closed', closed, closed],
        ['aws_apigatewayv2_route.new', null, route('POST /items', 'JWT')],
      ),
    ),
  ).toMatchObject({ refusals: [], notes: [] });
});

it('lets browsers ask beforehand', () => {
  expect(
    refusals(
      ['aws_apigatewayv2_route.closed', closed, closed],
      ['aws_apigatewayv2_route.new', null, route('OPTIONS /items')],
    ),
  ).toEqual([]);
});

it('does not take one API for another', () => {
  expect(
    refusals(
      ['aws_apigatewayv2_route.closed', closed, closed],
      ['aws_apigatewayv2_route.new', null, { ...route('POST /items'), api_id: 'b' }],
    ),
  ).toEqual([]);
});

describe('a route under another address', () => {
  it('is one change', () => {
    expect(
      refusals(
        ['aws_apigatewayv2_route.old', closed, null],
        ['aws_apigatewayv2_route.new', null, { ...closed }],
      ),
    ).toEqual([]);
  });

  it('must not come to be open, also of a REST API', () => {
    const method = (scheme: string): Record<string, unknown> => ({
      rest_api_id: 'r',
      resource_id: 'x',
      http_method: 'GET',
      authorization: scheme,
    });
    expect(
      refusals(
        ['aws_api_gateway_method.old', method('AWS_IAM'), null],
        ['aws_api_gateway_method.new', null, method('NONE')],
      ),
    ).toEqual([expect.stringMatching(/^aws_api_gateway_method\.new turns off authorization/)]);
  });

  it('may have a parameter of another name', () => {
    expect(
      refusals(
        ['aws_apigatewayv2_route.old', route('GET /items/{id}'), null],
        ['aws_apigatewayv2_route.new', null, route('GET /items/{itemId}')],
      ),
    ).toEqual([]);
  });
});

it('refuses a route that answers elsewhere, or no more', () => {
  expect(refusals(['aws_apigatewayv2_route.it', closed, null])).toEqual([
    expect.stringContaining('no longer answer GET /items'),
  ]);
  expect(refusals(['aws_apigatewayv2_route.it', route('GET /items'), route('GET /things')])).toEqual([
    expect.stringContaining('GET /things in place of GET /items'),
  ]);
  expect(
    refusals(['aws_api_gateway_resource.it', { path: '/data', path_part: 'data' }, { path_part: 'datas' }]),
  ).toEqual([expect.stringContaining('under datas in place of /data')]);
  expect(refusals(['aws_api_gateway_resource.it', { path_part: '{id}' }, { path_part: '{key}' }])).toEqual(
    [],
  );
});

it('lets a function have a URL that asks for a signature, and no other', () => {
  const url = (scheme: string): Row => [
    'aws_lambda_function_url.it',
    null,
    { function_name: 'f', authorization_type: scheme },
  ];
  expect(refusals(url('AWS_IAM'))).toEqual([]);
  expect(refusals(url('NONE'))).toHaveLength(1);
});

describe('the OpenAPI document of an API', () => {
  const document = (operations: Record<string, object>): Record<string, unknown> => ({
    name: 'a',
    body: JSON.stringify({ openapi: '3.0.1', paths: { '/items': operations } }),
  });
  const key = { security: [{ key: [] }] };
  const changed = (before: Record<string, object>, after: Record<string, object>): string[] =>
    refusals(['aws_apigatewayv2_api.it', document(before), document(after)]);

  it.each<[string, Record<string, object>, Record<string, object>, string]>([
    ['that loses an operation', { get: key, post: key }, { get: key }, 'no longer answer POST /items'],
    ['that opens one', { get: key }, { get: {} }, 'which asks who it is today'],
    ['that makes it optional', { get: key }, { get: { security: [{ key: [] }, {}] } }, 'who it is today'],
    ['with a new open one', { get: key }, { get: key, put: {} }, 'where GET /items of the same API'],
  ])('is refused %s', (_, before, after, sentence) => {
    expect(changed(before, after)).toEqual([expect.stringContaining(sentence)]);
  });

  it('may be written otherwise, and ask more', () => {
    expect(
      changed({ get: {}, post: key }, { post: { ...key, summary: 'Post' }, get: key, options: {} }),
    ).toEqual([]);
  });

  it('is read as YAML too', () => {
    const yaml = 'openapi: 3.0.1\npaths:\n  /items:\n    get: {}\n';
    const before = { body: `${yaml}      ` };
    expect(refusals(['aws_api_gateway_rest_api.it', before, { body: yaml.replace('get', 'put') }])).toEqual([
      expect.stringContaining('no longer answer GET /items'),
    ]);
  });
});
