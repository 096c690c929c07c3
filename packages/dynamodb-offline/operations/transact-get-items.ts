import type { Item } from '../attribute-value';
import { validation } from '../errors';
import { project } from '../evaluation/projection';
import { refusePathsIntoKeys } from '../items/attribute-paths';
import { consumedCapacity, noConsumption, readUnits, type Consumption } from '../items/capacity';
import { checkKey, keyText } from '../items/keys';
import { checkParameters, placeholdersOf, projectionOf } from '../items/parameters';
import { itemSize } from '../items/size';
import { forAll, largestTransaction } from '../items/transactions';
import { operation } from '../operation';
import type { Table } from '../tables/table';
import { checkValues } from '../validation/attribute-value';
import {
  expressionAttributeNames,
  itemAttributes,
  returnConsumedCapacity,
  tableName,
} from '../validation/members';
import { list, required, string, structure } from '../validation/shape';

const shape = structure('TransactGetItemsInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TransactItems: required(
    list(
      structure('TransactGetItem', {
        Get: required(
          structure('Get', {
            Key: required(itemAttributes),
            TableName: required(tableName),
            ProjectionExpression: string(),
            ExpressionAttributeNames: expressionAttributeNames,
          }),
        ),
      }),
      { min: 1, max: 100 },
    ),
  ),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
export const transactGetItems = operation(shape, (context, request) => {
  const gets = request.TransactItems.map(({ Get: get }) => {
    checkParameters(get, { expressions: ['ProjectionExpression'], withValues: [], legacy: [] });
    checkValues(get.Key);
    const placeholders = placeholdersOf(get);
    const projection = projectionOf(get, placeholders);
    placeholders.refuseUnused();
    return { key: get.Key, projection, name: get.TableName };
  });
  const placed = gets.map((get) => ({ ...get, table: context.tables.table(get.name) }));
  forAll(placed, ({ table, key, projection }) => {
    checkKey(table.key, key);
    refusePathsIntoKeys(table, projection ?? []);
  });
  refuseDuplicates(placed);
  const consumptions = new Map<Table, Consumption>();
  let size = 0;
  const responses = placed.map(({ table, key, projection }) => {
    const item = table.rows.get(key);
    const consumption = consumptions.get(table) ?? noConsumption(table);
    consumptions.set(table, consumption);
    const bytes = item ? itemSize(item) : 0;
    size += bytes;
    consumption.tableUnits += 2 * readUnits(bytes, true);
    if (!item || !projection) return { Item: item };
    const projected = project(projection, item);
    // Unlike GetItem, it leaves out an item of which nothing is asked for.
    return { Item: Object.keys(projected).length > 0 ? projected : undefined };
  });
  if (size > largestTransaction)
    throw validation('The aggregate size of the items in the transaction exceeded 4 MB');
  const consumed = [...consumptions.values()].map((consumption) =>
    consumedCapacity(consumption, request.ReturnConsumedCapacity, 'ReadCapacityUnits'),
  );
  return { Responses: responses, ConsumedCapacity: consumed[0] ? consumed : undefined };
});

function refuseDuplicates(gets: readonly { table: Table; key: Item }[]) {
  const seen = new Set(gets.map(({ table, key }) => `${table.name} ${keyText(table.key, key)}`));
  if (seen.size === gets.length) return;
  throw validation('Transaction request cannot include multiple operations on one item');
}
