import { environment, withName } from '../../stacks/environment';
import { type EnvironmentSettings, settingsSchema } from '../../stacks/environment/settings';

test('the default environment uses the names as they are', () => {
  expect(environment().resourceName('MyDataTable')).toBe('MyDataTable');
});

test('any other environment adds its name', () => {
  expect(environment('staging').resourceName('MyDataTable')).toBe('MyDataTable-staging');
});

test('a prefix begins every name, in every environment', () => {
  const acme = { ...environment(), prefix: 'acme-' };
  expect(withName('default', acme).resourceName('MyDataTable')).toBe('acme-MyDataTable');
  expect(withName('staging', acme).resourceName('MyDataTable')).toBe('acme-MyDataTable-staging');
});

test('names that all regions share carry the region, unless it is the first', () => {
  const frankfurt = { ...environment(), region: 'eu-central-1' };
  expect(environment().globalName('a-role')).toBe('a-role');
  expect(withName('default', frankfurt).globalName('a-role')).toBe('a-role-eu-central-1');
  expect(withName('default', frankfurt).resourceName('a-table')).toBe('a-table');
});

test.each([
  ['default', false],
  ['staging', true],
  ['production', true],
])('in %s, REST APIs log: %s', (name, restApiLogs) => {
  expect(environment(name)).toMatchObject({ restApiLogs });
});

test.each(['prod', '', 'constructor', '__proto__'])(
  'an unknown environment %j is refused, naming those there are',
  (name) => {
    expect(() => environment(name)).toThrow(
      `unknown environment "${name}": set ENVIRONMENT to one of default, staging, production`,
    );
  },
);

test.each([
  [{ region: 'Frankfurt' }, 'environment setting region: received "Frankfurt", expected an AWS region'],
  [{ runtime: 'python3.7' }, 'environment setting runtime: received "python3.7", expected a Node.js runtime'],
  [
    { logRetentionInDays: 10 },
    'environment setting logRetentionInDays: received 10, expected one of 1, 3, 5, 7',
  ],
  [
    { throttling: { rateLimit: 0, burstLimit: 1 } },
    'environment setting throttling.rateLimit: received 0, expected a whole number above 0',
  ],
  [
    { throttling: { rateLimit: 1, burstLimit: 1.5 } },
    'environment setting throttling.burstLimit: received 1.5, expected a whole number above 0',
  ],
  [{ prefix: '-acme' }, 'environment setting prefix: received "-acme", expected a letter, then'],
  [{ prefix: 'a.' }, 'environment setting prefix: received "a."'],
  [{ tags: { 'aws:owner': 'me' } }, 'environment setting tags: received "aws:owner", expected a key'],
  [{ tags: { owner: 'me!' } }, 'environment setting tags.owner: received "me!", expected up to 256'],
  [
    { authorization: { 'data-api': 'open' } },
    'environment setting authorization.data-api: received "open", expected one of none, iam, jwt, apiKey',
  ],
  [
    { authorization: { 'data-ap1': 'iam' } },
    'environment setting authorization: received "data-ap1", expected systems (data-api, items-api, dynamodb-manager, order-api, *)',
  ],
  [{ allowPublic: ['data'] }, 'environment setting allowPublic.0: received "data", expected one of data-api'],
  [
    { jwt: { issuer: 'http://issuer.example.com', audience: ['app'] } },
    'environment setting jwt.issuer: received "http://issuer.example.com", expected an https:// URL',
  ],
  [
    { jwt: { issuer: 'https://issuer.example.com', audience: [] } },
    'environment setting jwt.audience: received [], expected a list of audiences',
  ],
  [
    { usagePlan: { clients: ['acme inc'], requestsPerDay: 1, rateLimit: 1, burstLimit: 1 } },
    'environment setting usagePlan.clients.0: received "acme inc", expected letters, digits and hyphens',
  ],
  [
    { usagePlan: { clients: ['acme'], requestsPerDay: 0, rateLimit: 1, burstLimit: 1 } },
    'environment setting usagePlan.requestsPerDay: received 0, expected a whole number above 0',
  ],
  [
    { throttling: { rateLimit: 1, burstLimit: 1, burst: 2 } },
    'environment setting throttling: received "burst", expected an object of rateLimit, burstLimit',
  ],
  [
    { cors: { allowOrigin: 'app.example.com', maxAgeSeconds: 60 } },
    'environment setting cors.allowOrigin: received "app.example.com", expected scheme and host',
  ],
  [
    { cors: { allowOrigin: '*', maxAgeSeconds: 100_000 } },
    'environment setting cors.maxAgeSeconds: received 100000, expected a whole number from 0 to 86400',
  ],
  [
    { domain: { name: 'https://example.com', certificateArn: '' } },
    'environment setting domain.name: received "https://example.com", expected a domain name',
  ],
  [
    { domain: { name: 'example.com', certificateArn: 'arn:aws:iam::1:role/x' } },
    'environment setting domain.certificateArn: received "arn:aws:iam::1:role/x", expected the ARN of a certificate',
  ],
  [
    { routeThrottling: { 'data-api': { 'POST data': { rateLimit: 1, burstLimit: 1 } } } },
    'environment setting routeThrottling.data-api: received "POST data", expected routes such as POST /data',
  ],
  [
    { routeThrottling: { 'data-api': { 'POST /data': { rateLimit: 1 } } } },
    'environment setting routeThrottling.data-api.POST /data.burstLimit: received undefined, expected a whole number',
  ],
  [
    { onDemandThroughput: { maxReadRequestUnits: 0, maxWriteRequestUnits: 1 } },
    'environment setting onDemandThroughput.maxReadRequestUnits: received 0, expected a whole number above 0',
  ],
  [
    { reservedConcurrency: { 'data-api': { StoreDataFunction: -1 } } },
    'environment setting reservedConcurrency.data-api.StoreDataFunction: received -1, expected a whole number from 0',
  ],
  [{ alarmEmail: 'me' }, 'environment setting alarmEmail: received "me", expected an e-mail address'],
  [
    { pointInTimeRecoveryDays: 36 },
    'environment setting pointInTimeRecoveryDays: received 36, expected a whole number from 1 to 35',
  ],
  [{ kmsKeyArn: 'alias/mine' }, 'environment setting kmsKeyArn: received "alias/mine", expected the ARN'],
  [{ deletionProtecton: true }, 'environment setting: received "deletionProtecton", expected one of region,'],
  [{ restApiLogs: 'yes' }, 'environment setting restApiLogs: received "yes", expected true or false'],
])('%j is refused with what was received and what is expected', (wrong, message) => {
  const settings: object = { ...environment(), ...wrong };
  expect(() => withName('test', settings as EnvironmentSettings)).toThrow(message);
});

test.each(Object.keys(settingsSchema.shape))(
  '%s is refused by its path where it is something else',
  (name) => {
    for (const wrong of [null, NaN, { wrong: {} }, [[]]]) {
      const settings = { ...environment(), [name]: wrong } as unknown as EnvironmentSettings;
      expect(() => withName('test', settings)).toThrow(
        new RegExp(`^environment setting ${name}\\b[^:]*: received .+, expected \\w+`),
      );
    }
  },
);

test('a name that cannot be a suffix is refused', () => {
  expect(() => withName('Staging!', environment())).toThrow('environment setting name: received "Staging!"');
});
