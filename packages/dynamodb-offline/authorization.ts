import type { Caller } from './caller';
import { batchKeys, conditionKeys, statementKeys, type ConditionKeys, type Schemas } from './condition-keys';
import type { Context } from './context';
import type { DynamoDBError } from './errors';
import { list, members, textOr, unlessInvalid } from './loose-json';
import { parseStatement } from './partiql/parse';
import type { Statement } from './partiql/tree';
import type { AttributeValue } from './attribute-value';

/** One permission that a request needs. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** The ARN of a table, an index or a stream; `*` where there is none. */
  readonly resource: string;
  /** Expressions are parsed for it, so it is for who asks only. */
  readonly conditionKeys: () => ConditionKeys;
}

/**
 * Decides whether a caller may do what a request asks for.
 * @param operation `PutItem`
 * @returns undefined when it may; else the error that it gets
 */
export type Authorize = (
  caller: Caller,
  accesses: readonly Access[],
  operation: string,
) => DynamoDBError | undefined;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
const STATEMENT_ACTIONS: Readonly<Record<Statement['type'], string>> = {
  select: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
  exists: 'PartiQLSelect',
};

/** Where the tables are that a request names, and what is known of them. */
export type Place = Pick<Context, 'region' | 'accountId'> & {
  readonly tables: Schemas;
};

/**
 * What a request needs permission for: it is parsed JSON, and not known to be valid yet.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function requiredAccess(operation: string, json: unknown, context: Place): Access[] {
  const request = members(json);
  const one = (action: string, resource: string, conditionKeys = (): ConditionKeys => ({})): Access => ({
    action: `dynamodb:${action}`,
    resource,
    conditionKeys,
  });
  const arnOf = (name: unknown) => tableArn(name, context);
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(members(request.RequestItems)).map(([name, asked]) =>
        one(operation, arnOf(name), () => batchKeys(asked, request, name, context.tables)),
      );
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return list(request.TransactItems).flatMap((item) =>
        Object.entries(members(item)).map(([member, asked]) => {
          const target = members(asked);
          return one(TRANSACTION_ACTIONS[member] ?? member, arnOf(target.TableName), () => ({
            ...conditionKeys(TRANSACTION_ACTIONS[member] ?? member, target, context.tables),
            'dynamodb:EnclosingOperation': operation,
          }));
        }),
      );
    case 'ExecuteStatement':
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction': {
      const { Statements, TransactStatements } = request;
      const enclosing =
        operation === 'ExecuteTransaction' ? { 'dynamodb:EnclosingOperation': operation } : {};
      return list(Statements ?? TransactStatements ?? [request]).flatMap((asked) => {
        const { Statement: text, Parameters } = members(asked);
        const statement = unlessInvalid(() =>
          parseStatement(String(text), list(Parameters) as AttributeValue[]),
        );
        // What is no statement is refused as such: it reads and writes nothing.
        if (!statement) return [];
        const { table, index } = statement.source;
        const resource = arnOf(table) + (index === undefined ? '' : `/index/${index}`);
        return one(STATEMENT_ACTIONS[statement.type], resource, () => ({
          ...statementKeys(statement, context.tables),
          ...enclosing,
        }));
      });
    }
    case 'ListTables':
    case 'DescribeLimits':
    case 'DescribeEndpoints':
    case 'ListStreams':
      return [one(operation, '*')];
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsOfResource':
      return [one(operation, textOr(request.ResourceArn, '*'))];
    case 'DescribeStream':
    case 'GetShardIterator':
      return [one(operation, textOr(request.StreamArn, '*'))];
    case 'GetRecords':
      // An iterator begins with the ARN of its stream.
      return [one(operation, textOr(request.ShardIterator, '*').split('|')[0]!)];
    case 'CreateTable': {
      const table = arnOf(request.TableName);
      return [one(operation, table), ...(request.Tags === undefined ? [] : [one('TagResource', table)])];
    }
    default: {
      const table = arnOf(request.TableName);
      const index = typeof request.IndexName === 'string' ? `/index/${request.IndexName}` : '';
      return [one(operation, table + index, () => conditionKeys(operation, request, context.tables))];
    }
  }
}

function tableArn(name: unknown, { region, accountId }: Place): string {
  const text = typeof name === 'string' ? name : '';
  return text.startsWith('arn:') ? text : `arn:aws:dynamodb:${region}:${accountId}:table/${text}`;
}
