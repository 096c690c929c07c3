import { headerPairs } from '../../packages/terraform-offline/server/message';
import { OPERATOR } from '../../packages/terraform-offline/iam/credentials';
import { signed } from '../packages/terraform-offline/api-gateway/authorizers/signing';
import { everything } from '../support/everything';
import { serveSystems } from '../support/serve-systems';

let cloud: Awaited<ReturnType<typeof serveSystems>>;
beforeAll(async () => {
  cloud = await serveSystems(everything);
});
afterAll(() => cloud.close());

/** At their domains, `data-api.example.com` and so on: their default endpoints are switched off. */
const ROUTES = [
  ['data-api', 'data', { data: 1 }, 201],
  ['items-api', 'items', { name: 'Lamp', price: 1 }, 201],
  ['dynamodb-manager', 'DynamoDBManager', { operation: 'ping' }, 200],
  ['order-api', 'order', { operation: 'ping' }, 200],
] as const;

/** What a caller brings to a system: a key, a signature or a token, as the environment says. */
async function callerOf(system: string, url: string, body: object): Promise<Record<string, string>> {
  switch (everything.authorization[system as keyof typeof everything.authorization]) {
    case 'apiKey': {
      const apis = cloud.model().stacks.flatMap((stack) => stack.apis);
      const [plan] = apis.flatMap((api) => (api.kind === 'rest' ? (api.usagePlans ?? []) : []));
      return { 'x-api-key': plan!.keys[0]!.value };
    }
    case 'jwt': {
      const { issuer: iss, audience } = everything.jwt!;
      return { Authorization: `Bearer ${await cloud.token({ iss, aud: audience[0] })}` };
    }
    case 'none':
      return {};
    case 'iam':
    case undefined: {
      const { host, pathname: path } = new URL(url);
      const unsigned = { method: 'POST', path, headers: { host }, body: JSON.stringify(body) };
      const { rawHeaders } = await signed(unsigned, { credentials: OPERATOR, at: Date.now() });
      return Object.fromEntries(headerPairs(rawHeaders).filter(([name]) => name !== 'host'));
    }
  }
}

describe.each(ROUTES)(
  'production with everything, served locally, at %s/%s',
  (system, path, body, status) => {
    const url = () => `${cloud.url}/${system}/${system}.example.com/${path}`;

    it.each([
      ['nothing', {}],
      ['no token', { Authorization: 'Bearer rubbish' }],
      ['no signature', { Authorization: 'AWS4-HMAC-SHA256 Credential=me' }],
      ['no key', { 'x-api-key': 'rubbish' }],
    ])('lets nobody in who brings %s', async (_, headers) => {
      const answered = await fetch(url(), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      expect([401, 403]).toContain(answered.status);
    });

    it('lets in who brings what the route wants, and answers', async () => {
      const answered = await fetch(url(), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(await callerOf(system, url(), body)) },
        body: JSON.stringify(body),
      });
      expect(answered.status).toBe(status);
    });

    it('answers a preflight, whoever asks', async () => {
      const answered = await fetch(url(), {
        method: 'OPTIONS',
        headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' },
      });
      expect([answered.status, answered.headers.get('access-control-allow-origin')]).toEqual([
        204,
        'https://app.example.com',
      ]);
    });
  },
);
