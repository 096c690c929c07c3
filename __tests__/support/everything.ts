import { environment, withName } from '../../stacks/environment';

/** `production` with all that a setting can add. */
export const everything = withName('production', {
  ...environment('production'),
  jwt: { issuer: 'https://issuer.example.com/', audience: ['app'] },
  usagePlan: { clients: ['acme'], requestsPerDay: 1000, rateLimit: 5, burstLimit: 10 },
  authorization: { 'items-api': 'jwt', 'data-api': 'apiKey', 'order-api': 'jwt' },
  cors: { allowOrigin: 'https://app.example.com', maxAgeSeconds: 600 },
  domain: {
    name: 'example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
    hostedZoneId: 'Z123',
  },
  routeThrottling: { 'data-api': { 'POST /data': { rateLimit: 1, burstLimit: 2 } } },
  reservedConcurrency: { 'data-api': { StoreDataFunction: 10 } },
  alarmEmail: 'me@example.com',
  pointInTimeRecoveryDays: 35,
  kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/abc',
});
