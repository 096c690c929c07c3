import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import { httpApi, request, run } from '../support';

const routeOf = async (routeKeys: readonly string[], method: string, path: string) => {
  const sent = request(path, { method });
  const { event, response } = await run((d) => httpGateway(httpApi(routeKeys), d), sent);
  return event?.routeKey ?? response.status;
};

/** The example of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation */
describe('the routes of the developer guide', () => {
  const routes = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
    ['POST', '/test/5', 'ANY /{proxy+}'],
    ['GET', '/', '$default'],
  ])('%s %s → %s', async (method, path, route) => {
    expect(await routeOf(routes, method, path)).toBe(route);
    expect(await routeOf([...routes].reverse(), method, path)).toBe(route);
  });
});

test('a method before ANY on the same path, the more specific path before both', async () => {
  const routes = ['ANY /items', 'GET /items', 'ANY /items/new', 'GET /items/{id}'];
  expect(await routeOf(routes, 'GET', '/items')).toBe('GET /items');
  expect(await routeOf(routes, 'PATCH', '/items')).toBe('ANY /items');
  expect(await routeOf(routes, 'GET', '/items/new')).toBe('ANY /items/new');
  expect(await routeOf(routes, 'GET', '/items/1')).toBe('GET /items/{id}');
});

test('paths that differ in the names of their parameters alone are refused', async () => {
  await expect(routeOf(['GET /items/{id}', 'GET /items/{key}'], 'GET', '/items/1')).rejects.toThrow(
    '/items/{id} and /items/{key} stand for the same requests',
  );
});

test('HEAD and OPTIONS do not come with GET', async () => {
  expect(await routeOf(['GET /items'], 'HEAD', '/items')).toBe(404);
  expect(await routeOf(['GET /items'], 'OPTIONS', '/items')).toBe(404);
});
