import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { httpApi, type Outcome, request, type RequestOptions, run, success } from '../support';

const api = httpApi(['POST /items']);
const post = { method: 'POST', body: '{}' };
const send = (sent = request('/items', post), outcome?: Outcome, of: HttpApi = api) =>
  run((dependencies) => httpGateway(of, dependencies), sent, outcome);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
describe('CORS', () => {
  const cors = {
    allowOrigins: ['https://www.example.com', 'http://*'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: ['etag'],
    allowCredentials: true,
    maxAgeSeconds: 300,
  };
  const of = httpApi(['POST /items'], { cors });
  const preflight = (origin: string): RequestOptions => ({
    method: 'OPTIONS',
    headers: [
      ['Origin', origin],
      ['Access-Control-Request-Method', 'POST'],
    ],
  });
  const allowing = (headers: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

  test('the gateway answers a preflight request, route or none', async () => {
    for (const path of ['/items', '/nothing']) {
      const { response, headers, event } = await send(
        request(path, preflight('https://www.example.com')),
        undefined,
        of,
      );
      expect(event).toBeUndefined();
      expect(response).toMatchObject({ status: 204, body: '' });
      expect(allowing(headers)).toEqual({
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-origin': 'https://www.example.com',
        'access-control-max-age': '300',
      });
    }
  });

  test('its headers replace the integration’s', async () => {
    const result = success({
      statusCode: 200,
      headers: { 'Access-Control-Allow-Origin': 'https://other.example' },
    });
    const sent = { ...post, headers: [['Origin', 'http://localhost:8080']] as const };
    const { headers } = await send(request('/items', sent), result, of);
    expect(allowing(headers)).toEqual({
      'access-control-allow-credentials': 'true',
      'access-control-allow-origin': 'http://localhost:8080',
      'access-control-expose-headers': 'etag',
    });
  });

  it.each([
    ['an origin that is not allowed', 'https://evil.example'],
    ['no origin', undefined],
  ])('%s gets none', async (_, origin) => {
    const headers = origin ? ([['Origin', origin]] as const) : [];
    const { headers: sent } = await send(request('/items', { ...post, headers }), undefined, of);
    expect(allowing(sent)).toEqual({});
  });

  test('without a configuration OPTIONS is a route like any other', async () => {
    const { response } = await send(request('/items', preflight('https://www.example.com')));
    expect(response.status).toBe(404);
  });
});
