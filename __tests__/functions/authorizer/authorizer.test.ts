import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type KeyLike,
  SignJWT,
} from 'jose';
import { authorizer } from '../../../functions/authorizer/domain/authorizer';

const ISSUER = 'https://issuer.example.com/';
const API = 'arn:aws:execute-api:us-east-1:123456789012:abc';

let key: KeyLike;
let other: KeyLike;
let keys: JWTVerifyGetKey;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  other = (await generateKeyPair('RS256')).privateKey;
  const jwks: JSONWebKeySet = {
    keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }],
  };
  keys = createLocalJWKSet(jwks);
});

interface Sent {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, string>;
  readonly signedBy?: KeyLike;
}

async function token({ claims, header, signedBy = key }: Sent = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: ISSUER, aud: 'app', sub: 'me', iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(signedBy);
}

function call(authorization: string, route: Partial<APIGatewayRequestAuthorizerEvent> = {}) {
  const handle = authorizer({
    issuer: ISSUER,
    audience: ['app', 'other-app'],
    scopes: { 'GET /data/{id}': ['data/read', 'data/all'] },
    keys,
  });
  const event = {
    type: 'REQUEST',
    methodArn: `${API}/prod/POST/data`,
    httpMethod: 'POST',
    resource: '/data',
    headers: { authorization },
    ...route,
  };
  return handle(event as APIGatewayRequestAuthorizerEvent);
}

const GET = { httpMethod: 'GET', resource: '/data/{id}', methodArn: `${API}/prod/GET/data/1` };
const effectOf = async (answer: ReturnType<typeof call>): Promise<unknown> => {
  const [statement] = (await answer).policyDocument.Statement;
  return statement?.Effect;
};

test.each(['Bearer ', 'bearer ', ''])('a token is taken after %j, for this one method', async (scheme) => {
  expect(await call(scheme + (await token({ claims: { scope: 'a b' } })))).toEqual({
    principalId: 'me',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${API}/prod/POST/data` }],
    },
    context: { scope: 'a b' },
  });
});

test.each<[string, JWTPayload]>([
  ['one of several audiences', { aud: ['x', 'other-app'] }],
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
  ['the client in place of an audience', { aud: undefined, client_id: 'app' }],
])('a token for %s is taken', async (_, claims) => {
  expect(await effectOf(call(await token({ claims })))).toBe('Allow');
});

const now = Math.floor(Date.now() / 1000);

test.each<[string, Sent]>([
  ['of another issuer', { claims: { iss: 'https://other.example.com/' } }],
  ['for another audience', { claims: { aud: 'x' } }],
  ['for another audience, of a client that would do', { claims: { aud: 'x', client_id: 'app' } }],
  ['for nobody', { claims: { aud: undefined } }],
  ['that has expired', { claims: { exp: now - 1 } }],
  ['that never expires', { claims: { exp: undefined } }],
  ['that is not valid yet', { claims: { nbf: now + 60 } }],
  ['that was issued in the future', { claims: { iat: now + 60 } }],
  ['of an unknown key', { header: { kid: 'two' } }],
])('a token %s is 401', async (_, sent) => {
  await expect(call(await token(sent))).rejects.toThrow(/^Unauthorized$/);
});

test('a token that another key has signed is 401, and so is one that has no key, or is none', async () => {
  const [header, payload] = (await token()).split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const wrong of [
    await token({ signedBy: other }),
    `${header}.${payload}.`,
    `${none}.${payload}.`,
    'rubbish',
    '',
  ])
    await expect(call(`Bearer ${wrong}`)).rejects.toThrow(/^Unauthorized$/);
});

test.each<[string, JWTPayload, string]>([
  ['one of them', { scope: 'x data/all' }, 'Allow'],
  ['one of them in a list', { scp: ['data/read'] }, 'Allow'],
  ['others', { scope: 'data/readable data' }, 'Deny'],
  ['none', {}, 'Deny'],
])('where a route asks for scopes, a token with %s is answered %j: %s', async (_, claims, effect) => {
  expect(await effectOf(call(await token({ claims }), GET))).toBe(effect);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
test.each<[string, Partial<APIGatewayRequestAuthorizerEvent>, string]>([
  ['the route', GET, `${API}/prod/GET/data/*`],
  [
    'all that a greedy parameter stands for',
    { resource: '/files/{path+}/copy', methodArn: `${API}/prod/POST/files/a/b/copy` },
    `${API}/prod/POST/files/*/copy`,
  ],
  ['the root', { resource: '/', methodArn: `${API}/prod/POST/` }, `${API}/prod/POST/`],
])('the answer, which API Gateway keeps, is for %s, whatever its parameters are', async (_, route, arn) => {
  const { policyDocument } = await call(await token({ claims: { scope: 'data/read' } }), route);
  expect(policyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: arn },
  ]);
});

test('an issuer that does not answer is no fault of the token', async () => {
  keys = () => Promise.reject(new Error('https://issuer.example.com/ answered 503.'));
  await expect(call(await token())).rejects.toThrow('answered 503');
});
