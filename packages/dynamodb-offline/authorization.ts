import type { AttributeValue, Item } from './attribute-value';
import type { Caller } from './caller';
import type { Context } from './context';
import type { DynamoDBError } from './errors';
import { keyConditions } from './evaluation/key-condition';
import { wireValues } from './evaluation/wire-values';
import { Placeholders, parseCondition, parseKeyCondition, parseProjection, parseUpdate } from './expressions';
import type { Catalog } from './tables/catalog';
import type { KeySchema } from './tables/key-schema';

/**
 * What the conditions of policies compare, as the request tells it; absent where it tells nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export interface ConditionKeys {
  /** Values of the partition keys that are meant: text, decimal or base64. */
  readonly 'dynamodb:LeadingKeys'?: readonly string[];
  /** Top-level attributes that the request names. */
  readonly 'dynamodb:Attributes'?: readonly string[];
  readonly 'dynamodb:Select'?: string;
  readonly 'dynamodb:ReturnValues'?: string;
  readonly 'dynamodb:ReturnConsumedCapacity'?: string;
  /** `TransactWriteItems` or `TransactGetItems`. */
  readonly 'dynamodb:EnclosingOperation'?: string;
}

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

type Members = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * What a request needs permission for: it is parsed JSON, and not known to be valid yet.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function requiredAccess(operation: string, json: unknown, context: Context): Access[] {
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
        one(operation, arnOf(name), () =>
          batchKeys(asked, request, schemaOf(name, undefined, context.tables)),
        ),
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

function conditionKeys(operation: string, request: Members, tables: Catalog): ConditionKeys {
  const schema = schemaOf(request.TableName, request.IndexName, tables);
  return present({
    'dynamodb:LeadingKeys': schema && leadingKeys(request, schema),
    'dynamodb:Attributes': namedAttributes(request),
    'dynamodb:Select': READING.has(operation) ? selected(request) : undefined,
    'dynamodb:ReturnValues': textOr(request.ReturnValues, undefined),
    'dynamodb:ReturnConsumedCapacity': textOr(request.ReturnConsumedCapacity, undefined),
  });
}

/** Of one table in a batch. */
function batchKeys(asked: unknown, request: Members, schema: KeySchema | undefined): ConditionKeys {
  const writes = list(asked)
    .flatMap((write) => Object.values(members(write)))
    .map(members);
  const { Keys, ...reading } = members(asked);
  const items = [...list(Keys), ...writes.map(({ Item: item, Key }) => item ?? Key)].map(members);
  const isReading = !Array.isArray(asked);
  return present({
    'dynamodb:LeadingKeys': schema && items.flatMap((item) => keyText(item[schema.hash.name])),
    'dynamodb:Attributes': distinct([
      ...items.flatMap((item) => Object.keys(item)),
      ...namedAttributes(reading),
    ]),
    'dynamodb:Select': isReading ? selected(reading) : undefined,
    'dynamodb:ReturnConsumedCapacity': textOr(request.ReturnConsumedCapacity, undefined),
  });
}

const READING = new Set(['GetItem', 'Query', 'Scan']);

/** What is read when `Select` does not say it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
function selected({ Select, ProjectionExpression, AttributesToGet, IndexName }: Members): string {
  if (typeof Select === 'string') return Select;
  if (ProjectionExpression !== undefined || AttributesToGet !== undefined) return 'SPECIFIC_ATTRIBUTES';
  return IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}

function leadingKeys(request: Members, schema: KeySchema): string[] | undefined {
  const { name } = schema.hash;
  const item = request.Item ?? request.Key;
  if (item !== undefined) return keyText(members(item)[name]);
  const legacy = members(members(request.KeyConditions)[name]).AttributeValueList;
  if (legacy !== undefined) return list(legacy).flatMap(keyText);
  const expression = request.KeyConditionExpression;
  if (typeof expression !== 'string') return undefined;
  return unlessInvalid(() =>
    keyText(keyConditions(parseKeyCondition(expression, placeholdersOf(request)), schema).hash),
  );
}

/** Members that hold attributes by their names, and those that hold a list of names. */
const BY_NAME = ['Item', 'Key', 'Expected', 'AttributeUpdates', 'KeyConditions', 'QueryFilter', 'ScanFilter'];

function namedAttributes(request: Members): string[] {
  const placeholders = placeholdersOf(request);
  const { AttributesToGet } = request;
  const expressions: [unknown, (text: string) => unknown][] = [
    [request.ProjectionExpression, (text) => parseProjection(text, placeholders).map((path) => ({ path }))],
    [request.UpdateExpression, (text) => parseUpdate(text, placeholders)],
    [request.ConditionExpression, (text) => parseCondition('ConditionExpression', text, placeholders)],
    [request.FilterExpression, (text) => parseCondition('FilterExpression', text, placeholders)],
    [request.KeyConditionExpression, (text) => parseKeyCondition(text, placeholders)],
  ];
  return distinct([
    ...BY_NAME.flatMap((member) => Object.keys(members(request[member]))),
    ...list(AttributesToGet).filter((name) => typeof name === 'string'),
    ...expressions.flatMap(([text, parse]) =>
      typeof text === 'string' ? (unlessInvalid(() => topLevelNames(parse(text))) ?? []) : [],
    ),
  ]);
}

/** Of every path in a parsed expression. */
function topLevelNames(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(topLevelNames);
  return Object.entries(members(tree)).flatMap(([name, part]) => {
    if (name === 'value' || name === 'dataType') return topLevelNames(operandIn(part));
    return name === 'path' && Array.isArray(part) ? [String(part[0])] : topLevelNames(part);
  });
}

/** The value of a SET is an operand, with paths in it; any other value is an attribute value, without. */
function operandIn(value: unknown): unknown {
  return typeof members(value).type === 'string' ? value : undefined;
}

function placeholdersOf(request: Members): Placeholders<AttributeValue> {
  return new Placeholders(
    {
      ExpressionAttributeNames: members(request.ExpressionAttributeNames) as Record<string, string>,
      ExpressionAttributeValues: members(request.ExpressionAttributeValues) as Item,
    },
    wireValues,
  );
}

/** What is invalid names nothing: it is refused when it is looked at. */
function unlessInvalid<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function schemaOf(table: unknown, index: unknown, tables: Catalog): KeySchema | undefined {
  const found = typeof table === 'string' ? tables.find(table) : undefined;
  return typeof index === 'string' ? found?.indexes.get(index)?.key : found?.key;
}

function tableArn(name: unknown, { region, accountId }: Context): string {
  const text = typeof name === 'string' ? name : '';
  return text.startsWith('arn:') ? text : `arn:aws:dynamodb:${region}:${accountId}:table/${text}`;
}

function keyText(value: unknown): string[] {
  const { S, N, B } = members(value);
  return [S, N, B].filter((text) => typeof text === 'string');
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function present(keys: ConditionKeys): ConditionKeys {
  const entries = Object.entries(keys) as [string, string | readonly string[] | undefined][];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.length > 0));
}
