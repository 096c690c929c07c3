import type { LambdaFunction } from '../terraform/model';
import { wildcards } from '../wildcards';

/** What was decided of a function, by source ARN: an API has as many of those as it has routes. */
const decisions = new WeakMap<LambdaFunction, Map<string, boolean>>();

/** Whether the function's resource-based policy lets API Gateway invoke it from this ARN. */
export function allowsInvocation(fn: LambdaFunction, sourceArn: string): boolean {
  const known = decisions.get(fn) ?? new Map<string, boolean>();
  decisions.set(fn, known);
  const decision = known.get(sourceArn) ?? decide(fn, sourceArn);
  known.set(sourceArn, decision);
  return decision;
}

function decide(fn: LambdaFunction, sourceArn: string): boolean {
  return fn.permissions.some(
    (permission) =>
      ['lambda:InvokeFunction', 'lambda:*', '*'].includes(permission.action) &&
      ['apigateway.amazonaws.com', '*'].includes(permission.principal) &&
      (permission.sourceArn === undefined || arnLike(permission.sourceArn, sourceArn)),
  );
}

/**
 * Component by component, `*` and `?` staying within theirs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnLike(pattern: string, arn: string): boolean {
  const wanted = components(pattern);
  const actual = components(arn);
  return actual.every((component, i) => wildcards(wanted[i] ?? '').test(component));
}

/** The six parts of an ARN; the last one may itself hold colons. */
function components(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
