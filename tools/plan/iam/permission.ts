import type { Condition } from 'terraform-offline/iam/policy';
import { isUnknown } from '../change';
import type { ResourceChange, Values } from '../plan-json';
import { rightsOf, type Right } from './right';

/** Attributes of a permission that are conditions of the policy it becomes. */
const CONDITIONS: Readonly<Record<string, { operator: string; key: string }>> = {
  source_arn: { operator: 'ArnLike', key: 'aws:sourcearn' },
  source_account: { operator: 'StringEquals', key: 'aws:sourceaccount' },
  principal_org_id: { operator: 'StringEquals', key: 'aws:principalorgid' },
  organization_id: { operator: 'StringEquals', key: 'aws:principalorgid' },
  event_source_token: { operator: 'StringEquals', key: 'lambda:eventsourcetoken' },
};

/**
 * What a permission of a function or a layer allows, as the statement that Lambda makes of it; none for another resource.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function permissionOf({ type, change }: ResourceChange, values: Values): Right[] | undefined {
  if (type !== 'aws_lambda_permission' && type !== 'aws_lambda_layer_version_permission') return undefined;
  const { principal, action = 'lambda:InvokeFunction' } = values;
  const isAfter = values === change.after;
  const conditions = Object.entries(CONDITIONS).flatMap(([attribute, condition]): Condition[] => {
    const value = values[attribute];
    if (typeof value === 'string' && value !== '') return [{ ...condition, values: [value] }];
    // What it will be is written: an API's own ARN.
    return isAfter && isUnknown(change.after_unknown, [attribute])
      ? [{ ...condition, values: [`\${${attribute}}`] }]
      : [];
  });
  const holder = [values.function_name ?? values.layer_name, values.qualifier ?? values.version_number];
  const resource = holder.filter((part) => part != null && part !== '').join(':') || 'the function';
  const statement = {
    effect: 'Allow' as const,
    actions: [String(action)],
    notActions: [],
    resources: [resource],
    notResources: [],
    principals:
      typeof principal === 'string' && principal !== '*'
        ? { [kindOf(principal)]: [principal] }
        : { AWS: ['*'] },
    conditions,
  };
  return rightsOf({ name: type, statements: [statement] });
}

function kindOf(principal: string): 'Service' | 'AWS' {
  return /\.amazon(aws)?\.com(\.cn)?$/.test(principal) ? 'Service' : 'AWS';
}
