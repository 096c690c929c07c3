import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { api_id, resources, stack } from './support';

it('reads the JWT authorizer of a route, with the issuer that a pool of the configuration is', async () => {
  const get = {
    ...resources.aws_apigatewayv2_route.get,
    authorization_type: 'JWT',
    authorizer_id: '${aws_apigatewayv2_authorizer.users.id}',
    authorization_scopes: ['read'],
  };
  const users = {
    api_id,
    name: 'users',
    authorizer_type: 'JWT',
    identity_sources: ['$request.header.Authorization'],
    jwt_configuration: {
      issuer: 'https://${aws_cognito_user_pool.users.endpoint}',
      audience: ['${aws_cognito_user_pool_client.app.id}'],
    },
  };
  const { apis, userPools } = await stack({
    aws_apigatewayv2_route: { get },
    aws_apigatewayv2_authorizer: { users },
    aws_cognito_user_pool: { users: { name: 'users' } },
    aws_cognito_user_pool_client: {
      app: { name: 'app', user_pool_id: '${aws_cognito_user_pool.users.id}' },
    },
  });
  const { issuer } = userPools![0]!;
  expect(issuer).toMatch(/^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[a-z0-9]{9}$/);
  expect((apis[0] as HttpApi).routes[0]!.authorizer).toEqual({
    kind: 'jwt',
    address: 'test: aws_apigatewayv2_authorizer.users',
    identitySource: { from: 'header', name: 'Authorization' },
    issuer,
    audience: [expect.stringMatching(/^[a-z0-9]{26}$/)],
    scopes: ['read'],
  });
});

it('reads the Lambda authorizer of a route', async () => {
  const route = {
    ...resources.aws_apigatewayv2_route.get,
    authorization_type: 'CUSTOM',
    authorizer_id: '${aws_apigatewayv2_authorizer.door.id}',
  };
  const door = {
    api_id,
    name: 'door',
    authorizer_type: 'REQUEST',
    authorizer_uri: '${aws_lambda_function.store.invoke_arn}',
    authorizer_payload_format_version: '2.0',
    identity_sources: ['$request.header.X-Key', '$context.routeKey'],
  };
  const authorizerOf = async (more: object) => {
    const authorizers = { door: { ...door, ...more } };
    const { apis } = await stack({
      aws_apigatewayv2_route: { get: route },
      aws_apigatewayv2_authorizer: authorizers,
    });
    return { id: (apis[0] as HttpApi).id, ...(apis[0] as HttpApi).routes[0]! };
  };
  const { id, authorizer } = await authorizerOf({});
  expect(authorizer).toEqual({
    kind: 'lambda',
    address: 'test: aws_apigatewayv2_authorizer.door',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    sourceArn: expect.stringMatching(
      new RegExp(`^arn:aws:execute-api:eu-west-1:000000000000:${id}/authorizers/[a-z0-9]{7}$`),
    ) as string,
    role: undefined,
    event: '2.0',
    identitySources: [
      { from: 'header', name: 'X-Key' },
      { from: 'context', name: 'routeKey' },
    ],
    validation: undefined,
    simpleResponses: false,
    ttlSeconds: 300,
  });
  const simple = { enable_simple_responses: true, authorizer_result_ttl_in_seconds: 0 };
  expect((await authorizerOf(simple)).authorizer).toMatchObject({ simpleResponses: true, ttlSeconds: 0 });
  expect((await authorizerOf({ identity_sources: null })).authorizer).toMatchObject({ ttlSeconds: 0 });
  expect((await authorizerOf({ authorizer_type: 'JWT' })).unserved!.reason).toBe(
    'test: aws_apigatewayv2_authorizer.door.authorizer_type: JWT is none for CUSTOM, which test: aws_apigatewayv2_route.get wants',
  );
});

it('does not serve a route whose authorizer is not there', async () => {
  const get = { ...resources.aws_apigatewayv2_route.get, authorization_type: 'JWT', authorizer_id: 'abc' };
  const [api] = (await stack({ aws_apigatewayv2_route: { get } })).apis;
  expect((api as HttpApi).routes[0]!.unserved!.reason).toBe(
    'test: aws_apigatewayv2_route.get.authorizer_id: the stack has no aws_apigatewayv2_authorizer abc',
  );
});

it('does not serve a route with another authorization', async () => {
  const get = { ...resources.aws_apigatewayv2_route.get, authorization_type: 'OAUTH' };
  const [api] = (await stack({ aws_apigatewayv2_route: { get } })).apis;
  expect((api as HttpApi).routes[0]!.unserved).toEqual({
    address: 'test: aws_apigatewayv2_route.get',
    reason:
      'test: aws_apigatewayv2_route.get.authorization_type: expected NONE, AWS_IAM, JWT or CUSTOM, received OAUTH',
    effect: 'GET /books/{id} answers 501',
  });
});
