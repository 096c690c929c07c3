import type { Item } from '../attribute-value';
import { validation } from '../errors';
import { project } from '../evaluation/projection';
import type { Path } from '../expressions/tree';
import { refusePathsIntoKeys } from '../items/attribute-paths';
import { consumedCapacity, noConsumption, readUnits } from '../items/capacity';
import { checkKey } from '../items/keys';
import {
  announced,
  checkAttributesToGet,
  checkParameters,
  placeholdersOf,
  projectionOf,
} from '../items/parameters';
import { itemSize } from '../items/size';
import { operation } from '../operation';
import { checkValues } from '../validation/attribute-value';
import {
  attributesToGet,
  expressionAttributeNames,
  itemAttributes,
  returnConsumedCapacity,
} from '../validation/members';
import { boolean, list, map, required, string, structure, type ValueOf } from '../validation/shape';

const keysAndAttributes = structure('KeysAndAttributes', {
  Keys: required(list(itemAttributes, { min: 1 })),
  AttributesToGet: attributesToGet,
  ConsistentRead: boolean,
  ProjectionExpression: string(),
  ExpressionAttributeNames: expressionAttributeNames,
});

const shape = structure('BatchGetItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  RequestItems: required(map(keysAndAttributes)),
});

type KeysAndAttributes = ValueOf<typeof keysAndAttributes>;

const mostKeys = 100;

/**
 * What is answered at most. Of 100 items of 300 KB, DynamoDB answers 52, so its 16 MB are decimal.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
const largestAnswer = 16_000_000;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const batchGetItem = operation(shape, (context, request) => {
  const requests = Object.entries(request.RequestItems);
  if (requests.length === 0) throw validation('The requestItems parameter is required for BatchGetItem');
  checkCount(request.RequestItems);
  refuseMixedParameters(Object.values(request.RequestItems));
  const projections = requests.map(([, keys]) => checkKeys(keys));
  const tables = requests.map(([name, { Keys: keys }], index) => {
    const table = context.tables.table(name);
    for (const key of keys) checkKey(table.key, key);
    refusePathsIntoKeys(table, projections[index] ?? []);
    return table;
  });

  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, KeysAndAttributes> = {};
  const consumed: (object | undefined)[] = [];
  let answered = 0;
  requests.forEach(([name, { Keys: keys, ...rest }], index) => {
    const table = tables[index]!;
    const projection = projections[index];
    const consumption = noConsumption(table);
    const found: Item[] = [];
    const left: Item[] = [];
    for (const key of keys) {
      const item = left.length === 0 ? table.rows.get(key) : undefined;
      const size = item ? itemSize(item) : 0;
      if (left.length > 0 || answered + size > largestAnswer) {
        left.push(key);
        continue;
      }
      answered += size;
      consumption.tableUnits += readUnits(size, rest.ConsistentRead);
      if (item) found.push(projection ? project(projection, item) : item);
    }
    responses[name] = found;
    if (left.length > 0) unprocessed[name] = { Keys: left, ...rest };
    consumed.push(consumedCapacity(consumption, request.ReturnConsumedCapacity));
  });
  return {
    Responses: responses,
    UnprocessedKeys: unprocessed,
    ConsumedCapacity: consumed[0] ? consumed : undefined,
  };
});

function checkCount(requests: Readonly<Record<string, KeysAndAttributes>>) {
  let count = 0;
  for (const [name, { Keys: keys }] of Object.entries(requests)) {
    if (keys.length > mostKeys) {
      throw announced(
        `Value at 'RequestItems.${name}.member.Keys' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${mostKeys}`,
      );
    }
    count += keys.length;
  }
  if (count > mostKeys) throw validation('Too many items requested for the BatchGetItem call');
}

/** One table's expression and another's list of attributes exclude each other too. */
function refuseMixedParameters(requests: readonly KeysAndAttributes[]) {
  const projection = requests.find((request) => request.ProjectionExpression !== undefined);
  const names = requests.find((request) => request.AttributesToGet !== undefined);
  checkParameters(
    { ProjectionExpression: projection?.ProjectionExpression, AttributesToGet: names?.AttributesToGet },
    { expressions: ['ProjectionExpression'], withValues: [], legacy: ['AttributesToGet'] },
  );
}

function checkKeys(request: KeysAndAttributes): readonly Path[] | undefined {
  checkParameters(request, { expressions: ['ProjectionExpression'], withValues: [], legacy: [] });
  checkAttributesToGet(request.AttributesToGet);
  const placeholders = placeholdersOf(request);
  const projection = projectionOf(request, placeholders);
  placeholders.refuseUnused();
  const seen = new Set<string>();
  for (const key of request.Keys) {
    checkValues(key);
    const text = JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (seen.has(text)) throw validation('Provided list of item keys contains duplicates');
    seen.add(text);
  }
  return projection;
}
