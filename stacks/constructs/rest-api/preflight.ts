import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayIntegrationResponse } from '@cdktf/provider-aws/lib/api-gateway-integration-response';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodResponse } from '@cdktf/provider-aws/lib/api-gateway-method-response';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../../environment';
import { CORS } from '../cors';

/**
 * The `OPTIONS` of a resource, which asks what pages of another origin may do: the gateway answers it itself, whoever asks.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 * @param id tells the resource from the API's others
 */
export function addPreflight(
  scope: Construct,
  id: string,
  place: { readonly restApiId: string; readonly resourceId: string },
  { allowOrigin, maxAgeSeconds }: NonNullable<Environment['cors']>,
): TerraformResource[] {
  const headers = {
    'Access-Control-Allow-Origin': allowOrigin,
    'Access-Control-Allow-Methods': CORS.allowMethods.join(','),
    'Access-Control-Allow-Headers': CORS.allowHeaders.join(','),
    'Access-Control-Max-Age': String(maxAgeSeconds),
  };
  const method = new ApiGatewayMethod(scope, `method-OPTIONS-${id}`, {
    ...place,
    httpMethod: 'OPTIONS',
    authorization: 'NONE',
  });
  const integration = new ApiGatewayIntegration(scope, `integration-OPTIONS-${id}`, {
    ...place,
    httpMethod: method.httpMethod,
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode":204}' },
  });
  const methodResponse = new ApiGatewayMethodResponse(scope, `method-response-OPTIONS-${id}`, {
    ...place,
    httpMethod: method.httpMethod,
    statusCode: '204',
    responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [parameter(name), true])),
  });
  const integrationResponse = new ApiGatewayIntegrationResponse(scope, `integration-response-OPTIONS-${id}`, {
    ...place,
    httpMethod: integration.httpMethod,
    statusCode: methodResponse.statusCode,
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [parameter(name), `'${value}'`]),
    ),
  });
  return [method, integration, methodResponse, integrationResponse];
}

function parameter(header: string): string {
  return `method.response.header.${header}`;
}
