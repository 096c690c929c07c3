import { send } from '../support/http';
import { type ServedBuild, serveBuild } from '../support/served-build';

const INVOCATION = '/2015-03-31/functions/LambdaFunctionOverHttps/invocations';
const PATHS = [
  '/',
  '/_explorer/tables',
  '/data-api/prod/data/1',
  '/items-api/items',
  INVOCATION,
  '/no-such-path',
];

describe('what the pages of other sites can do', () => {
  let cloud: ServedBuild;
  let url: string;
  beforeAll(async () => {
    cloud = await serveBuild();
    url = new URL(cloud.urlOf('data-api')).origin;
  });
  afterAll(() => cloud.close());

  it.each(PATHS)('one that lets its name point to this machine does not reach %s', async (at) => {
    expect((await send(url, at, { headers: { Host: 'evil.example' } })).status).toBe(421);
  });

  it('one cannot invoke functions, and the command line can', async () => {
    const invoke = (headers: Record<string, string>) =>
      send(url, INVOCATION, { method: 'POST', headers, body: '{"operation": "ping"}' });

    expect((await invoke({ Origin: 'http://evil.example' })).status).toBe(403);
    expect(await invoke({})).toMatchObject({ status: 200, text: '"pong"' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
  it('one can read what the APIs let it, as from API Gateway', async () => {
    const headers = { Origin: 'http://shop.example' };
    expect((await send(url, '/items-api/items', { headers })).status).toBe(200);
  });

  it('one cannot change data, not even with a body of no type', async () => {
    const manager = (operation: string, payload: object, headers: Record<string, string> = {}) =>
      send(url, '/dynamodb-manager/prod/DynamoDBManager', {
        method: 'POST',
        headers,
        body: JSON.stringify({ operation, payload }),
      });
    const Key = { id: 'kept' };
    await manager('create', { Item: Key });

    expect((await manager('delete', { Key }, { Origin: 'http://evil.example' })).status).toBe(403);
    expect(JSON.parse((await manager('read', { Key })).text)).toMatchObject({ Item: Key });
  });
});
