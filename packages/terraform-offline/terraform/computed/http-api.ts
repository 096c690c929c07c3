import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';
import { apiEndpoint, apiId, executionArn } from './api';

export const httpApi: ComputedAttributes = {
  aws_apigatewayv2_api: {
    id: apiId,
    api_endpoint: (api) => apiEndpoint(api, apiId(api)),
    arn: (api) => `arn:aws:apigateway:${api.region}::/apis/${apiId(api)}`,
    execution_arn: (api) => executionArn(api, apiId(api)),
  },
  aws_apigatewayv2_authorizer: { id: shortId },
  aws_apigatewayv2_deployment: { id: shortId },
  aws_apigatewayv2_integration: { id: shortId },
  aws_apigatewayv2_route: { id: shortId },
  aws_apigatewayv2_stage: {
    id: (stage) => stage.text('name'),
    arn: (stage) =>
      `arn:aws:apigateway:${stage.region}::/apis/${stage.text('api_id')}/stages/${stage.text('name')}`,
    execution_arn: (stage) => `${executionArn(stage, stage.text('api_id'))}/${stage.text('name')}`,
    // The $default stage's URL is the API's with a slash at its end.
    invoke_url: (stage) =>
      `${apiEndpoint(stage, stage.text('api_id'))}/${stage.text('name').replace('$default', '')}`,
  },
};

function shortId(resource: Resource): string {
  return resource.uniqueId(7);
}
