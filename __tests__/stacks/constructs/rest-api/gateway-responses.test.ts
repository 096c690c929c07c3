import { resourcesOf, resource } from '../../../support/synth';
import { one } from './support';

describe("the gateway's own errors", () => {
  const responses = Object.values(resourcesOf(one, 'aws_api_gateway_gateway_response'));

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
  test.each([
    ['MISSING_AUTHENTICATION_TOKEN', '403'],
    ['BAD_REQUEST_BODY', '400'],
    ['UNSUPPORTED_MEDIA_TYPE', '415'],
    ['REQUEST_TOO_LARGE', '413'],
    ['THROTTLED', '429'],
    ['INTEGRATION_TIMEOUT', '504'],
  ])('%s keeps its status %s and says so in the body', (type, status) => {
    const { status_code, response_templates } = resource(one, 'aws_api_gateway_gateway_response', {
      response_type: type,
    });
    expect(status_code).toBe(status);
    expect((response_templates as Record<string, string>)['application/json']).toContain(
      `"status":${status},`,
    );
  });

  test.each(['DEFAULT_4XX', 'DEFAULT_5XX'])('%s leaves the status open', (type) => {
    const response = resource(one, 'aws_api_gateway_gateway_response', { response_type: type });
    expect(response).not.toHaveProperty('status_code');
    expect(JSON.stringify(response.response_templates)).not.toContain('"status\\"');
  });

  test('are problem+json, and JSON once the gateway fills them in', () => {
    expect(responses.length).toBeGreaterThan(0);
    for (const { response_parameters, response_templates } of responses) {
      expect(response_parameters).toEqual({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      });
      const template = (response_templates as Record<string, string>)['application/json'] ?? '';
      const filled = template
        .replace('$context.error.messageString', '"Forbidden"')
        .replace('$context.requestId', 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
      expect(Object.keys(JSON.parse(filled) as object)).toEqual(
        expect.arrayContaining(['type', 'title', 'detail', 'code', 'requestId']),
      );
      expect(filled).not.toContain('$');
    }
  });
});
