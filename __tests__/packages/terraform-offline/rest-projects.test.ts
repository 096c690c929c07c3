import path from 'node:path';
import { type Cloud, serve, type ServeOptions } from '../../../packages/terraform-offline/cloud';
import type { LogEntry } from '../../../packages/terraform-offline/log/log';

let cloud: Cloud;
let entries: LogEntry[];
afterEach(() => cloud.close());

/**
 * Serves one of the sample projects, all of it.
 * @returns its outputs
 */
async function serveProject(
  name: string,
  options: Partial<ServeOptions> = {},
): Promise<Record<string, string>> {
  entries = [];
  const folder = path.resolve('__tests__/fixtures/projects', name);
  cloud = await serve({ folder, log: (entry) => entries.push(entry), ...options });
  const [stack] = cloud.model().stacks;
  expect(stack!.unserved).toEqual([]);
  return stack!.outputs as Record<string, string>;
}

it('serves a REST API with CORS by mocks, at the stage of its deployment', async () => {
  const { base_url: url } = await serveProject('rest-api-cors');
  expect(url).toBe(`${cloud.url}/rest-api-cors/prod`);

  const preflight = await fetch(`${url}/notes`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  });
  expect(preflight.status).toBe(200);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET,OPTIONS,POST',
    'access-control-allow-headers': 'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token',
  });

  const created = await fetch(`${url}/notes`, { method: 'POST', body: '{"text":"hello"}' });
  expect([created.status, created.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
  expect(await (await fetch(`${url}/notes`)).json()).toEqual([{ id: '1' }]);
  expect(await (await fetch(`${url}/notes/1`)).json()).toEqual({ id: '1', text: 'the first', stage: 'prod' });
  expect((await fetch(`${url}/notes/2`)).status).toBe(404);
  // No method of the API.
  expect((await fetch(`${url}/notes/1`, { method: 'DELETE' })).status).toBe(403);
  expect(entries).toContainEqual({
    type: 'function',
    functionName: 'create_note',
    line: expect.stringMatching(/\tINFO\tcreating a note of 5 characters/) as string,
  });
});

it('serves a REST API that an OpenAPI document describes', async () => {
  const { url } = await serveProject('rest-api-openapi');
  const post = (body: unknown) =>
    fetch(`${url}/pets`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  expect(await (await fetch(`${url}/pets?kind=cat`)).json()).toMatchObject({
    resource: '/pets',
    queryStringParameters: { kind: 'cat' },
  });
  expect(await (await fetch(`${url}/files/a/b`, { method: 'PUT' })).json()).toMatchObject({
    httpMethod: 'PUT',
    resource: '/files/{proxy+}',
    pathParameters: { proxy: 'a/b' },
  });
  const made = await post({ name: 'Tom', owner: { email: 'ann@example.com' } });
  expect(made.status).toBe(201);

  const unnamed = await fetch(`${url}/pets`);
  expect([unnamed.status, await unnamed.json()]).toEqual([
    400,
    { message: 'Missing required request parameters: [kind]' },
  ]);
  const ownerless = await post({ name: 'Tom', owner: {} });
  expect([ownerless.status, await ownerless.json()]).toEqual([
    422,
    { error: 'Invalid request body', why: expect.stringContaining('email') as string },
  ]);
  const preflight = await fetch(`${url}/pets`, { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    200,
    'GET,POST,OPTIONS',
  ]);
  expect((await fetch(`${url}/elsewhere`)).status).toBe(403);
});
