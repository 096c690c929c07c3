import { describeEnvironment } from '../support/environment';

const ACCOUNT = '123456789012';

/** A zone of Route 53, where the account is. Returns its id. */
async function hostedZone(name: string): Promise<string> {
  const answered = await fetch(`${process.env.AWS_ENDPOINT_URL}/2013-04-01/hostedzone`, {
    method: 'POST',
    headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/route53/aws4_request' },
    body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>`,
  });
  return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(await answered.text())![1]!;
}

/** Everything that a setting can add. */
async function everything(): Promise<string> {
  return `
    authorization: { 'items-api': 'jwt', 'data-api': 'apiKey', 'order-api': 'jwt' },
    jwt: { issuer: 'https://issuer.example.com/', audience: ['app'] },
    usagePlan: { clients: ['acme', 'zen'], requestsPerDay: 1000, rateLimit: 5, burstLimit: 10 },
    cors: { allowOrigin: 'https://app.example.com', maxAgeSeconds: 600 },
    domain: {
      name: 'example.com',
      certificateArn: 'arn:aws:acm:us-east-1:${ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555',
      hostedZoneId: '${await hostedZone('example.com')}',
    },
    routeThrottling: {
      'data-api': { 'GET /data/{id}': { rateLimit: 1, burstLimit: 2 } },
      'items-api': { 'POST /items': { rateLimit: 1, burstLimit: 2 } },
    },
    reservedConcurrency: { 'data-api': { StoreDataFunction: 10 } },
    alarmEmail: 'me@example.com',
    pointInTimeRecoveryDays: 7,
    kmsKeyArn: 'arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555',
  `;
}

describeEnvironment('production', 365, everything);
