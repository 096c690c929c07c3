import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { CognitoAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import { issuer, NOW, seconds, signer, type Signer } from '../authorizers/tokens';
import { request, restApi, restMethod, run } from '../support';

const authorizer: CognitoAuthorizer = {
  kind: 'cognito',
  address: 'test: aws_api_gateway_authorizer.users',
  identitySource: { from: 'header', name: 'Authorization' },
  issuers: ['https://another.example', issuer],
  audience: undefined,
  scopes: [],
};
let one: Signer;
beforeAll(async () => (one = await signer()));

async function send(token: string | undefined, more: Partial<CognitoAuthorizer> = {}) {
  const api = restApi([restMethod('GET /me', { authorizer: { ...authorizer, ...more } })]);
  const headers = token === undefined ? [] : [['Authorization', token] as const];
  const { response, event } = await run(
    (d) => restGateway(api, { ...d, keysOf: () => one.keys, now: () => NOW }),
    request('/me', { headers }),
  );
  return { status: response.status, body: response.body, event };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html */
it('shows the claims of an identity token', async () => {
  const token = await one.sign({
    token_use: 'id',
    iat: seconds,
    'cognito:groups': ['admins', 'staff'],
    email_verified: true,
  });
  for (const identity of [token, `Bearer ${token}`]) {
    const { status, event } = await send(identity);
    expect(status).toBe(200);
    expect(event).toMatchObject({
      requestContext: {
        authorizer: {
          claims: {
            token_use: 'id',
            iss: issuer,
            aud: 'app',
            iat: 'Tue Jan 01 00:00:00 UTC 2030',
            exp: 'Tue Jan 01 00:01:00 UTC 2030',
            'cognito:groups': 'admins,staff',
            email_verified: 'true',
          },
        },
      },
    });
  }
});

it('wants an access token with one of the scopes where the method has some', async () => {
  const scopes = ['notes/read', 'notes/write'];
  const access = { token_use: 'access', aud: undefined, client_id: 'app' };
  const status = async (claims: object) => (await send(await one.sign({ ...claims }), { scopes })).status;
  expect(await status({ ...access, scope: 'openid notes/read' })).toBe(200);
  expect(await status({ ...access, scope: 'openid' })).toBe(401);
  expect(await status(access)).toBe(401);
  expect(await status({ token_use: 'id', scope: 'notes/read' })).toBe(401);
});

it.each<[what: string, claims: object, message: string]>([
  ['an access token without scopes', { token_use: 'access' }, 'Unauthorized'],
  ['a token that is neither', {}, 'Unauthorized'],
  ['a pool elsewhere', { token_use: 'id', iss: 'https://elsewhere.example' }, 'Unauthorized'],
  ['one that has expired', { token_use: 'id', exp: seconds }, 'The incoming token has expired'],
])('refuses %s', async (_, claims, message) => {
  expect(await send(await one.sign({ ...claims }))).toEqual({
    status: 401,
    body: JSON.stringify({ message }),
    event: undefined,
  });
});

it('refuses no token, rubbish and one that was altered', async () => {
  const token = await one.sign({ token_use: 'id' });
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ iss: issuer, token_use: 'id', exp: seconds + 60, sub: 'x' }));
  for (const identity of [
    undefined,
    '',
    'rubbish',
    `${header}.${payload.toString('base64url')}.${signature}`,
  ]) {
    expect((await send(identity)).status).toBe(401);
  }
});

it('takes the audiences that the expression matches', async () => {
  const token = await one.sign({ token_use: 'id' });
  expect((await send(token, { audience: 'a[p]+' })).status).toBe(200);
  expect((await send(token, { audience: 'ap' })).status).toBe(401);
});
