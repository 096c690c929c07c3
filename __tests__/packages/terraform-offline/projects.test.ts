import path from 'node:path';
import { type Cloud, serve } from '../../../packages/terraform-offline/cloud';

let cloud: Cloud;
afterEach(() => cloud.close());

/** Serves one of the sample projects. */
async function serveProject(name: string): Promise<string> {
  const folder = path.resolve('__tests__/fixtures/projects', name);
  cloud = await serve({ folder });
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
