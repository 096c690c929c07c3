import { httpGateway } from '../../../../packages/terraform-offline/api-gateway/http/gateway';
import { restGateway } from '../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { httpApi, request, restApi, run, type Run } from './support';

const LATIN_1 = Buffer.from('{"city": "Orléans"}', 'latin1');
const UTF_8 = Buffer.from('{"city": "Orléans \ufffd"}');
const MESSAGE = expect.stringContaining('the body is not UTF-8') as unknown;

const posted = (contentType: string, body: Buffer) =>
  request('/data', { method: 'POST', headers: [['Content-Type', contentType]], body });

const gateways: [kind: string, send: (contentType: string, body: Buffer) => Promise<Run>][] = [
  [
    'a REST API',
    (...sent) =>
      run(
        (d) => restGateway(restApi(['POST /data'], { binaryMediaTypes: ['image/png'] }), d),
        posted(...sent),
      ),
  ],
  ['an HTTP API', (...sent) => run((d) => httpGateway(httpApi(['POST /data']), d), posted(...sent))],
];

describe.each(gateways)('%s', (_kind, send) => {
  it('says that a function gets other text than was sent, and hands it on', async () => {
    const { log, event } = await send('application/json', LATIN_1);
    expect(log).toEqual([MESSAGE]);
    expect(event).toMatchObject({ body: '{"city": "Orl\ufffdans"}', isBase64Encoded: false });
  });

  it('says nothing of UTF-8, and nothing of bytes that a function gets as they are', async () => {
    expect((await send('application/json', UTF_8)).log).toEqual([]);
    expect((await send('image/png', LATIN_1)).log).toEqual([]);
  });
});
