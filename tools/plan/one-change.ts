import { doorOf, isDoor } from './doors';
import { groupedBy, type Plan } from './plan';
import type { ResourceChange, Values } from './plan-json';

/**
 * What AWS tells two of a kind apart by, where one that is destroyed and made anew under another address stays the same to
 * everyone: settings, and the parts of an API.
 */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_authorizer: ['rest_api_id', 'name'],
  aws_api_gateway_gateway_response: ['rest_api_id', 'response_type'],
  aws_api_gateway_integration: ['rest_api_id', 'resource_id', 'http_method'],
  aws_api_gateway_integration_response: ['rest_api_id', 'resource_id', 'http_method', 'status_code'],
  aws_api_gateway_method_settings: ['rest_api_id', 'stage_name', 'method_path'],
  aws_api_gateway_request_validator: ['rest_api_id', 'name'],
  aws_api_gateway_rest_api_policy: ['rest_api_id'],
  aws_apigatewayv2_authorizer: ['api_id', 'name'],
  aws_cloudwatch_event_rule: ['event_bus_name', 'name'],
  aws_cloudwatch_event_target: ['event_bus_name', 'rule', 'target_id'],
  aws_cloudwatch_metric_alarm: ['alarm_name'],
  aws_cloudwatch_composite_alarm: ['alarm_name'],
  aws_iam_policy: ['name', 'path'],
  aws_lambda_function_event_invoke_config: ['function_name', 'qualifier'],
  aws_lambda_function_url: ['function_name', 'qualifier'],
  aws_s3_bucket_lifecycle_configuration: ['bucket'],
  aws_s3_bucket_policy: ['bucket'],
  aws_s3_bucket_public_access_block: ['bucket'],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket'],
  aws_s3_bucket_versioning: ['bucket'],
  aws_sns_topic_policy: ['arn'],
  aws_sqs_queue_policy: ['queue_url'],
  aws_wafv2_web_acl_association: ['resource_arn'],
};

/** The changes, with what is destroyed and made anew under another address as one change of the new one. */
export function asOneChange(plan: Plan): ResourceChange[] {
  const changes = plan.resource_changes;
  const destroyed = changes.filter(
    ({ change, deposed }) => change.after === null && change.before !== null && deposed === undefined,
  );
  const byIdentity = groupedBy(destroyed, (other) => [
    identityOf(other, other.change.before, 'before', plan),
  ]);
  const taken = new Set<ResourceChange>();
  const twins = new Map<ResourceChange, ResourceChange>();
  for (const created of changes.filter(({ change }) => change.before === null && change.after !== null)) {
    const identity = identityOf(created, created.change.after, 'after', plan);
    const twin = (byIdentity.get(identity) ?? []).find((other) => !taken.has(other));
    if (twin) {
      twins.set(created, twin);
      taken.add(twin);
    }
  }
  return changes
    .filter((resource) => !taken.has(resource))
    .map((resource) => {
      const twin = twins.get(resource);
      return twin ? { ...resource, change: { ...resource.change, before: twin.change.before } } : resource;
    });
}

function identityOf(
  resource: ResourceChange,
  values: Values | null,
  when: 'before' | 'after',
  plan: Plan,
): string | undefined {
  if (isDoor(resource)) {
    const door = doorOf(resource, when, plan);
    return door && `${resource.type} ${door.api} ${door.key}`;
  }
  const attributes = IDENTITY[resource.type];
  const named = attributes?.map((attribute) => values?.[attribute] ?? '');
  // One of them has to be a name: what is all unknown is no identity.
  return named?.some((value) => value !== '') && named[0] !== ''
    ? `${resource.type} ${JSON.stringify(named)}`
    : undefined;
}
