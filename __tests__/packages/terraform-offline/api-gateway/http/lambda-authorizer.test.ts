import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { InvocationResult } from '../../../../../packages/terraform-offline/lambda/invoker';
import type { LambdaAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import { authorizer, door, policy } from '../authorizers/functions';
import { functionArn, functionError, httpApi, request, success } from '../support';

const base = 'arn:aws:execute-api:us-east-1:123456789012:id/$default';
const bearing = (token: string) => request('/items/1', { headers: [['authorization', token]] });

function gateway(answer: unknown, more: Partial<LambdaAuthorizer> = {}, version: '1.0' | '2.0' = '2.0') {
  const route = {
    routeKey: 'GET /items/{id}',
    integration: { functionArn, payloadFormatVersion: version, timeoutMs: 30_000 },
    authorizer: { ...authorizer, event: '2.0' as const, ...more },
  };
  const answering = typeof answer === 'function' ? answer : () => success(answer);
  return door((d) => httpGateway(httpApi([route]), d), answering as () => InvocationResult);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
describe('the event', () => {
  it('of payload 2.0', async () => {
    const { send, asked } = gateway(policy('Allow'));
    expect((await send(bearing('abc'))).status).toBe(200);
    expect(asked).toMatchObject([
      {
        version: '2.0',
        type: 'REQUEST',
        routeArn: `${base}/GET/items/1`,
        identitySource: ['abc'],
        routeKey: 'GET /items/{id}',
        rawPath: '/items/1',
        pathParameters: { id: '1' },
        requestContext: { http: { method: 'GET' } },
      },
    ]);
  });

  it('of payload 1.0', async () => {
    const { send, asked } = gateway(policy('Allow'), { event: '1.0' });
    expect((await send(bearing('abc'))).status).toBe(200);
    expect(asked).toMatchObject([
      {
        version: '1.0',
        type: 'REQUEST',
        methodArn: `${base}/GET/items/1`,
        identitySource: 'abc',
        authorizationToken: 'abc',
        resource: '/items/{id}',
        pathParameters: { id: '1' },
        queryStringParameters: {},
      },
    ]);
  });
});

describe('what the integration is told', () => {
  const context = { list: ['a'], number: 1 };

  it('by a policy', async () => {
    const { send, events } = gateway(policy('Allow', '*', { context }));
    await send(bearing('abc'));
    expect(events).toMatchObject([{ requestContext: { authorizer: { lambda: context } } }]);
    const older = gateway(policy('Allow', '*', { context }), { event: '1.0' }, '1.0');
    await older.send(bearing('abc'));
    expect(older.events).toMatchObject([
      { requestContext: { authorizer: { ...context, principalId: 'ann' } } },
    ]);
  });

  it('by a yes, with and without a context', async () => {
    const simpleResponses = true;
    const told = gateway({ isAuthorized: true, context }, { simpleResponses });
    await told.send(bearing('abc'));
    expect(told.events).toMatchObject([{ requestContext: { authorizer: { lambda: context } } }]);
    const silent = gateway({ isAuthorized: true }, { simpleResponses });
    await silent.send(bearing('abc'));
    expect(silent.events).toMatchObject([{ requestContext: { authorizer: { lambda: null } } }]);
  });
});

describe('who is let in', () => {
  const simple = { simpleResponses: true };

  it.each<[what: string, answer: unknown, more: Partial<LambdaAuthorizer>, status: number, message: string]>([
    ['no', { isAuthorized: false }, simple, 403, 'Forbidden'],
    ['a policy in place of yes or no', policy('Allow'), simple, 500, 'Internal Server Error'],
    ['yes in words', { isAuthorized: 'true' }, simple, 500, 'Internal Server Error'],
    ['yes in place of a policy', { isAuthorized: true }, {}, 500, 'Internal Server Error'],
    ['a Deny', policy('Deny'), {}, 403, 'Forbidden'],
    ['an Allow elsewhere', policy('Allow', `${base}/GET/other`), {}, 403, 'Forbidden'],
    ['Unauthorized', () => functionError('Unauthorized'), {}, 401, 'Unauthorized'],
    ['a failure', () => functionError('boom'), {}, 500, 'Internal Server Error'],
  ])('%s', async (_, answer, more, status, message) => {
    const { send, events } = gateway(answer, more);
    expect(await send(bearing('abc'))).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(events).toEqual([]);
  });

  it('nobody without an identity: the function is not asked', async () => {
    const { send, asked } = gateway(policy('Allow'));
    expect((await send(request('/items/1'))).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it('whom its address, its route and the stage identify', async () => {
    const { send, asked } = gateway(policy('Allow'), {
      identitySources: [
        { from: 'context', name: 'identity.sourceIp' },
        { from: 'context', name: 'routeKey' },
        { from: 'context', name: 'stage' },
      ],
    });
    expect((await send(request('/items/1'))).status).toBe(200);
    expect(asked).toMatchObject([{ identitySource: ['127.0.0.1', 'GET /items/{id}', '$default'] }]);
  });

  it('whom the function lets in, where there are no identity sources', async () => {
    const { send, asked } = gateway(policy('Allow'), { identitySources: [] });
    expect((await send(request('/items/1'))).status).toBe(200);
    expect(asked).toMatchObject([{ identitySource: [] }]);
  });
});

it('keeps an answer for all routes, or for each where the route is an identity source', async () => {
  const routes = ['GET /a', 'GET /b'].map((routeKey) => ({
    routeKey,
    integration: { functionArn, payloadFormatVersion: '2.0' as const, timeoutMs: 30_000 },
  }));
  const count = async (more: Partial<LambdaAuthorizer>) => {
    const all = routes.map((route) => ({
      ...route,
      authorizer: { ...authorizer, event: '2.0' as const, ttlSeconds: 300, ...more },
    }));
    const { send, asked } = door(
      (d) => httpGateway(httpApi(all), d),
      () => success(policy('Allow')),
    );
    const headers = [['authorization', 'abc']] as const;
    for (const path of ['/a', '/b', '/a']) await send(request(path, { headers }));
    return asked.length;
  };
  expect(await count({})).toBe(1);
  const perRoute = [...authorizer.identitySources, { from: 'context', name: 'routeKey' } as const];
  expect(await count({ identitySources: perRoute })).toBe(2);
});
