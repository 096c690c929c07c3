import { withRoutes, one } from './support';

describe('a resource by its position', () => {
  const addresses = (path: string) => {
    const stack = withRoutes([['GET', path]]);
    return Object.entries((stack.resource ?? {}) as Record<string, object>)
      .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
      .sort();
  };

  test.each(['/things/{key}', '/things/{key+}'])('has the same address as %s and /things/{id}', (path) => {
    expect(addresses(path)).toEqual(addresses('/things/{id}'));
  });

  test('has another one at another place', () => {
    expect(addresses('/things/id')).not.toEqual(addresses('/things/{id}'));
  });

  test('goes on from the address that release 0.1 gave it', () => {
    const moved = one.moved as unknown as { from: string; to: string }[];
    expect(moved.map(({ from }) => from.replace(/_[0-9A-F]{8}$/, '')).sort()).toEqual([
      'aws_api_gateway_integration.api_integration-GET-things--id',
      'aws_api_gateway_method.api_method-GET-things--id',
      'aws_api_gateway_resource.api_resource-things--id',
      'aws_lambda_permission.fn_permission-GET-things--id',
    ]);
    expect(moved.map(({ to }) => to).every((to) => addresses('/things/{id}').includes(to))).toBe(true);
  });

  test('had that address already without parameters', () => {
    expect(withRoutes([['GET', '/things']])).not.toHaveProperty('moved');
  });
});
