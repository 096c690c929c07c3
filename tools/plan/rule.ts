import { isDestroyed } from './change';
import type { Configuration } from './configuration';
import type { Plan } from './plan';
import type { ResourceChange } from './plan-json';

/** What a rule may look at beside the resource itself. */
export interface RuleContext {
  readonly plan: Plan;
  /** The configuration's text, where it is at hand. */
  readonly configuration?: Configuration;
}

/** What a rule has to say of a change. */
export interface Finding {
  /** Whether it speaks against the plan, is a right that someone gains, or should be known. */
  readonly kind: 'refused' | 'gained' | 'noted';
  /** What would happen, and to whom; the resource is its subject: "destroys the table …". */
  readonly sentence: string;
  /** The attributes it is about; default: all that change. */
  readonly attributes?: readonly string[];
  /** What it has been read from, beside them: what the configuration shows of a value that the plan does not know. */
  readonly basis?: unknown;
}

/** Looks at one change after the other of a plan. */
export type Rule = (context: RuleContext) => (resource: ResourceChange) => Finding[];

export function refused(sentence: string, ...attributes: string[]): Finding {
  return { kind: 'refused', sentence, ...(attributes.length > 0 && { attributes }) };
}

/** Whether a part of an API goes because the API goes, which is said once, of the API. */
export function goesWithItsApi({ change }: ResourceChange, { byId }: Plan): boolean {
  const api = change.before?.rest_api_id ?? change.before?.api_id;
  return (byId.get(api) ?? []).some((other) => API_TYPES.includes(other.type) && isDestroyed(other));
}

const API_TYPES = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'];
