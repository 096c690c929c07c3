import { isDestroyed } from './change';
import type { Plan } from './plan';
import type { ResourceChange } from './plan-json';
import { goesWithItsApi } from './rule';

/** Something to do after a plan is applied. */
export interface Note {
  readonly address: string;
  /** The resource is its subject. */
  readonly sentence: string;
}

/** What a deployment of a REST API takes a snapshot of. */
const SHAPE = [
  'aws_api_gateway_resource',
  'aws_api_gateway_method',
  'aws_api_gateway_method_response',
  'aws_api_gateway_integration',
  'aws_api_gateway_integration_response',
  'aws_api_gateway_gateway_response',
];

/**
 * The deployments whose snapshot still holds what the plan removes: the new one is made before the old parts go, since the
 * old one needs them. https://github.com/pulumi/pulumi-aws/issues/3289 (of the same provider)
 */
export function notesOf(plan: Plan): Note[] {
  const removed = plan.resource_changes.filter(
    (resource) => SHAPE.includes(resource.type) && isRemoved(resource) && !goesWithItsApi(resource, plan),
  );
  const apis = new Set(removed.map(({ change }) => change.before?.rest_api_id));
  return plan.resource_changes
    .filter(
      ({ type, change }) => type === 'aws_api_gateway_deployment' && apis.has(change.before?.rest_api_id),
    )
    .map(({ address }) => ({
      address,
      sentence: `still holds what is removed from the API, so that the stage goes on knowing it: once this is applied, run "terraform apply -replace=${address}" in the stack's folder`,
    }));
}

function isRemoved(resource: ResourceChange): boolean {
  return isDestroyed(resource) && !resource.change.actions.includes('create');
}
