import type { Statement } from '../iam/policy';
import { wildcards } from '../iam/wildcards';
import type { LambdaFunction } from '../terraform/model/function';

/** What a role may do, statement by statement, as a reader wants to see it. */
export interface RoleStatement {
  readonly effect: Statement['effect'];
  /** `dynamodb:PutItem`; with `NotAction` prefixed by `not`. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Every statement of the policies of a function's role. */
export function roleStatements(fn: LambdaFunction): RoleStatement[] {
  return fn.role.policies
    .flatMap(({ statements }) => statements)
    .map(({ effect, actions, notActions, resources, notResources }) => ({
      effect,
      actions: [...actions, ...notActions.map((action) => `not ${action}`)],
      resources: [...resources, ...notResources.map((resource) => `not ${resource}`)],
    }));
}

/** The DynamoDB actions that the role's `Allow` statements name on a resource: `PutItem`, or `*`. */
export function allowedTableActions(fn: LambdaFunction, tableArn: string): string[] {
  const actions = roleStatements(fn)
    .filter(
      ({ effect, resources }) => effect === 'Allow' && resources.some((one) => wildcards(one).test(tableArn)),
    )
    .flatMap((statement) => statement.actions)
    .map((action) => (action === '*' ? 'dynamodb:*' : action))
    .filter((action) => action.startsWith('dynamodb:'))
    .map((action) => action.slice('dynamodb:'.length));
  return [...new Set(actions)];
}
