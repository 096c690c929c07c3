import type { Gateway, HttpRequest } from '../../../../packages/terraform-offline/server/request';
import { createRouter } from '../../../../packages/terraform-offline/server/router';

const request: HttpRequest = {
  method: 'GET',
  rawPath: '/',
  prefix: '',
  rawQuery: '',
  rawHeaders: [],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
};

/** Answers with its name and what it was handed. */
const named =
  (name: string): Gateway =>
  ({ prefix, rawPath }) =>
    Promise.resolve({ status: 200, headers: [], body: `${name} ${prefix} ${rawPath}` });

const router = createRouter({
  gateways: new Map([
    ['/data-api/prod', named('data')],
    ['/items-api', named('items')],
    ['/shop/orders/prod', named('orders')],
  ]),
  lambda: named('lambda'),
  otherServices: named('services'),
  issuers: named('issuers'),
  fire: named('fire'),
  pages: ({ rawPath }) => (rawPath === '/' ? named('page')({ ...request, rawPath }) : undefined),
});

describe('the router', () => {
  it.each([
    ['/data-api/prod/data/a%2Fb', 'data /data-api/prod /data/a%2Fb'],
    ['/data-api/prod', 'data /data-api/prod /'],
    ['/data-api/prod/', 'data /data-api/prod /'],
    ['/items-api/items', 'items /items-api /items'],
    ['/_issuers/a.example/keys', 'issuers  /_issuers/a.example/keys'],
    ['/items-api', 'items /items-api /'],
    ['/shop/orders/prod/orders/1', 'orders /shop/orders/prod /orders/1'],
    ['/2015-03-31/functions/f/invocations', 'lambda  /2015-03-31/functions/f/invocations'],
    ['/', 'page  /'],
  ])('hands over %s', async (rawPath, body) => {
    expect(await router({ ...request, rawPath })).toMatchObject({ status: 200, body });
  });

  it.each(['/data-api/production/data', '/data-api', '/items-apis/items', '/shop/orders', '/favicon.ico'])(
    'answers %s with 404 and where the APIs are',
    async (rawPath) => {
      expect(await router({ ...request, rawPath })).toMatchObject({
        status: 404,
        body: `There is no API at ${rawPath}. The APIs are at:\n  /data-api/prod\n  /items-api\n  /shop/orders/prod\n`,
      });
    },
  );
});
