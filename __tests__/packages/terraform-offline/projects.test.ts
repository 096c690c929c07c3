import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Cloud, serve, type ServeOptions } from '../../../packages/terraform-offline/cloud';

let cloud: Cloud;
afterEach(() => cloud.close());

/** Serves one of the sample projects. */
async function serveProject(name: string, options: Partial<ServeOptions> = {}): Promise<string> {
  const folder = path.resolve('__tests__/fixtures/projects', name);
  cloud = await serve({ folder, ...options });
  return `${cloud.url}/${name}`;
}

it('serves an HTTP API of .tf files, with modules and a YAML file of routes', async () => {
  const url = await serveProject('http-api-modules');

  const hello = await fetch(`${url}/hello/Ann`);
  expect([hello.status, await hello.json()]).toEqual([200, { message: 'Hello Ann from notes-notes' }]);
  const echo = await fetch(`${url}/echo`, { method: 'POST', body: 'said' });
  expect([echo.status, await echo.text()]).toEqual([201, 'said']);
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  const [stack] = cloud.model().stacks;
  expect(stack!.outputs).toEqual({
    account: '000000000000',
    functions: ['notes-echo', 'notes-hello'],
    url,
  });
});

it('serves several APIs of a stack, each under its name, and each stage of one', async () => {
  const url = await serveProject('several-apis', { throttle: true });
  const [stack] = cloud.model().stacks;
  const { catch_all, orders } = stack!.outputs as { catch_all: string; orders: Record<string, string> };

  expect(catch_all).toBe(`${url}/catch-all`);
  expect(await (await fetch(`${catch_all}/any/thing`, { method: 'PUT' })).json()).toEqual({
    route: '$default',
    path: '/any/thing',
  });
  expect(orders).toEqual({ dev: `${url}/orders/dev`, prod: `${url}/orders/prod` });
  expect(await (await fetch(`${orders.dev}/orders`)).json()).toEqual({
    route: 'GET /orders',
    path: '/dev/orders',
    variables: { environment: 'dev' },
  });
  // Settings of a single route, in one of the stages.
  const twice = async (path: string) => [(await fetch(path)).status, (await fetch(path)).status];
  expect(await twice(`${orders.dev}/orders/1`)).toEqual([200, 429]);
  expect(await twice(`${orders.dev}/orders`)).toEqual([200, 200]);
  expect(await twice(`${orders.prod}/orders/1`)).toEqual([200, 200]);
  // A stage that was never deployed.
  const forgotten = await fetch(`${url}/orders/forgotten/orders`);
  expect([forgotten.status, await forgotten.json()]).toEqual([404, { message: 'Not Found' }]);
  expect(stack!.unserved).toMatchObject([
    {
      address: 'main.tf: aws_apigatewayv2_stage.forgotten',
      effect: 'the stage answers 404 to everything, as on AWS',
    },
  ]);
});

it('serves an HTTP API in front of a service, with parameters mapped both ways', async () => {
  const service = createServer(({ method, url, headers }, response) => {
    const { 'x-environment': environment, 'x-debug': debug } = headers;
    response.statusCode = url!.startsWith('/fails') ? 500 : 200;
    response.end(JSON.stringify({ method, url, environment, debug, cause: 'full' }));
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
  const { port } = service.address() as AddressInfo;
  const url = await serveProject('http-api-proxy', { vars: { backend: `http://127.0.0.1:${port}` } });
  const id = String(cloud.model().stacks[0]!.outputs.id);

  const fine = await fetch(`${url}/a/b?x=1`, { method: 'PATCH', headers: { 'x-debug': 'on' } });
  expect([fine.status, await fine.json()]).toEqual([
    200,
    { method: 'PATCH', url: `/a/b?x=1&from=${id}`, environment: 'local', cause: 'full' },
  ]);
  expect(fine.headers.has('x-cause')).toBe(false);
  const failed = await fetch(`${url}/fails`);
  expect([failed.status, failed.headers.get('x-cause')]).toEqual([502, 'full']);
  const queue = await fetch(`${url}/jobs`, { method: 'POST', body: '{}' });
  expect([queue.status, await queue.json()]).toMatchObject([
    501,
    { address: 'main.tf: aws_apigatewayv2_route.queue', effect: 'POST /jobs answers 501' },
  ]);
  service.close();
});

it('serves a project strictly, and starts nothing where something of it is not served', async () => {
  const url = await serveProject('http-api-modules', { strict: true });
  expect((await fetch(`${url}/hello/Ann`)).status).toBe(200);

  const folder = path.resolve('__tests__/fixtures/projects/several-apis');
  await expect(serve({ folder, strict: true })).rejects.toThrow(
    'one thing is not served, which --strict forbids:\n  main.tf: aws_apigatewayv2_stage.forgotten: it has neither',
  );
});

// https://developer.hashicorp.com/terraform/tutorials/aws/lambda-api-gateway
it('serves the tutorial’s HTTP API, its code in a bucket, its role with one of AWS’s own policies', async () => {
  const url = await serveProject('learn-terraform-lambda-api-gateway');
  const [stack] = cloud.model().stacks;

  expect(stack!.outputs).toMatchObject({
    base_url: `${url}/serverless_lambda_stage`,
    function_name: 'HelloWorld',
    lambda_bucket_name: expect.stringMatching(/^functions(-[a-z]+){4}$/) as string,
  });
  expect(stack!.unserved.map(({ address }) => address)).toEqual(['main.tf: aws_s3_bucket.lambda_bucket']);
  const hello = await fetch(`${String(stack!.outputs.base_url)}/hello?Name=Terraform`);
  expect([hello.status, await hello.json()]).toEqual([200, { message: 'Hello, Terraform!' }]);
});

it("serves stacks of CDKTF that refer to each other's resources, with an asset for code and the SDK of Lambda's runtime", async () => {
  await serveProject('cdktf-stacks');
  const url = `${cloud.url}/votes-api`;

  expect(cloud.model().stacks.map(({ id, unserved }) => [id, unserved])).toEqual([
    ['votes-api', []],
    ['votes-data', []],
  ]);
  const vote = { voter: 'ann', choice: 'tea' };
  const posted = await fetch(`${url}/votes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(vote),
  });
  expect([posted.status, await posted.json()]).toEqual([201, vote]);
  expect(await (await fetch(`${url}/votes/tea`)).json()).toEqual({ votes: ['ann'] });
  expect(await (await fetch(`${url}/votes/coffee`)).json()).toEqual({ votes: [] });
});
