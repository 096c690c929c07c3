import type { ContentHandling } from '../../../../../packages/terraform-offline/terraform/model';
import { success } from '../support';
import { send } from './custom-support';

const api = { binaryMediaTypes: ['image/*'] };
const TEXT = 'hello';
const BASE64 = Buffer.from(TEXT).toString('base64');

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
describe('the body that an integration is handed', () => {
  /** What the template sees as its body. */
  const seen = async (
    body: string,
    type: string,
    contentHandling: ContentHandling | undefined,
    binary = true,
  ) => {
    const template = { requestTemplates: { $default: '{"body":"$util.escapeJavaScript($input.body)"}' } };
    const { event } = await send(
      { integration: { ...template, ...(contentHandling && { contentHandling }) }, ...(binary && { api }) },
      { headers: [['Content-Type', type]], body },
    );
    return event?.body;
  };

  it.each<[string, string, ContentHandling | undefined, boolean, string]>([
    [TEXT, 'text/plain', undefined, false, TEXT],
    [BASE64, 'text/plain', 'CONVERT_TO_BINARY', false, TEXT],
    [TEXT, 'text/plain', 'CONVERT_TO_TEXT', false, TEXT],
    [TEXT, 'text/plain', undefined, true, TEXT],
    [BASE64, 'text/plain', 'CONVERT_TO_BINARY', true, TEXT],
    [TEXT, 'text/plain', 'CONVERT_TO_TEXT', true, TEXT],
    [TEXT, 'image/png', undefined, true, TEXT],
    [TEXT, 'image/png', 'CONVERT_TO_BINARY', true, TEXT],
    [TEXT, 'image/png', 'CONVERT_TO_TEXT', true, BASE64],
  ])('%s of %s, %s, binary media types %s: %s', async (body, type, contentHandling, binary, expected) => {
    expect(await seen(body, type, contentHandling, binary)).toBe(expected);
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
