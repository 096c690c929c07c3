import { changeOf, isDestroyed } from '../change';
import type { ResourceChange, Values } from '../plan-json';
import { goesWithItsApi, type Rule } from '../rule';

/** What is lost with a resource of a type, and cannot be had back by applying the old configuration again. */
const LOSSES: Readonly<Record<string, (values: Values) => string>> = {
  aws_dynamodb_table: ({ name }) => `the table ${String(name)} and every item in it`,
  aws_api_gateway_rest_api: ({ name }) => `the API ${String(name)} and its URL, which every client uses`,
  aws_apigatewayv2_api: ({ name }) => `the API ${String(name)} and its URL, which every client uses`,
  aws_api_gateway_stage: ({ stage_name }) =>
    `the stage ${String(stage_name)} and its URL, which every client uses`,
  aws_apigatewayv2_stage: ({ name }) => `the stage ${String(name)} and its URL, which every client uses`,
  aws_cloudwatch_log_group: ({ name }) => `the log group ${String(name)} and every line in it`,
};

/** Destroying or replacing what holds data, or an address that clients know. */
export const loss: Rule = (resource, { plan }) => {
  const describe = LOSSES[resource.type];
  const { before } = resource.change;
  if (!describe || !before || !isDestroyed(resource) || goesWithItsApi(resource, plan)) return [];
  return [`${how(resource)}: ${describe(before)} would be lost`];
};

function how(resource: ResourceChange): string {
  const change = changeOf(resource);
  if (change?.action !== 'replace') return 'destroys it';
  const because = change.attributes.length > 0 ? change.attributes.join(', ') : change.reason;
  return `replaces it with a new, empty one (forced by ${because ?? 'Terraform'})`;
}
