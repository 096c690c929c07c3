import { isDestroyed } from './change';
import type { PlanJson, ResourceChange } from './plan-json';
import type { Configuration } from './configuration';

/** What a rule may look at beside the resource itself. */
export interface RuleContext {
  readonly plan: PlanJson;
  /** The configuration's text, where it is at hand. */
  readonly configuration?: Configuration;
}

/** Says what speaks against a change, in sentences whose subject is the resource: "destroys the table …". */
export type Rule = (resource: ResourceChange, context: RuleContext) => string[];

/** Whether a part of an API goes because the API goes, which is said once, of the API. */
export function goesWithItsApi({ change }: ResourceChange, { resource_changes }: PlanJson): boolean {
  const api = change.before?.rest_api_id ?? change.before?.api_id;
  return (
    api !== undefined &&
    resource_changes.some(
      (other) => API_TYPES.includes(other.type) && isDestroyed(other) && other.change.before?.id === api,
    )
  );
}

const API_TYPES = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'];
