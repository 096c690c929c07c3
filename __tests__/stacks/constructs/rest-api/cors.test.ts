import { withName, environment } from '../../../../stacks/environment';
import { resourcesOf, resource } from '../../../support/synth';
import { withRoutes, one } from './support';

describe('pages of an origin', () => {
  const cors = { allowOrigin: 'https://app.example.com', maxAgeSeconds: 60 };
  const settings = withName('staging', { ...environment('staging'), cors });
  const stack = withRoutes(
    [
      ['GET', '/things/{id}'],
      ['PUT', '/things/{id}'],
      ['POST', '/things'],
    ],
    { settings },
  );
  const preflights = Object.values(resourcesOf(stack, 'aws_api_gateway_method')).filter(
    ({ http_method }) => http_method === 'OPTIONS',
  );

  test('may ask what they may do, once for each path, whoever they are', () => {
    expect(preflights.map(({ authorization }) => authorization)).toEqual(['NONE', 'NONE']);
    const mocks = Object.values(resourcesOf(stack, 'aws_api_gateway_integration')).filter(
      ({ type }) => type === 'MOCK',
    );
    expect(mocks.map(({ request_templates }) => request_templates)).toEqual([
      { 'application/json': '{"statusCode":204}' },
      { 'application/json': '{"statusCode":204}' },
    ]);
    for (const { response_parameters } of Object.values(
      resourcesOf(stack, 'aws_api_gateway_integration_response'),
    ))
      expect(response_parameters).toMatchObject({
        'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'",
        'method.response.header.Access-Control-Allow-Methods': "'*'",
        'method.response.header.Access-Control-Allow-Headers': expect.stringContaining(
          'authorization,',
        ) as string,
        'method.response.header.Access-Control-Max-Age': "'60'",
      });
  });

  test('may read the errors of the gateway, and what the function answers, which is told the origin', () => {
    for (const { response_parameters } of Object.values(
      resourcesOf(stack, 'aws_api_gateway_gateway_response'),
    ))
      expect(response_parameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'",
      });
    expect(resource(stack, 'aws_lambda_function').environment).toEqual({
      variables: { CORS_ALLOW_ORIGIN: 'https://app.example.com' },
    });
  });

  test('are none without the setting', () => {
    expect(JSON.stringify(one)).not.toContain('Access-Control');
    expect(JSON.stringify(one)).not.toContain('OPTIONS');
  });
});
