import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';
import { apiEndpoint, apiId, executionArn } from './api';

export const restApi: ComputedAttributes = {
  aws_api_gateway_rest_api: {
    id: apiId,
    arn: (api) => `arn:aws:apigateway:${api.region}::/restapis/${apiId(api)}`,
    execution_arn: (api) => executionArn(api, apiId(api)),
    root_resource_id: (api) => api.uniqueId(12).slice(0, 10),
  },
  'data.aws_api_gateway_rest_api': {
    id: (source) => named(source)?.text('id'),
    arn: (source) => named(source)?.text('arn'),
    execution_arn: (source) => named(source)?.text('execution_arn'),
    root_resource_id: (source) => named(source)?.text('root_resource_id'),
  },
  aws_api_gateway_resource: {
    id: shortId,
    path: (resource) => `${parentPath(resource)}/${resource.text('path_part')}`,
  },
  aws_api_gateway_api_key: {
    id: keyId,
    arn: (key) => `arn:aws:apigateway:${key.region}::/apikeys/${keyId(key)}`,
    value: (key) => key.uniqueId(40),
  },
  aws_api_gateway_authorizer: {
    id: shortId,
    arn: (authorizer) =>
      `arn:aws:apigateway:${authorizer.region}::/restapis/${authorizer.text('rest_api_id')}/authorizers/${shortId(authorizer)}`,
  },
  // With a stage_name it makes that stage, which these are of.
  aws_api_gateway_deployment: {
    id: shortId,
    execution_arn: (deployment) =>
      `${executionArn(deployment, deployment.text('rest_api_id'))}/${deployment.text('stage_name', '')}`,
    invoke_url: (deployment) =>
      `${apiEndpoint(deployment, deployment.text('rest_api_id'))}/${deployment.text('stage_name', '')}`,
  },
  aws_api_gateway_model: { id: shortId },
  aws_api_gateway_request_validator: { id: shortId },
  aws_api_gateway_usage_plan: {
    id: shortId,
    arn: (plan) => `arn:aws:apigateway:${plan.region}::/usageplans/${shortId(plan)}`,
  },
  aws_api_gateway_usage_plan_key: {
    id: (inPlan) => inPlan.text('key_id'),
    name: (inPlan) => keyOf(inPlan)?.text('name') ?? '',
    value: (inPlan) => keyOf(inPlan)?.text('value') ?? '',
  },
  aws_api_gateway_stage: {
    id: (stage) => `ags-${stage.text('rest_api_id')}-${stage.text('stage_name')}`,
    arn: (stage) =>
      `arn:aws:apigateway:${stage.region}::/restapis/${stage.text('rest_api_id')}/stages/${stage.text('stage_name')}`,
    execution_arn: (stage) => `${executionArn(stage, stage.text('rest_api_id'))}/${stage.text('stage_name')}`,
    invoke_url: (stage) => `${apiEndpoint(stage, stage.text('rest_api_id'))}/${stage.text('stage_name')}`,
  },
};

function keyId(key: Resource): string {
  return key.uniqueId(10);
}

function shortId(resource: Resource): string {
  return resource.uniqueId(6);
}

function keyOf(inPlan: Resource): Resource | undefined {
  return inPlan.configuration.find('aws_api_gateway_api_key', 'id', inPlan.text('key_id'));
}

/** The API that a data source is of. */
function named(source: Resource): Resource | undefined {
  return source.configuration.find('aws_api_gateway_rest_api', 'name', source.text('name'));
}

/** Empty for the root, which is no resource of the stack's. */
function parentPath(resource: Resource): string {
  const parent = resource.text('parent_id');
  const path = resourcePath(resource, parent);
  if (path !== undefined) return path === '/' ? '' : path;
  throw new Error(`${resource.where}.parent_id: the stack has no aws_api_gateway_resource ${parent}`);
}

/** Of a resource by its identifier: `/` is the root of an API. Undefined when the stack has none. */
export function resourcePath({ configuration }: Resource, id: string): string | undefined {
  if (configuration.find('aws_api_gateway_rest_api', 'root_resource_id', id)) return '/';
  return configuration.find('aws_api_gateway_resource', 'id', id)?.text('path');
}
