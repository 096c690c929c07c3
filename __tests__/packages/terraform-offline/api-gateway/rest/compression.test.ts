import { brotliCompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { request, type RequestOptions, restApi, run, success } from '../support';

function send(
  options: RequestOptions,
  minimumCompressionSize?: number,
  outcome = success({ body: 'a'.repeat(100) }),
) {
  const api = restApi(['POST /data'], minimumCompressionSize === undefined ? {} : { minimumCompressionSize });
  return run((d) => restGateway(api, d), request('/data', { method: 'POST', ...options }), outcome);
}

const body = '{"a":"ü"}';
const coded = (coding: string): RequestOptions['headers'] => [['Content-Encoding', coding]];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html */
describe('a request', () => {
  it.each([
    ['gzip', gzipSync(body)],
    ['GZIP', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['identity', Buffer.from(body)],
  ])('compressed with %s reaches the function plain', async (coding, sent) => {
    const { event } = await send({ headers: coded(coding), body: sent });
    expect(event).toMatchObject({ body, isBase64Encoded: false });
  });

  it.each([
    ['another coding', 'br', brotliCompressSync(body)],
    ['a body that is not of its coding', 'gzip', Buffer.from(body)],
    ['a body cut short', 'gzip', gzipSync(body).subarray(0, 12)],
  ])('is 415 with %s', async (_, coding, sent) => {
    const { response, event } = await send({ headers: coded(coding), body: sent });
    expect(response).toMatchObject({ status: 415, body: '{"message":"Unsupported Media Type"}' });
    expect(event).toBeUndefined();
  });

  it('is 413 when it is too large uncompressed', async () => {
    const { response } = await send({
      headers: coded('gzip'),
      body: gzipSync(Buffer.alloc(10 * 1024 * 1024 + 1)),
    });
    expect(response.status).toBe(413);
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html */
describe('a response', () => {
  const accept = (codings: string): RequestOptions => ({ headers: [['Accept-Encoding', codings]] });

  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['deflate', 'deflate', inflateSync],
    ['br, deflate;q=0.5, gzip;q=0.2', 'deflate', inflateSync],
    ['*', 'gzip', gunzipSync],
  ])('is compressed for a client that accepts %s', async (codings, coding, plain) => {
    const { response, headers } = await send(accept(codings), 100);
    expect(headers['content-encoding']).toBe(coding);
    expect(plain(response.body as Buffer).toString()).toBe('a'.repeat(100));
  });

  it.each<[string, RequestOptions, number | undefined]>([
    ['smaller than the minimum', accept('gzip'), 101],
    ['of an API that does not compress', accept('gzip'), undefined],
    ['for a client that accepts none', {}, 0],
    ['for a client that accepts another coding', accept('br'), 0],
    ['for a client that would rather have it plain', accept('gzip;q=0.5, identity'), 0],
    ['for a client that refuses it', accept('gzip;q=0, deflate;q=0'), 0],
  ])('is plain when it is %s', async (_, options, minimum) => {
    const { response, headers } = await send(options, minimum);
    expect(headers).not.toHaveProperty('content-encoding');
    expect(response.body).toBe('a'.repeat(100));
  });

  it('is left alone when the function has compressed it', async () => {
    const made = success({ headers: { 'Content-Encoding': 'br' }, body: 'x' });
    const { response, headers } = await send(accept('gzip'), 0, made);
    expect([headers['content-encoding'], response.body]).toEqual(['br', 'x']);
  });
});
