import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import { AccessAnalyzer } from '../../../../../packages/terraform-offline/iam/access-analyzer';
import { callersOf } from '../../../../../packages/terraform-offline/iam/callers';
import { credentialsFor } from '../../../../../packages/terraform-offline/iam/credentials';
import { parsePolicy } from '../../../../../packages/terraform-offline/iam/policy';
import { signed } from '../authorizers/signing';
import { NOW } from '../authorizers/tokens';
import { functionArn, httpApi, request, run } from '../support';

const reader = {
  kind: 'role',
  id: 'AROAREADER',
  name: 'reader',
  arn: 'arn:aws:iam::000000000000:role/reader',
  policies: [
    parsePolicy('api', {
      Statement: {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws:execute-api:us-east-1:123456789012:id/$default/GET/items',
      },
    }),
  ],
} as const;

const send = (sent: ReturnType<typeof request>, version: '1.0' | '2.0' = '2.0') => {
  const routes = ['GET /items', 'POST /items'].map((routeKey) => ({
    routeKey,
    authorizer: { kind: 'iam' as const },
    integration: { functionArn, payloadFormatVersion: version, timeoutMs: 30_000 },
  }));
  return run(
    (d) =>
      httpGateway(httpApi(routes), {
        ...d,
        now: () => NOW,
        signers: { callers: callersOf([reader]), analyzer: new AccessAnalyzer() },
      }),
    sent,
  );
};
const by = (method: string) => signed({ method }, { credentials: credentialsFor(reader), at: NOW });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
it('answers whom the policies let in, and shows who it is', async () => {
  const userArn = 'arn:aws:sts::000000000000:assumed-role/reader/local';
  const { accessKeyId } = credentialsFor(reader);
  expect((await send(await by('GET'))).event).toMatchObject({
    requestContext: {
      authorizer: {
        iam: {
          accessKey: accessKeyId,
          accountId: '000000000000',
          callerId: 'AROAREADER:local',
          cognitoIdentity: null,
          principalOrgId: null,
          userArn,
          userId: 'AROAREADER:local',
        },
      },
    },
  });
  expect((await send(await by('GET'), '1.0')).event).toMatchObject({
    requestContext: { identity: { accessKey: accessKeyId, userArn } },
  });
});

it('refuses everyone else with the same words', async () => {
  const altered = { ...(await by('GET')), rawQuery: 'a=1' };
  const strangers = [await by('POST'), altered, request('/items')];
  for (const sent of strangers) {
    const { response, event } = await send(sent);
    expect([response.status, response.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(event).toBeUndefined();
  }
});
