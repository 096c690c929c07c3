import type { LambdaFunction } from '../terraform/model';
import { wildcards } from '../iam/wildcards';

/** Whether the function's resource-based policy lets API Gateway invoke it from this ARN. */
export function allowsInvocation(fn: LambdaFunction, sourceArn: string): boolean {
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
