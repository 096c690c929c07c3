import type { ContentHandling } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { success } from '../support';
import { send, type Setup } from './custom-support';

const api = { binaryMediaTypes: ['image/*'] };
const TEXT = 'hello';
const BASE64 = Buffer.from(TEXT).toString('base64');

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
describe('the body that an integration is handed', () => {
  const sent = (
    body: string,
    type: string,
    integration: NonNullable<Setup['integration']>,
    binary: boolean,
  ) => send({ integration, ...(binary && { api }) }, { headers: [['Content-Type', type]], body });

  it.each<[string, string, ContentHandling | undefined, boolean, string]>([
    [TEXT, 'text/plain', undefined, false, TEXT],
    [TEXT, 'text/plain', 'CONVERT_TO_TEXT', false, TEXT],
    [TEXT, 'text/plain', undefined, true, TEXT],
    [TEXT, 'text/plain', 'CONVERT_TO_TEXT', true, TEXT],
    [TEXT, 'image/png', 'CONVERT_TO_TEXT', true, BASE64],
  ])(
    '%s of %s, %s, binary media types %s: the text %s',
    async (body, type, contentHandling, binary, text) => {
      const requestTemplates = { $default: '{"body":"$util.escapeJavaScript($input.body)"}' };
      const { event } = await sent(body, type, { requestTemplates, contentHandling }, binary);
      expect(event).toEqual({ body: text });
    },
  );

  const json = '{"a":1}';
  const encoded = Buffer.from(json).toString('base64');
  it.each<[string, string, ContentHandling | undefined, boolean]>([
    [encoded, 'text/plain', 'CONVERT_TO_BINARY', false],
    [encoded, 'text/plain', 'CONVERT_TO_BINARY', true],
    [json, 'image/png', undefined, true],
    [json, 'image/png', 'CONVERT_TO_BINARY', true],
  ])(
    '%s of %s, %s, binary media types %s: bytes, which no template takes',
    async (body, type, contentHandling, binary) => {
      const passed = await sent(body, type, { contentHandling }, binary);
      expect(passed.event).toEqual({ a: 1 });
      const requestTemplates = { $default: '{"any":"thing"}' };
      const { response, event, log } = await sent(body, type, { requestTemplates, contentHandling }, binary);
      expect([response.status, event, log.length]).toEqual([500, undefined, 1]);
    },
  );

  it('is binary in preflights of an API whose binary media type is any', async () => {
    const preflight = (contentHandling: ContentHandling | undefined) =>
      send(
        {
          integration: { requestTemplates: { 'application/json': '{"statusCode":200}' }, contentHandling },
          api: { binaryMediaTypes: ['*/*'] },
        },
        { headers: [], body: '' },
      );
    expect((await preflight(undefined)).response.status).toBe(500);
    expect((await preflight('CONVERT_TO_TEXT')).response.status).toBe(200);
  });
});

describe('the body that a client is handed', () => {
  it.each<[string, ContentHandling | undefined, boolean, string]>([
    ['text/plain', undefined, false, `"${BASE64}"`],
    ['text/plain', 'CONVERT_TO_BINARY', false, TEXT],
    ['text/plain', 'CONVERT_TO_TEXT', false, `"${BASE64}"`],
    ['text/plain', undefined, true, `"${BASE64}"`],
    ['text/plain', 'CONVERT_TO_BINARY', true, TEXT],
    ['text/plain', 'CONVERT_TO_TEXT', true, `"${BASE64}"`],
    ['image/png', undefined, true, TEXT],
    ['image/png', 'CONVERT_TO_BINARY', true, TEXT],
    ['image/png', 'CONVERT_TO_TEXT', true, `"${BASE64}"`],
    // The first type alone counts.
    ['text/html, image/png', undefined, true, `"${BASE64}"`],
  ])(
    'of a function’s base64, accepting %s, %s, binary media types %s: %s',
    async (accept, contentHandling, binary, expected) => {
      const { response } = await send(
        { responses: [contentHandling ? { contentHandling } : {}], ...(binary && { api }) },
        { headers: [['Accept', accept]] },
        success(BASE64),
      );
      expect([response.status, response.body.toString()]).toEqual([200, expected]);
    },
  );

  it('is 500 where what should become binary is no base64', async () => {
    const { response, log } = await send(
      { responses: [{ contentHandling: 'CONVERT_TO_BINARY' }] },
      {},
      success({ no: 'base64' }),
    );
    expect([response.status, log.length]).toEqual([500, 1]);
  });
});
