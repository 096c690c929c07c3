import { curl } from '../../../local/console/curl';

const api = 'http://127.0.0.1:3000/data-api/prod';
const route = (method: string, path: string) => ({ method, path, functionArn: undefined });

describe('a curl line', () => {
  it.each([
    ['a plain GET', route('GET', '/items'), {}, `curl ${api}/items`],
    [
      'path parameters',
      route('DELETE', '/data/{id}'),
      { pathParameters: { id: 'a b' } },
      `curl -X DELETE ${api}/data/a%20b`.replace(`${api}/data/a%20b`, `'${api}/data/a%20b'`),
    ],
    ['a parameter without a value', route('GET', '/{proxy+}'), {}, `curl ${api}/proxy`],
    [
      'a body with quotes in it',
      route('POST', '/data'),
      { headers: { 'Idempotency-Key': 'k' }, body: { data: "it's" } },
      `curl -X POST ${api}/data -H 'Content-Type: application/json' -H 'Idempotency-Key: k' -d '{"data":"it'\\''s"}'`,
    ],
  ])('has %s', (_case, apiRoute, example, line) => {
    expect(curl(api, apiRoute, example)).toBe(line);
  });
});
