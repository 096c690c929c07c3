import { type ServedBuild, serveBuild } from '../support/served-build';

interface Item {
  readonly id: string;
  readonly version: number;
}

let cloud: ServedBuild;
let api: string;
beforeAll(async () => {
  cloud = await serveBuild();
  api = cloud.urlOf('items-api');
});
afterAll(() => cloud.close());

const send = (method: string, url: string | URL, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

test('an item lives: created, followed by its Location, changed once, deleted', async () => {
  const created = await send('POST', `${api}/items`, { name: 'Keyboard', price: 49.9 });
  expect(created.status).toBe(201);
  const item = (await created.json()) as Item;
  const url = new URL(created.headers.get('Location')!, created.url);

  const got = await send('GET', url);
  expect(got.status).toBe(200);
  expect(await got.json()).toEqual(item);
  const etag = got.headers.get('ETag')!;
  const unchanged = await send('GET', url, undefined, { 'If-None-Match': etag });
  expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);

  const changed = await send('PUT', url, { name: 'Keyboard', price: 39.9 }, { 'If-Match': etag });
  expect(changed.status).toBe(200);
  expect(await changed.json()).toMatchObject({ id: item.id, price: 39.9, version: 2 });
  const stale = await send('PUT', url, { name: 'Keyboard', price: 1 }, { 'If-Match': etag });
  expect(stale.status).toBe(412);
  expect(stale.headers.get('Content-Type')).toBe('application/problem+json');

  expect((await send('DELETE', url, undefined, { 'If-Match': etag })).status).toBe(412);
  const deleted = await send('DELETE', url, undefined, { 'If-Match': changed.headers.get('ETag')! });
  expect([deleted.status, await deleted.text()]).toEqual([204, '']);
  expect((await send('GET', url)).status).toBe(404);
});

test('pages follow from cursors, sent as they are', async () => {
  for (const price of [1, 2, 3]) await send('POST', `${api}/items`, { name: 'Page', price });
  const first = (await (await send('GET', `${api}/items?limit=2`)).json()) as {
    items: Item[];
    cursor: string;
  };
  const rest = (await (await send('GET', `${api}/items?cursor=${first.cursor}`)).json()) as typeof first;
  expect(first.items).toHaveLength(2);
  const ids = [...first.items, ...rest.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(3);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
test.each([
  ['GET', '/'],
  ['GET', '/nothing'],
  ['PATCH', '/items'],
  ['DELETE', '/items'],
  ['GET', '/items/a/b'],
])('%s %s is no route: the gateway answers 404 itself', async (method, path) => {
  const answer = await send(method, `${api}${path}`);
  expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
});
