import { curl } from '../../../../packages/terraform-offline/console/curl';
import type { OperationExamples } from '../../../../packages/terraform-offline/terraform/examples';

const api = 'http://127.0.0.1:3000/data-api/prod';
const route = (method: string, path: string) => ({ method, path });
const known = (operation: Partial<OperationExamples>) => ({ summary: '', responses: {}, ...operation });
const parameter = (name: string, place: 'path' | 'query' | 'header', values: object) => ({
  ...{ name, in: place, description: '' },
  ...values,
});

describe('a curl line', () => {
  it.each([
    ['a plain GET', route('GET', '/items'), undefined, `curl ${api}/items`],
    [
      'path parameters',
      route('DELETE', '/data/{id}'),
      known({ parameters: [parameter('id', 'path', { inCommand: 'a b' })] }),
      `curl -X DELETE '${api}/data/a%20b'`,
    ],
    ['a parameter without a value', route('GET', '/{proxy+}'), undefined, `curl ${api}/proxy`],
    ['the root for a $default route', route('ANY', '$default'), undefined, `curl ${api}/`],
    [
      'what is known of the query',
      route('GET', '/items'),
      known({
        parameters: [parameter('limit', 'query', { example: '10' }), parameter('cursor', 'query', {})],
      }),
      `curl '${api}/items?limit=10'`,
    ],
    [
      'a body with quotes in it',
      route('POST', '/data'),
      known({
        bodies: { first: { data: "it's" }, second: { data: 1 } },
        parameters: [parameter('Idempotency-Key', 'header', { inCommand: 'k' })],
      }),
      `curl -X POST ${api}/data -H 'Content-Type: application/json' -H 'Idempotency-Key: k' -d '{"data":"it'\\''s"}'`,
    ],
    [
      'the body that is named for it',
      route('POST', '/order'),
      known({ bodies: { create: { a: 1 }, list: { b: 2 } }, bodyInCommand: 'list' }),
      `curl -X POST ${api}/order -H 'Content-Type: application/json' -d '{"b":2}'`,
    ],
  ])('has %s', (_case, apiRoute, operation, line) => {
    expect(curl(api, apiRoute, operation)).toBe(line);
  });
});
