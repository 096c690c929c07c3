import type { JWTVerifyGetKey } from 'jose';
import { IssuerUnreachable } from '../../../../../packages/terraform-offline/api-gateway/authorizers/issuers';
import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { JwtAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import { issuer, NOW, signer, type Signer } from '../authorizers/tokens';
import { functionArn, httpApi, request, run } from '../support';

const authorizer: JwtAuthorizer = {
  kind: 'jwt',
  address: 'test: aws_apigatewayv2_authorizer.users',
  identitySource: { from: 'header', name: 'Authorization' },
  issuer,
  audience: ['app'],
  scopes: ['read', 'write'],
};
let one: Signer;
beforeAll(async () => (one = await signer()));

interface Options extends Partial<JwtAuthorizer> {
  readonly version?: '1.0' | '2.0';
  readonly keys?: () => JWTVerifyGetKey;
}

function send(
  target: string,
  headers: (readonly [string, string])[],
  { version = '2.0', keys = () => one.keys, ...more }: Options = {},
) {
  const integration = { functionArn, payloadFormatVersion: version, timeoutMs: 30_000 };
  const route = { routeKey: 'GET /items', integration, authorizer: { ...authorizer, ...more } };
  return run(
    (d) => httpGateway(httpApi([route]), { ...d, keysOf: keys, now: () => NOW }),
    request(target, { headers }),
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
it('shows claims and scopes in the event', async () => {
  const headers = [['authorization', `Bearer ${await one.sign({ sub: 'ann', scope: 'read' })}`] as const];
  const claims = expect.objectContaining({ sub: 'ann', iss: issuer }) as unknown;
  const { event } = await send('/items', headers);
  expect(event).toMatchObject({ requestContext: { authorizer: { jwt: { claims, scopes: ['read'] } } } });
  const { event: older } = await send('/items', headers, { version: '1.0' });
  expect(older).toMatchObject({ requestContext: { authorizer: { claims, scopes: ['read'] } } });
});

it('answers 401 without a token, and says why where one is refused', async () => {
  const missing = await send('/items', []);
  expect(missing).toMatchObject({
    response: { status: 401, body: '{"message":"Unauthorized"}' },
    headers: { 'www-authenticate': 'Bearer' },
    event: undefined,
  });
  const elsewhere = await send('/items', [['Authorization', await one.sign({ aud: 'x' })]]);
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
  expect(elsewhere).toMatchObject({
    response: { status: 401, body: '{"message":"Unauthorized"}' },
    headers: {
      'www-authenticate':
        'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
    },
    event: undefined,
  });
});

it('answers 403 where the token has none of the scopes', async () => {
  const narrow = await send('/items', [['Authorization', await one.sign({ scope: 'email' })]]);
  expect(narrow).toMatchObject({
    response: { status: 403, body: '{"message":"Forbidden"}' },
    headers: {
      'www-authenticate': expect.stringContaining('scope="read write" error="insufficient_scope"') as unknown,
    },
    event: undefined,
  });
});

it('answers 501 where the issuer’s keys cannot be had', async () => {
  const keys = () => () => {
    throw new IssuerUnreachable('the keys cannot be had');
  };
  const { response, event } = await send('/items', [['Authorization', await one.sign()]], { keys });
  expect(response.status).toBe(501);
  expect(JSON.parse(response.body as string)).toMatchObject({
    detail: 'the keys cannot be had',
    address: authorizer.address,
  });
  expect(event).toBeUndefined();
});

it('finds the token where the identity source says, and nowhere else', async () => {
  const token = await one.sign({ scope: 'read' });
  const identitySource = { from: 'querystring', name: 'token' } as const;
  const status = async (target: string, headers: (readonly [string, string])[] = []) =>
    (await send(target, headers, { identitySource })).response.status;
  expect(await status(`/items?token=${token}`)).toBe(200);
  expect(await status('/items', [['Authorization', token]])).toBe(401);
  expect(await status(`/items?Token=${token}`)).toBe(401);
});

it('takes no token that comes twice, not even the same one', async () => {
  const token = await one.sign({ scope: 'read' });
  const twice = [
    ['Authorization', token],
    ['authorization', token],
  ] as const;
  expect((await send('/items', [...twice])).response.status).toBe(401);
  const identitySource = { from: 'querystring', name: 'token' } as const;
  const query = `/items?token=${token}&token=${token}`;
  expect((await send(query, [], { identitySource })).response.status).toBe(401);
});
