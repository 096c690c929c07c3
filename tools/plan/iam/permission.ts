import type { Condition, Statement } from 'terraform-offline/iam/policy';
import { isUnknown } from '../change';
import { referencesOf, referredTo } from '../expressions';
import type { Plan } from '../plan';
import type { ResourceChange, Values } from '../plan-json';
import { rightsOf, type Right } from './right';

/** What gives rights without a document of its own. */
interface Permission {
  readonly principal: string;
  readonly actions: (values: Values) => unknown;
  /** What the rights are on, by the attributes that name it. */
  readonly resource: readonly string[];
  /** Attributes that are conditions of the statement it becomes. */
  readonly conditions: Readonly<Record<string, { operator: string; key: string }>>;
}

const ORGANIZATION = { operator: 'StringEquals', key: 'aws:principalorgid' };

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  // https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
  aws_lambda_permission: {
    principal: 'principal',
    actions: ({ action = 'lambda:InvokeFunction' }) => action,
    resource: ['function_name', 'qualifier'],
    conditions: {
      source_arn: { operator: 'ArnLike', key: 'aws:sourcearn' },
      source_account: { operator: 'StringEquals', key: 'aws:sourceaccount' },
      principal_org_id: ORGANIZATION,
      event_source_token: { operator: 'StringEquals', key: 'lambda:eventsourcetoken' },
    },
  },
  // https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
  aws_lambda_layer_version_permission: {
    principal: 'principal',
    actions: ({ action = 'lambda:GetLayerVersion' }) => action,
    resource: ['layer_name', 'version_number'],
    conditions: { organization_id: ORGANIZATION },
  },
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
  aws_cloudwatch_event_permission: {
    principal: 'principal',
    actions: ({ action = 'events:PutEvents' }) => action,
    resource: ['event_bus_name'],
    conditions: {},
  },
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
  aws_kms_grant: {
    principal: 'grantee_principal',
    actions: ({ operations }) => textsOf(operations).map((operation) => `kms:${operation}`),
    resource: ['key_id'],
    conditions: {},
  },
};

/** What such a resource allows, as the statement that AWS makes of it; none for another resource. */
export function permissionOf(resource: ResourceChange, values: Values, plan: Plan): Right[] | undefined {
  const { type, change } = resource;
  const permission = PERMISSIONS[type];
  if (!permission) return undefined;
  const [role] = referredTo(resource, permission.principal, plan).filter(
    ({ type }) => type === 'aws_iam_role',
  );
  const principal = values[permission.principal] ?? (role && `\${${role.address}.arn}`);
  const isAfter = values === change.after;
  const conditions = Object.entries(permission.conditions).flatMap(([attribute, condition]): Condition[] => {
    const value = values[attribute];
    if (typeof value === 'string' && value !== '') return [{ ...condition, values: [value] }];
    // What it will be is written: an API's own ARN.
    const reference =
      referencesOf(resource, attribute, plan).find((one) => one.startsWith('aws_')) ?? attribute;
    return isAfter && isUnknown(change.after_unknown, [attribute])
      ? [{ ...condition, values: [`\${${reference}}`] }]
      : [];
  });
  const named = permission.resource.map((attribute) => values[attribute]);
  const statement: Statement = {
    effect: 'Allow',
    actions: textsOf(permission.actions(values)),
    notActions: [],
    resources: [named.filter((part) => part != null && part !== '').join(':') || 'it'],
    notResources: [],
    principals: principals(principal),
    conditions,
  };
  return rightsOf({ name: type, statements: [statement] });
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value ?? []].flat()).map((text: unknown) => String(text));
}

/** What nobody can tell is everyone. */
function principals(principal: unknown): NonNullable<Statement['principals']> {
  if (typeof principal !== 'string' || principal === '*') return { AWS: ['*'] };
  return { [/\.amazon(aws)?\.com(\.cn)?$/.test(principal) ? 'Service' : 'AWS']: [principal] };
}
