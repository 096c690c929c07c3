import { httpGateway } from '../../../../packages/terraform-offline/api-gateway/http/gateway';
import { restGateway } from '../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { httpApi, request, restApi, restMethod, run } from './support';

/** What every JavaScript object has is nothing that a client may ask for. */
describe.each(['constructor', 'toString', '__proto__'])('%s', (name) => {
  const api = restApi([restMethod('POST /data', { validateBody: true })]);
  const send = (sent: Parameters<typeof request>[1]) =>
    run((dependencies) => restGateway(api, dependencies), request('/data', { method: 'POST', ...sent }));

  test('as what a client accepts is a type without a template', async () => {
    const { response, headers } = await run(
      (dependencies) => restGateway(api, dependencies),
      request('/missing', { headers: [['Accept', name]] }),
    );
    expect(response.status).toBe(403);
    expect(headers['content-type']).toBe('application/json');
  });

  test('as a media type has no model', async () => {
    expect((await send({ headers: [['Content-Type', name]], body: '{}' })).response.status).toBe(200);
  });

  test('as a header keeps its name', async () => {
    const headers = [[name, 'value']] as const;
    const rest = await send({ headers, body: '{}' });
    const http = await run(
      (dependencies) => httpGateway(httpApi(['$default']), dependencies),
      request('/', { headers }),
    );
    for (const { event } of [rest, http]) {
      const { headers } = event as { headers: Record<string, string> };
      expect(Object.keys(headers).map((key) => key.toLowerCase())).toContain(name.toLowerCase());
    }
  });
});
