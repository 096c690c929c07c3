import type { AttributeValue, Item } from './attribute-value';
import { keyConditions } from './evaluation/key-condition';
import { wireValues } from './evaluation/wire-values';
import { Placeholders, parseCondition, parseKeyCondition, parseProjection, parseUpdate } from './expressions';
import { list, members, textOr, unlessInvalid, type Members } from './loose-json';
import { partitionsIn } from './partiql/reads';
import type { Statement } from './partiql/tree';
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

/** The keys of tables and their indexes, by name or ARN. */
export interface Schemas {
  readonly find: (
    nameOrArn: string,
  ) =>
    | { readonly key: KeySchema; readonly indexes: ReadonlyMap<string, { readonly key: KeySchema }> }
    | undefined;
}

/** Of one item, or of a page. */
export function conditionKeys(operation: string, request: Members, tables: Schemas): ConditionKeys {
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
export function batchKeys(asked: unknown, request: Members, table: string, tables: Schemas): ConditionKeys {
  const schema = schemaOf(table, undefined, tables);
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
    keyConditions(parseKeyCondition(expression, placeholdersOf(request)), schema).hash.flatMap(keyText),
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

function schemaOf(table: unknown, index: unknown, tables: Schemas): KeySchema | undefined {
  const found = typeof table === 'string' ? tables.find(table) : undefined;
  return typeof index === 'string' ? found?.indexes.get(index)?.key : found?.key;
}

/** Of a statement of PartiQL. */
export function statementKeys(statement: Statement, tables: Schemas): ConditionKeys {
  const schema = schemaOf(statement.source.table, statement.source.index, tables);
  const reads = statement.type === 'select';
  const named =
    statement.type === 'insert'
      ? Object.keys(statement.item)
      : topLevelNames([
          statement.where,
          statement.type === 'update' && statement.update,
          reads && (statement.columns ?? []).map((path) => ({ path })),
        ]);
  return present({
    'dynamodb:LeadingKeys': schema && leadingKeysOf(statement, schema),
    'dynamodb:Attributes': distinct(named),
    'dynamodb:Select': reads ? (statement.columns ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES') : undefined,
  });
}

function leadingKeysOf(statement: Statement, schema: KeySchema): string[] {
  if (statement.type === 'insert') return keyText(statement.item[schema.hash.name]);
  return distinct(statement.where ? partitionsIn(statement.where, schema).flatMap(keyText) : []);
}

function keyText(value: unknown): string[] {
  const { S, N, B } = members(value);
  return [S, N, B].filter((text) => typeof text === 'string');
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function present(keys: ConditionKeys): ConditionKeys {
  const entries = Object.entries(keys) as [string, string | readonly string[] | undefined][];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value.length > 0));
}
