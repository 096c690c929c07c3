import { validation } from '../errors';
import { keyConditions } from '../evaluation/key-condition';
import { parseCondition, parseKeyCondition } from '../expressions';
import { pathsOf, refusePathsIntoKeys } from '../items/attribute-paths';
import { checkConditionalOperator, checkConditions, legacyCondition } from '../items/legacy-conditions';
import { readPage } from '../items/pages';
import {
  announced,
  checkAttributesToGet,
  checkParameters,
  parsing,
  placeholdersOf,
  projectionOf,
} from '../items/parameters';
import { checkSelect, indexOf, needsWholeItems } from '../items/reads';
import { checkQueryStart, checkStartValues, checkStartWithin } from '../items/start-keys';
import { operation } from '../operation';
import { keyAttributes, type KeySchema } from '../tables/key-schema';
import {
  attributesToGet,
  conditionalOperator,
  conditions,
  expressionAttributeNames,
  expressionAttributeValues,
  indexName,
  itemAttributes,
  returnConsumedCapacity,
  select,
  tableName,
} from '../validation/members';
import {
  boolean,
  integer,
  required,
  string,
  structure,
  tellingFirstOnly,
  type ValueOf,
} from '../validation/shape';

const shape = tellingFirstOnly(
  structure('QueryInput', {
    TableName: required(tableName),
    ReturnConsumedCapacity: returnConsumedCapacity,
    Select: select,
    IndexName: indexName,
    QueryFilter: conditions,
    ConditionalOperator: conditionalOperator,
    AttributesToGet: attributesToGet,
    Limit: integer(),
    KeyConditions: conditions,
    ExclusiveStartKey: itemAttributes,
    ConsistentRead: boolean,
    ScanIndexForward: boolean,
    KeyConditionExpression: string(),
    FilterExpression: string(),
    ProjectionExpression: string(),
    ExpressionAttributeValues: expressionAttributeValues,
    ExpressionAttributeNames: expressionAttributeNames,
  }),
);

type QueryRequest = ValueOf<typeof shape>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export const query = operation(shape, async (context, request) => {
  const { KeyConditionExpression: keyText, FilterExpression: filterText } = request;
  if (request.Limit !== undefined && request.Limit < 1) {
    throw announced(
      "Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  }
  checkParameters(request, {
    expressions: ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    withValues: ['FilterExpression', 'KeyConditionExpression'],
    // KeyConditions may stand beside the other expressions.
    legacy: [
      'AttributesToGet',
      'QueryFilter',
      'ConditionalOperator',
      ...(keyText === undefined ? [] : ['KeyConditions']),
    ],
  });
  checkConditionalOperator(request.ConditionalOperator, request.QueryFilter);
  checkConditions(request.QueryFilter);
  checkAttributesToGet(request.AttributesToGet);
  checkStartValues(request.ExclusiveStartKey);
  if (!request.KeyConditions && keyText === undefined) {
    throw validation(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  checkSelect(request, announced);
  const placeholders = placeholdersOf(request);
  const keyCondition =
    keyText === undefined
      ? keyConditionOf(request)
      : parsing(validation, () => parseKeyCondition(keyText, placeholders));
  const filter =
    filterText === undefined
      ? legacyCondition(request.QueryFilter, request.ConditionalOperator)
      : parsing(validation, () => parseCondition('FilterExpression', filterText, placeholders));
  const projection = projectionOf(request, placeholders);
  placeholders.refuseUnused();

  const table = context.tables.table(request.TableName);
  const index = indexOf(table, request.IndexName, request.ConsistentRead);
  const { key, rows } = index ?? table;
  const startKey = request.ExclusiveStartKey;
  if (startKey) checkQueryStart(table, index, startKey);
  if (request.KeyConditions) checkIndexable(key, request);
  const selected = keyConditions(keyCondition, key);
  const reverse = request.ScanIndexForward === false;
  let keyRange = rows.hashRange(selected);
  if (startKey) {
    const hash = key.hashes.map(({ name }) => startKey[name]!);
    checkStartWithin(table, index, startKey, selected, () =>
      rows.contains(rows.hashRange({ ...selected, hash }), startKey),
    );
    keyRange = rows.after(keyRange, startKey, reverse);
  }
  refuseKeysInFilter(key, filter && pathsOf(filter).map(([name]) => name), request.QueryFilter !== undefined);
  const wholeItems = needsWholeItems(table, index, request.Select, projection);
  refusePathsIntoKeys(table, [...(projection ?? []), ...pathsOf(filter)]);
  return readPage({
    table,
    index,
    ranges: [keyRange],
    reverse,
    limit: request.Limit,
    filter,
    projection,
    wholeItems,
    countOnly: request.Select === 'COUNT',
    isConsistent: request.ConsistentRead === true,
    returnConsumedCapacity: request.ReturnConsumedCapacity,
  });
});

function keyConditionOf({ KeyConditions: legacy }: QueryRequest) {
  checkConditions(legacy);
  const count = Object.keys(legacy ?? {}).length;
  if (count < 1 || count > 2) throw validation('Conditions can be of length 1 or 2 only');
  return legacyCondition(legacy)!;
}

/** The operators that `KeyConditions` may name and a key condition expression cannot say. */
function checkIndexable(key: KeySchema, { KeyConditions: legacy = {} }: QueryRequest) {
  for (const { name } of keyAttributes(key)) {
    const operator = legacy[name]?.ComparisonOperator;
    if (operator && ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'].includes(operator)) {
      throw validation('Attempted conditional constraint is not an indexable operation');
    }
  }
}

function refuseKeysInFilter(key: KeySchema, names: readonly string[] | undefined, isLegacy: boolean) {
  for (const { name } of keyAttributes(key)) {
    if (!names?.includes(name)) continue;
    const filter = isLegacy ? 'QueryFilter' : 'Filter Expression';
    throw validation(`${filter} can only contain non-primary key attributes: Primary key attribute: ${name}`);
  }
}
