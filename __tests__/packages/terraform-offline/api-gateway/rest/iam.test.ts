import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { AccessAnalyzer } from '../../../../../packages/terraform-offline/iam/access-analyzer';
import { callersOf } from '../../../../../packages/terraform-offline/iam/callers';
import {
  type Credentials,
  credentialsFor,
  OPERATOR,
} from '../../../../../packages/terraform-offline/iam/credentials';
import { parsePolicy, type Policy } from '../../../../../packages/terraform-offline/iam/policy';
import { signed } from '../authorizers/signing';
import { NOW } from '../authorizers/tokens';
import { request, restApi, restMethod, run } from '../support';

const base = 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc/testStage';
const policy = (Resource: string, Effect = 'Allow') =>
  parsePolicy('api', { Statement: { Effect, Action: 'execute-api:Invoke', Resource } });
const reader = {
  kind: 'role',
  id: 'AROAREADER',
  name: 'reader',
  arn: 'arn:aws:iam::000000000000:role/reader',
  policies: [policy(`${base}/GET/items/*`), policy(`${base}/GET/items/secret`, 'Deny')],
} as const;
const user = {
  kind: 'user',
  id: 'AIDAANN',
  name: 'ann',
  arn: 'arn:aws:iam::000000000000:user/ann',
  policies: [policy('*')],
} as const;

const api = restApi(
  ['GET /items/{id}', 'POST /items/{id}'].map((route) => restMethod(route, { authorizer: { kind: 'iam' } })),
);
async function send(sent: ReturnType<typeof request>, iam = true, ownPolicy?: Policy) {
  const { response, headers, event } = await run(
    (d) =>
      restGateway(
        { ...api, ...(ownPolicy && { policy: ownPolicy }) },
        {
          ...d,
          now: () => NOW,
          signers: { callers: callersOf([reader, user]), analyzer: iam ? new AccessAnalyzer() : undefined },
        },
      ),
    sent,
  );
  return {
    status: response.status,
    body: JSON.parse((response.body as string) || '{}') as unknown,
    type: headers['x-amzn-errortype'],
    event,
  };
}
const by = (credentials: Credentials, method = 'GET', path = '/items/1') =>
  signed({ method, path }, { credentials, at: NOW });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html */
it('answers whom the policies let in, and shows who it is', async () => {
  const { status, event } = await send(await by(credentialsFor(reader)));
  expect(status).toBe(200);
  expect(event).toMatchObject({
    requestContext: {
      identity: {
        accessKey: credentialsFor(reader).accessKeyId,
        accountId: '000000000000',
        caller: 'AROAREADER:local',
        user: 'AROAREADER:local',
        userArn: 'arn:aws:sts::000000000000:assumed-role/reader/local',
      },
    },
  });
  const { event: ofUser } = await send(await by(credentialsFor(user), 'POST'));
  expect(ofUser).toMatchObject({
    requestContext: { identity: { user: 'AIDAANN', userArn: 'arn:aws:iam::000000000000:user/ann' } },
  });
  expect((await send(await by(OPERATOR, 'POST'))).status).toBe(200);
});

it('refuses whom they do not, in AWS’s words', async () => {
  const session = 'arn:aws:sts::000000000000:assumed-role/reader/local';
  const resource = 'arn:aws:execute-api:us-east-1:********9012:gy415nuibc/testStage';
  const may = `User: ${session} is not authorized to perform: execute-api:Invoke on resource: ${resource}`;
  expect(await send(await by(credentialsFor(reader), 'POST'))).toEqual({
    status: 403,
    body: {
      Message: `${may}/POST/items/1 because no identity-based policy allows the execute-api:Invoke action`,
    },
    type: 'AccessDeniedException',
    event: undefined,
  });
  expect(await send(await by(credentialsFor(reader), 'GET', '/items/secret'))).toMatchObject({
    status: 403,
    body: { Message: `${may}/GET/items/secret with an explicit deny in an identity-based policy` },
  });
  expect((await send(await by(credentialsFor(reader), 'POST'), false)).status).toBe(200);
});

it.each<[what: string, headers: [string, string][], message: string | RegExp, type: string]>([
  ['no signature', [], 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  [
    'a token',
    [['Authorization', 'Bearer abc']],
    /^Authorization header requires 'Credential' parameter\./,
    'IncompleteSignatureException',
  ],
])('refuses %s', async (_, headers, message, type) => {
  expect(await send(request('/items/1', { headers }))).toEqual({
    status: 403,
    body: { message: expect.stringMatching(message) as unknown },
    type,
    event: undefined,
  });
});

it('refuses whom nobody knows, and whose secret is another', async () => {
  const stranger = credentialsFor({ arn: 'arn:aws:iam::000000000000:role/stranger' });
  expect(await send(await by(stranger))).toMatchObject({
    status: 403,
    body: { message: 'The security token included in the request is invalid.' },
    type: 'UnrecognizedClientException',
  });
  const { secretAccessKey } = stranger;
  expect(await send(await by({ ...credentialsFor(reader), secretAccessKey }))).toMatchObject({
    status: 403,
    type: 'InvalidSignatureException',
    event: undefined,
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html */
describe('with a policy of the API’s own', () => {
  const of = (Principal: unknown, Effect = 'Allow', more = {}) =>
    parsePolicy('api', {
      Statement: { Effect, Principal, Action: 'execute-api:Invoke', Resource: `${base}/*`, ...more },
    });
  const post = () => by(credentialsFor(reader), 'POST');
  const get = () => by(credentialsFor(reader));

  it.each<[what: string, policy: Policy, sent: () => ReturnType<typeof by>, status: number]>([
    ['it lets in a role that its own policies do not', of({ AWS: reader.arn }), post, 200],
    ['it lets nobody else in', of({ AWS: user.arn }), post, 403],
    ['it need not let in whom their own policies do', of({ AWS: user.arn }), get, 200],
    ['it keeps out a role by name', of({ AWS: reader.arn }, 'Deny'), get, 403],
    ['it keeps out everybody', of('*', 'Deny'), get, 403],
    ['it leaves alone whom it does not mean', of({ AWS: user.arn }, 'Deny'), get, 200],
    [
      'it keeps out all but one, by condition',
      of('*', 'Deny', { Condition: { StringNotEquals: { 'aws:PrincipalArn': user.arn } } }),
      get,
      403,
    ],
    [
      'it lets no stranger in',
      of('*'),
      () => by(credentialsFor({ arn: 'arn:aws:iam::0:role/stranger' })),
      403,
    ],
  ])('%s', async (_, ownPolicy, sent, status) => {
    const answered = await send(await sent(), true, ownPolicy);
    expect([answered.status, answered.event !== undefined]).toEqual([status, status === 200]);
  });

  it('a signature is wanted even where it lets in everybody', async () => {
    expect(await send(request('/items/1'), true, of('*'))).toMatchObject({
      status: 403,
      type: 'MissingAuthenticationTokenException',
    });
  });
});
