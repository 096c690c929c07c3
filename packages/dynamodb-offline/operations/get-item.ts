import { refusePathsIntoKeys } from '../items/attribute-paths';
import { consumedCapacity, noConsumption, readUnits } from '../items/capacity';
import { checkKey } from '../items/keys';
import { checkAttributesToGet, checkParameters, placeholdersOf, projectionOf } from '../items/parameters';
import { itemSize } from '../items/size';
import { project } from '../evaluation/projection';
import { operation } from '../operation';
import { checkValues } from '../validation/attribute-value';
import {
  attributesToGet,
  expressionAttributeNames,
  itemAttributes,
  returnConsumedCapacity,
  tableName,
} from '../validation/members';
import { boolean, required, string, structure } from '../validation/shape';

const shape = structure('GetItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  AttributesToGet: attributesToGet,
  TableName: required(tableName),
  Key: required(itemAttributes),
  ConsistentRead: boolean,
  ProjectionExpression: string(),
  ExpressionAttributeNames: expressionAttributeNames,
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export const getItem = operation(shape, (context, request) => {
  checkParameters(request, {
    expressions: ['ProjectionExpression'],
    withValues: [],
    legacy: ['AttributesToGet'],
  });
  checkValues(request.Key);
  checkAttributesToGet(request.AttributesToGet);
  const placeholders = placeholdersOf(request);
  const projection = projectionOf(request, placeholders);
  placeholders.refuseUnused();
  const table = context.tables.table(request.TableName);
  checkKey(table.key, request.Key);
  refusePathsIntoKeys(table, projection ?? []);
  const item = table.rows.get(request.Key);
  const consumption = noConsumption(table);
  consumption.tableUnits = readUnits(item ? itemSize(item) : 0, request.ConsistentRead);
  return {
    Item: item && (projection ? project(projection, item) : item),
    ConsumedCapacity: consumedCapacity(consumption, request.ReturnConsumedCapacity),
  };
});
