import path from 'node:path';
import { type Cloud, serve } from '../../../../packages/terraform-offline/cloud';
import { domainGateway } from '../../../../packages/terraform-offline/api-gateway/domains';
import type { ApiMapping } from '../../../../packages/terraform-offline/terraform/model/custom-domain';
import { send } from '../../../support/http';
import { request } from './support';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
describe('the mapping of a path', () => {
  const mapping = (
    mapped: string,
    apiId: string,
    stageName: string | undefined = '$default',
  ): ApiMapping => ({
    path: mapped,
    apiId,
    stageName,
  });
  const mappings = [
    mapping('', 'root'),
    mapping('orders', 'orders'),
    mapping('orders/v1', 'v1'),
    mapping('orders/v1/items', 'items'),
    { ...mapping('staged', 'staged'), stageName: undefined },
  ];
  const answered = async (target: string, of: readonly ApiMapping[] = mappings) => {
    const log: string[] = [];
    const gateway = domainGateway(
      { name: 'api.example.com', mappings: of },
      (apiId, stageName) =>
        apiId === 'elsewhere'
          ? undefined
          : ({ prefix, rawPath, domain }) =>
              Promise.resolve({
                status: 200,
                headers: [],
                body: [apiId, stageName, prefix, rawPath, domain?.basePath].join(' '),
              }),
      (line) => log.push(line),
    );
    const { status, body } = await gateway(request(target));
    return { status, body, log };
  };

  it.each([
    ['/orders/v1/items/7', 'items $default /orders/v1/items /7 /orders/v1/items'],
    ['/orders/v1/items', 'items $default /orders/v1/items / /orders/v1/items'],
    ['/orders/v1/itemsets', 'v1 $default /orders/v1 /itemsets /orders/v1'],
    ['/orders/v2', 'orders $default /orders /v2 /orders'],
    ['/ordersmore', 'root $default  /ordersmore '],
    ['/', 'root $default  / '],
    ['/staged/prod/a/b', 'staged prod /staged/prod /a/b /staged/prod'],
  ])('%s is the longest that begins it', async (target, body) => {
    expect(await answered(target)).toMatchObject({ status: 200, body });
  });

  it.each([
    ['/other', [mapping('orders', 'orders')]],
    ['/orders/1', [mapping('orders', 'elsewhere')]],
    ['/', []],
  ])('is missing for %s: 403, and the log says so', async (target, of) => {
    const { status, body, log } = await answered(target, of);
    expect([status, body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(log.join()).toContain('api.example.com has no mapping');
  });
});

describe('a project with domains', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await serve({ folder: path.resolve('__tests__/fixtures/projects/custom-domains') });
  }, 30_000);
  afterAll(() => cloud.close());

  const get = async (target: string, Host: string, more: Parameters<typeof send>[2] = {}) => {
    const { status, text } = await send(cloud.url, target, { ...more, headers: { Host, ...more.headers } });
    return { status, body: status === 200 ? (JSON.parse(text) as unknown) : text };
  };

  it('has what others refer to, certificates and records included', () => {
    const [stack] = cloud.model().stacks;
    expect(stack!.outputs).toEqual({
      targets: [
        expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
        expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
      ],
      validated: ['*.api.example.com', 'api.example.com'],
    });
    expect(stack!.unserved).toMatchObject([
      {
        address: 'domain.tf: aws_api_gateway_domain_name.locked',
        effect: 'locked.example.com answers 501',
      },
    ]);
  });

  it.each(['api.example.com', 'API.example.com:3000'])('answers to the Host %s', async (host) => {
    expect(await get('/orders/v1/items/7', host)).toEqual({
      status: 200,
      body: {
        rawPath: '/items/7',
        contextPath: '/orders/v1/items/7',
        resource: 'ANY /items/{id}',
        domainName: 'api.example.com',
        domainPrefix: 'api',
        stage: '$default',
      },
    });
    // The event of a REST API has the mapping in both its paths.
    expect(await get('/orders/items', host)).toEqual({
      status: 200,
      body: {
        path: '/orders/items',
        contextPath: '/orders/items',
        resource: '/items',
        domainName: 'api.example.com',
        domainPrefix: 'api',
        stage: 'prod',
      },
    });
  });

  it('answers below its stack too', async () => {
    const url = `${cloud.url}/custom-domains/api.example.com`;
    expect(await (await fetch(`${url}/orders/items`)).json()).toMatchObject({
      path: '/orders/items',
      contextPath: '/custom-domains/api.example.com/orders/items',
      domainName: 'api.example.com',
    });
    expect((await fetch(`${url}/elsewhere`)).status).toBe(403);
  });

  it('finds the stage in the path where the mapping names none', async () => {
    expect(await get('/prod/items', 'archive.example.com')).toMatchObject({
      status: 200,
      body: { path: '/prod/items', resource: '/items', stage: 'prod' },
    });
    expect((await get('/items', 'archive.example.com')).status).toBe(403);
  });

  it('lets nothing but its APIs be reached by a declared name, and nothing by any other', async () => {
    expect((await get('/', 'api.example.com')).status).toBe(403);
    expect((await get('/custom-domains/archive/prod/items', 'api.example.com')).status).toBe(403);
    const invoke = { method: 'POST', body: '{}' };
    const invocation = '/2015-03-31/functions/app/invocations';
    expect((await get(invocation, 'api.example.com', invoke)).status).toBe(403);
    for (const host of ['example.com', 'x.api.example.com', 'api.example.com.evil.example', 'evil.example']) {
      expect((await get('/orders/items', host)).status).toBe(421);
    }
  });

  it('lets a page at a declared name change what is there, and no other page', async () => {
    const put = (origin: string) =>
      get('/orders/v1/items/7', 'api.example.com:3000', { method: 'PUT', headers: { origin } });
    expect((await put('http://api.example.com:3000')).status).toBe(200);
    expect((await put('http://api.example.com:4000')).status).toBe(403);
    expect((await put('http://evil.example')).status).toBe(403);
  });

  it('answers 501 where clients are to show certificates', async () => {
    const { status, body } = await get('/', 'locked.example.com');
    expect(status).toBe(501);
    expect(body).toContain('no client’s certificate is verified here');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
  it('does not answer at an API’s own URL where that is disabled', async () => {
    const response = await fetch(`${cloud.url}/custom-domains/orders/items/7`);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    expect((await fetch(`${cloud.url}/custom-domains/archive/prod/items`)).status).toBe(200);
  });
});
