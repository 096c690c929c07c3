import { createExplorer } from '../../../../packages/terraform-offline/console/explorer';
import { fn, httpApi, method, restApi, stack } from './model';

const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc';
const identitySource = { from: 'header', name: 'Authorization' } as const;
const key = { id: 'k', name: 'k', value: 'the-value-of-the-key', isGiven: false, enabled: true };
const plan = {
  id: 'p',
  name: 'p',
  keys: [key],
  throttling: undefined,
  methodThrottling: {},
  quota: undefined,
};
const note = fn('Note', []);
const rest = {
  ...restApi([
    method(note, { path: '/key/{id}', httpMethod: 'GET', apiKeyRequired: true }),
    method(note, {
      path: '/token',
      httpMethod: 'GET',
      authorizer: {
        kind: 'cognito',
        address: 'test: users',
        identitySource,
        issuers: [issuer],
        audience: undefined,
        scopes: [],
      },
    }),
  ]),
  usagePlans: [plan],
};
const [open] = httpApi({ 'GET /open': note }).routes;
const http = {
  ...httpApi({}),
  id: 'http',
  routes: [
    open!,
    {
      ...open!,
      routeKey: 'GET /token',
      authorizer: {
        kind: 'jwt' as const,
        address: 'test: users',
        identitySource,
        issuer,
        audience: ['app'],
        scopes: ['read'],
      },
    },
  ],
};
const explorer = createExplorer({
  tableBrowser: { url: () => Promise.resolve(''), close: () => undefined },
  accessReport: () => ({ roles: [] }),
  mappingStates: () => [],
  signToken: (claims) => Promise.resolve(`signed ${JSON.stringify(claims)}`),
});
const pages = explorer.pages({ stacks: [stack({ apis: [rest, http] })] });
afterAll(() => {
  explorer.close();
});

async function ask(api: string, path: string, headers: string[] = [], sourceIp = '127.0.0.1') {
  const answer = await pages({
    method: 'GET',
    rawPath: '/_explorer/caller',
    prefix: '',
    rawQuery: new URLSearchParams({ api, method: 'GET', path }).toString(),
    rawHeaders: ['Host', 'localhost:3000', ...headers],
    body: Buffer.alloc(0),
    sourceIp,
    protocol: 'HTTP/1.1',
  });
  return [answer!.status, answer!.body as string] as const;
}

it('hands the page what a route takes', async () => {
  const token = (claims: object) => [
    200,
    JSON.stringify({ Authorization: `signed ${JSON.stringify(claims)}` }),
  ];
  expect(await ask(rest.id, '/key/1')).toEqual([200, '{"x-api-key":"the-value-of-the-key"}']);
  expect(await ask(rest.id, '/token')).toEqual(token({ iss: issuer, sub: 'ann', token_use: 'id' }));
  expect(await ask('http', '/token')).toEqual(token({ iss: issuer, sub: 'ann', aud: 'app', scope: 'read' }));
  expect(await ask('http', '/open')).toEqual([200, '{}']);
  expect(await ask('http', '/nowhere')).toEqual([200, '{}']);
  expect((await ask('elsewhere', '/'))[0]).toBe(404);
});

it('hands nothing to other sites, and nothing to other machines', async () => {
  expect((await ask(rest.id, '/key/1', ['Sec-Fetch-Site', 'same-origin']))[0]).toBe(200);
  for (const [headers, sourceIp] of [
    [['Sec-Fetch-Site', 'cross-site'], '127.0.0.1'],
    [['Sec-Fetch-Site', 'same-site'], '127.0.0.1'],
    [['Host', 'elsewhere.example'], '127.0.0.1'],
    [[], '192.168.0.7'],
  ] as const) {
    const [status, body] = await ask(rest.id, '/key/1', [...headers], sourceIp);
    expect(status).toBe(403);
    expect(body).not.toContain(key.value);
  }
});
