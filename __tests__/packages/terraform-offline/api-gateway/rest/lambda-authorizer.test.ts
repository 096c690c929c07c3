import type { GatewayDependencies } from '../../../../../packages/terraform-offline/api-gateway/gateway';
import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { parsePolicy } from '../../../../../packages/terraform-offline/iam/policy';
import type { InvocationResult } from '../../../../../packages/terraform-offline/lambda/invoker';
import type { LambdaAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import type { Role } from '../../../../../packages/terraform-offline/iam/role';
import { authorizer, door, policy } from '../authorizers/functions';
import { functionError, request, restApi, restMethod, success } from '../support';

const base = 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc/testStage';
const bearing = (token: string, path = '/items/1') =>
  request(path, {
    headers: [
      ['Host', 'localhost'],
      ['authorization', token],
    ],
  });

function gateway(
  answer: unknown,
  more: Partial<LambdaAuthorizer> = {},
  sourceArns?: readonly (string | undefined)[],
  dependencies: Partial<GatewayDependencies> = {},
) {
  const methods = ['GET /items/{id}', 'GET /other'].map((route) =>
    restMethod(route, { authorizer: { ...authorizer, ...more } }),
  );
  const api = restApi(methods, { stageVariables: { colour: 'blue' } });
  const answering = typeof answer === 'function' ? answer : () => success(answer);
  return door(
    (d) => restGateway(api, { ...d, ...dependencies }),
    answering as (event: Record<string, unknown>) => InvocationResult,
    sourceArns,
  );
}

const unauthorized = { status: 401, body: '{"message":"Unauthorized"}', type: 'UnauthorizedException' };
const failed = { status: 500, body: '{"message":null}', type: 'AuthorizerConfigurationException' };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html */
it('asks with the token, and tells the integration who it is', async () => {
  const context = { text: 'value', number: 1, yes: true };
  const { send, asked, events } = gateway(policy('Allow', '*', { context }));
  expect((await send(bearing('Bearer abc'))).status).toBe(200);
  expect(asked).toEqual([
    { type: 'TOKEN', methodArn: `${base}/GET/items/1`, authorizationToken: 'Bearer abc' },
  ]);
  expect(events).toMatchObject([
    {
      requestContext: {
        authorizer: { principalId: 'ann', text: 'value', number: '1', yes: 'true', integrationLatency: 0 },
      },
    },
  ]);
});

it('asks with the request, without its body, where the authorizer is for requests', async () => {
  const { send, asked } = gateway(policy('Allow'), {
    event: 'REQUEST',
    identitySources: [
      { from: 'querystring', name: 'q' },
      { from: 'stageVariables', name: 'colour' },
      { from: 'context', name: 'identity.sourceIp' },
    ],
  });
  expect((await send(request('/items/1?q=1', { body: 'secret' }))).status).toBe(200);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    type: 'REQUEST',
    methodArn: `${base}/GET/items/1`,
    resource: '/items/{id}',
    path: '/items/1',
    httpMethod: 'GET',
    queryStringParameters: { q: '1' },
    pathParameters: { id: '1' },
    stageVariables: { colour: 'blue' },
    requestContext: { stage: 'testStage', identity: { sourceIp: '127.0.0.1' } },
  });
  expect(Object.keys(asked[0]!)).not.toContain('body');
});

describe('without what it wants the function is not asked', () => {
  it.each<[what: string, more: Partial<LambdaAuthorizer>, sent: ReturnType<typeof request>]>([
    ['no token', {}, request('/items/1')],
    ['an empty token', {}, bearing('')],
    ['a token of another form', { validation: 'Bearer [a-z]+' }, bearing('Bearer abc1')],
    [
      'one of two sources',
      {
        event: 'REQUEST',
        identitySources: [...authorizer.identitySources, { from: 'querystring', name: 'q' }],
      },
      bearing('abc'),
    ],
    ['an empty parameter', { identitySources: [{ from: 'querystring', name: 'q' }] }, request('/items/1?q=')],
  ])('%s', async (_, more, sent) => {
    const { send, asked, events } = gateway(policy('Allow'), more);
    expect(await send(sent)).toEqual(unauthorized);
    expect([asked, events]).toEqual([[], []]);
  });
});

describe('what it answers decides', () => {
  const denied = (because: string) => ({
    status: 403,
    body: JSON.stringify({ Message: `User is not authorized to access this resource ${because}` }),
    type: 'AccessDeniedException',
  });
  const explicit = denied('with an explicit deny in an identity-based policy');
  const implicit = denied('because no identity-based policy allows the execute-api:Invoke action');

  it.each<[what: string, answer: unknown, expected: object]>([
    ['an Allow for another path', policy('Allow', `${base}/GET/other`), implicit],
    ['an Allow for another method', policy('Allow', `${base}/POST/*`), implicit],
    ['no statement', { principalId: 'ann', policyDocument: { Statement: [] } }, implicit],
    ['a Deny', policy('Deny'), explicit],
    [
      'an address elsewhere',
      {
        principalId: 'ann',
        policyDocument: {
          Statement: {
            Action: '*',
            Effect: 'Allow',
            Resource: '*',
            Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
          },
        },
      },
      implicit,
    ],
    ['no principal', policy('Allow', '*', { principalId: undefined }), failed],
    ['no policy', { principalId: 'ann' }, failed],
    ['a policy that is none', { principalId: 'ann', policyDocument: { Statement: 'Allow' } }, failed],
    ['an object in the context', policy('Allow', '*', { context: { roles: ['a'] } }), failed],
    ['a context that is none', policy('Allow', '*', { context: 'a' }), failed],
    ['nothing', null, failed],
    ['yes', { isAuthorized: true }, failed],
  ])('%s', async (_, answer, expected) => {
    const { send, events } = gateway(answer);
    expect(await send(bearing('abc'))).toEqual(expected);
    expect(events).toEqual([]);
  });

  it.each([
    ['Unauthorized', unauthorized],
    ['Unauthorized: no', failed],
    ['boom', failed],
  ])('throwing %j', async (message, expected) => {
    const { send, events } = gateway(() => functionError(message));
    expect(await send(bearing('abc'))).toEqual(expected);
    expect(events).toEqual([]);
  });
});

it('is not invoked without a permission for it', async () => {
  const { send, asked, log } = gateway(policy('Allow'), {}, [`${base}/*/*`]);
  expect(await send(bearing('abc'))).toEqual(failed);
  expect(asked).toEqual([]);
  expect(log.join()).toContain(authorizer.sourceArn);
});

it.each([
  ['that may', undefined, 200],
  ['that may not', 'door may not lambda:InvokeFunction', 500],
])('is invoked as its role, one %s', async (_, refusal, status) => {
  const role: Role = { name: 'door', arn: 'arn:aws:iam::123456789012:role/door', policies: [] };
  const asked: unknown[] = [];
  const { send, log } = gateway(policy('Allow'), { role }, [], {
    refusal: (...asking) => {
      asked.push(asking);
      return refusal;
    },
  });
  expect((await send(bearing('abc'))).status).toBe(status);
  expect(asked).toEqual([[role, 'lambda:InvokeFunction', authorizer.functionArn]]);
  expect(log).toEqual(refusal === undefined ? [] : [expect.stringContaining(refusal)]);
});

describe('an answer is kept for its identity', () => {
  it('as long as it holds, and decides about each request', async () => {
    const { clock, send, asked } = gateway(policy('Allow', `${base}/GET/items/*`), { ttlSeconds: 300 });
    const statuses = async (...sent: ReturnType<typeof request>[]) => {
      const found: number[] = [];
      for (const one of sent) found.push((await send(one)).status);
      return found;
    };
    expect(await statuses(bearing('a'), bearing('a', '/items/2'), bearing('a', '/other'))).toEqual([
      200, 200, 403,
    ]);
    expect(asked).toHaveLength(1);
    await statuses(bearing('b'));
    expect(asked).toHaveLength(2);
    clock.now = 299_999;
    await statuses(bearing('a'));
    expect(asked).toHaveLength(2);
    clock.now = 300_000;
    await statuses(bearing('a'));
    expect(asked).toHaveLength(3);
  });

  it('but not where it failed, or without a time', async () => {
    const failing = gateway(() => functionError('Unauthorized'), { ttlSeconds: 300 });
    const forgetful = gateway(policy('Allow'), { ttlSeconds: 0 });
    for (const { send, asked } of [failing, forgetful]) {
      await send(bearing('a'));
      await send(bearing('a'));
      expect(asked).toHaveLength(2);
    }
  });
});

it('hands out the API key that the authorizer names', async () => {
  const key = { id: 'k', name: 'ann', value: 'a-key-of-twenty-signs', isGiven: false, enabled: true };
  const plan = {
    id: 'p',
    name: 'p',
    keys: [key],
    throttling: undefined,
    methodThrottling: {},
    quota: undefined,
  };
  const api = restApi([restMethod('GET /a', { authorizer, apiKeyRequired: true })], {
    apiKeySource: 'AUTHORIZER',
    usagePlans: [plan],
  });
  const withKey = (usageIdentifierKey: string | undefined) =>
    door(
      (d) => restGateway(api, d),
      () => success(policy('Allow', '*', { usageIdentifierKey })),
    );
  const one = withKey(key.value);
  expect((await one.send(bearing('abc', '/a'))).status).toBe(200);
  expect(one.events).toMatchObject([{ requestContext: { identity: { apiKeyId: 'k' } } }]);
  const headers = [
    ['authorization', 'abc'],
    ['x-api-key', key.value],
  ] as const;
  expect((await withKey(undefined).send(request('/a', { headers }))).status).toBe(403);
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html */
it.each<[what: string, effect: 'Allow' | 'Deny', answered: unknown, status: number, asked: number]>([
  [
    'allows what the function neither allows nor denies',
    'Allow',
    policy('Allow', `${base}/GET/other`),
    200,
    1,
  ],
  ['allows what the function denies', 'Allow', policy('Deny'), 403, 1],
  ['denies what the function would allow', 'Deny', policy('Allow'), 403, 0],
])('where the API’s own policy %s: %4$s', async (_, Effect, answered, status, times) => {
  const own = parsePolicy('api', { Statement: { Effect, Principal: '*', Action: '*', Resource: '*' } });
  const methods = [restMethod('GET /items/{id}', { authorizer })];
  const { send, asked, events } = door(
    (d) => restGateway(restApi(methods, { policy: own }), d),
    () => success(answered),
  );
  expect((await send(bearing('abc'))).status).toBe(status);
  expect([asked.length, events.length]).toEqual([times, status === 200 ? 1 : 0]);
});
