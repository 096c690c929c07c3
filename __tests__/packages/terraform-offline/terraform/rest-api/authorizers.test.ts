import { load } from '../support';
import { api, json, resources, rest_api_id } from './support';

it.each([['OAUTH', 'authorization: expected NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS, received OAUTH']])(
  'does not serve a method with the authorization %s',
  async (authorization, reason) => {
    const put = { ...resources.aws_api_gateway_method.put, authorization };
    const { methods } = await api({ aws_api_gateway_method: { put } });
    expect(methods[0]!.unserved).toEqual({
      address: 'test: aws_api_gateway_method.put',
      reason: `test: aws_api_gateway_method.put.${reason}`,
      effect: 'PUT /books/{id} answers 501',
    });
  },
);

it('reads whoever may sign where a method wants a signature, and nobody elsewhere', async () => {
  const allow = (Action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const principalsOf = async (authorization: string) => {
    const { principals } = await load({
      ...json,
      resource: {
        ...resources,
        aws_api_gateway_method: { put: { ...resources.aws_api_gateway_method.put, authorization } },
        aws_iam_user: { ann: { name: 'ann' }, bob: { name: 'bob', path: '/staff/' } },
        aws_iam_group: { callers: { name: 'callers' } },
        aws_iam_user_policy: {
          own: { name: 'own', user: '${aws_iam_user.ann.name}', policy: allow('execute-api:Invoke') },
        },
        aws_iam_group_policy: {
          group: { name: 'group', group: '${aws_iam_group.callers.name}', policy: allow('execute-api:*') },
        },
        aws_iam_user_group_membership: {
          ann: { user: '${aws_iam_user.ann.name}', groups: ['${aws_iam_group.callers.name}'] },
        },
      },
    });
    return principals!.map(({ kind, arn, policies }) => [kind, arn, policies.map(({ name }) => name)]);
  };
  const account = 'arn:aws:iam::000000000000';
  expect(await principalsOf('AWS_IAM')).toEqual([
    ['role', `${account}:role/store-role`, []],
    ['user', `${account}:user/ann`, ['own', 'group']],
    ['user', `${account}:user/staff/bob`, []],
  ]);
  expect(await principalsOf('NONE')).toEqual([]);
});

it('reads authorizers, with the defaults', async () => {
  const authorizerOf = async (authorization: string, authorizer: object, more: object = {}) => {
    const put = {
      ...resources.aws_api_gateway_method.put,
      authorization,
      authorizer_id: '${aws_api_gateway_authorizer.door.id}',
      ...more,
    };
    const { methods } = await api({
      aws_api_gateway_method: { put },
      aws_api_gateway_authorizer: { door: { name: 'door', rest_api_id, ...authorizer } },
      aws_cognito_user_pool: { users: { name: 'users' } },
    });
    return methods[0]!.authorizer;
  };
  const header = { from: 'header', name: 'Authorization' };
  const authorizer_uri = '${aws_lambda_function.store.invoke_arn}';
  expect(await authorizerOf('CUSTOM', { authorizer_uri })).toMatchObject({
    kind: 'lambda',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    event: 'TOKEN',
    identitySources: [header],
    validation: undefined,
    ttlSeconds: 300,
  });
  const request = {
    authorizer_uri,
    type: 'REQUEST',
    identity_source: 'method.request.header.Auth, method.request.querystring.q,stageVariables.v,context.path',
    authorizer_result_ttl_in_seconds: 0,
  };
  expect(await authorizerOf('CUSTOM', request)).toMatchObject({
    event: 'REQUEST',
    identitySources: [
      { from: 'header', name: 'Auth' },
      { from: 'querystring', name: 'q' },
      { from: 'stageVariables', name: 'v' },
      { from: 'context', name: 'path' },
    ],
    ttlSeconds: 0,
  });
  const cognito = { type: 'COGNITO_USER_POOLS', provider_arns: ['${aws_cognito_user_pool.users.arn}'] };
  const scopes = { authorization_scopes: ['notes/read'] };
  expect(await authorizerOf('COGNITO_USER_POOLS', cognito, scopes)).toMatchObject({
    kind: 'cognito',
    identitySource: header,
    issuers: [
      expect.stringMatching(
        /^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[a-z0-9]{9}$/,
      ) as string,
    ],
    audience: undefined,
    scopes: ['notes/read'],
  });
});
