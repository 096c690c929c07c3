import { validation } from '../errors';
import { parseCondition } from '../expressions';
import { pathsOf, refusePathsIntoKeys } from '../items/attribute-paths';
import { checkConditionalOperator, checkConditions, legacyCondition } from '../items/legacy-conditions';
import { readPage } from '../items/pages';
import {
  checkAttributesToGet,
  checkParameters,
  parsing,
  placeholdersOf,
  projectionOf,
} from '../items/parameters';
import { checkSelect, indexOf, needsWholeItems } from '../items/reads';
import { checkScanStart, checkStartValues } from '../items/start-keys';
import { operation } from '../operation';
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
import { boolean, integer, required, string, structure, type ValueOf } from '../validation/shape';

const shape = structure('ScanInput', {
  Select: select,
  IndexName: indexName,
  TotalSegments: integer({ min: 1, max: 1_000_000 }),
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableName),
  ConditionalOperator: conditionalOperator,
  ScanFilter: conditions,
  Segment: integer({ min: 0, max: 999_999 }),
  Limit: integer({ min: 1 }),
  AttributesToGet: attributesToGet,
  ExclusiveStartKey: itemAttributes,
  ConsistentRead: boolean,
  FilterExpression: string(),
  ProjectionExpression: string(),
  ExpressionAttributeValues: expressionAttributeValues,
  ExpressionAttributeNames: expressionAttributeNames,
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export const scan = operation(shape, async (context, request) => {
  const { FilterExpression: filterText, Segment: segment = 0, TotalSegments: segments = 1 } = request;
  checkParameters(request, {
    expressions: ['ProjectionExpression', 'FilterExpression'],
    withValues: ['FilterExpression'],
    legacy: ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
    whenAbsent: 'FilterExpression is null',
  });
  checkConditionalOperator(request.ConditionalOperator, request.ScanFilter);
  checkAttributesToGet(request.AttributesToGet);
  checkConditions(request.ScanFilter);
  checkStartValues(request.ExclusiveStartKey);
  checkSegments(request);
  checkSelect(request, validation);
  const placeholders = placeholdersOf(request);
  const filter =
    filterText === undefined
      ? legacyCondition(request.ScanFilter, request.ConditionalOperator)
      : parsing(validation, () => parseCondition('FilterExpression', filterText, placeholders), {
          tellsSize: true,
        });
  const projection = projectionOf(request, placeholders);
  placeholders.refuseUnused();

  const table = context.tables.table(request.TableName);
  const index = indexOf(table, request.IndexName, request.ConsistentRead);
  const { rows } = index ?? table;
  const startKey = request.ExclusiveStartKey;
  let range = rows.segmentRange(segment, segments);
  if (startKey) {
    checkScanStart(table, index, startKey);
    if (!rows.contains(range, startKey)) {
      throw validation(
        'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with ' +
          `correct Segment. TotalSegments: ${segments} Segment: ${segment}`,
      );
    }
    range = rows.after(range, startKey, false);
  }
  const wholeItems = needsWholeItems(table, index, request.Select, projection);
  refusePathsIntoKeys(table, [...(projection ?? []), ...pathsOf(filter)]);
  return readPage({
    table,
    index,
    ranges: [range],
    reverse: false,
    limit: request.Limit,
    filter,
    projection,
    wholeItems,
    countOnly: request.Select === 'COUNT',
    isConsistent: request.ConsistentRead === true,
    returnConsumedCapacity: request.ReturnConsumedCapacity,
  });
});

function checkSegments({ Segment: segment, TotalSegments: segments }: ValueOf<typeof shape>) {
  if (segment !== undefined && segments === undefined) {
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (segment === undefined && segments !== undefined) {
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (segment !== undefined && segments !== undefined && segment >= segments) {
    throw validation(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${segments}`,
    );
  }
}
