import { isObject } from '../is-object';
import { ACCOUNT } from '../terraform/account';

/** One permission that a request needs. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const TRANSACTION_MEMBERS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * What a request needs permission for: every table or index it names; `*` where it names none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @param operation `PutItem`
 * @param input the request's parameters
 */
export function requiredAccess(operation: string, input: unknown, region: string): Access[] {
  const action = `dynamodb:${operation}`;
  const tableArn = (name: string) =>
    name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${name}`;
  if (!isObject(input)) return [{ action, resource: '*' }];
  if (isObject(input.RequestItems)) {
    return Object.keys(input.RequestItems).map((name) => ({ action, resource: tableArn(name) }));
  }
  if (Array.isArray(input.TransactItems)) {
    return input.TransactItems.filter(isObject).flatMap((item) =>
      Object.entries(item).map(([member, target]) => ({
        action: `dynamodb:${TRANSACTION_MEMBERS[member] ?? member}`,
        resource: tableArn(isObject(target) ? String(target.TableName) : ''),
      })),
    );
  }
  if (typeof input.ResourceArn === 'string') return [{ action, resource: input.ResourceArn }];
  if (typeof input.TableName !== 'string') return [{ action, resource: '*' }];
  const table = tableArn(input.TableName);
  return [
    { action, resource: typeof input.IndexName === 'string' ? `${table}/index/${input.IndexName}` : table },
  ];
}
