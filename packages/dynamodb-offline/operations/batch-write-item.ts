import type { Item } from '../attribute-value';
import { validation } from '../errors';
import { addWrite, consumedCapacity, noConsumption } from '../items/capacity';
import { change } from '../items/changes';
import { itemCollectionMetrics } from '../items/collections';
import { checkIndexKeys, checkKey, checkKeyOfItem, keyOf, keyText } from '../items/keys';
import { itemSize, largestItem } from '../items/size';
import { operation } from '../operation';
import type { Table } from '../tables/table';
import { checkValues } from '../validation/attribute-value';
import { itemAttributes, returnConsumedCapacity, returnItemCollectionMetrics } from '../validation/members';
import { list, map, required, structure, type ValueOf } from '../validation/shape';

const writeRequest = structure('WriteRequest', {
  DeleteRequest: structure('DeleteRequest', { Key: required(itemAttributes) }),
  PutRequest: structure('PutRequest', { Item: required(itemAttributes) }),
});

const shape = structure('BatchWriteItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  RequestItems: required(map(list(writeRequest, { min: 1, max: 25 }))),
});

type WriteRequest = ValueOf<typeof writeRequest>;

const mostRequests = 25;

/** A put or a delete of one item. */
interface Write {
  readonly key: Item;
  readonly item: Item | undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export const batchWriteItem = operation(shape, async (context, request) => {
  const requests = Object.entries(request.RequestItems);
  if (requests.length === 0) throw validation('The requestItems parameter is required for BatchWriteItem');
  const all = requests.flatMap(([, writes]) => writes);
  if (all.length > mostRequests) throw validation('Too many items requested for the BatchWriteItem call');
  all.forEach(checkRequest);
  const batches = requests.map(([name, list]) => {
    const table = context.tables.table(name);
    return { name, table, writes: writesOf(table, list), consumption: noConsumption(table) };
  });
  await context.write((writes) => {
    for (const { table, writes: batch, consumption } of batches) {
      for (const { key, item } of batch) {
        const { before } = change(writes, {
          table,
          key,
          condition: undefined,
          returnOnFailure: undefined,
          apply: () => item,
        });
        addWrite(consumption, before, item);
      }
    }
  });
  const consumed = batches.map(({ consumption }) =>
    consumedCapacity(consumption, request.ReturnConsumedCapacity),
  );
  const metrics: Record<string, object[]> = {};
  for (const { name, table, writes } of batches) {
    const collections = new Map(writes.map(({ key }) => [JSON.stringify(key[table.key.hash.name]), key]));
    for (const key of collections.values()) {
      const one = await itemCollectionMetrics(table, key, request.ReturnItemCollectionMetrics);
      if (one) (metrics[name] ??= []).push(one);
    }
  }
  return {
    UnprocessedItems: {},
    ConsumedCapacity: consumed[0] ? consumed : undefined,
    ItemCollectionMetrics: Object.keys(metrics).length > 0 ? metrics : undefined,
  };
});

function checkRequest({ PutRequest: put, DeleteRequest: del }: WriteRequest) {
  if (Boolean(put) === Boolean(del)) {
    // What DynamoDB says here, of attribute values.
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (del) checkValues(del.Key);
  if (!put) return;
  checkValues(put.Item);
  if (itemSize(put.Item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
}

function writesOf(table: Table, requests: readonly WriteRequest[]): readonly Write[] {
  const seen = new Set<string>();
  return requests.map(({ PutRequest: put, DeleteRequest: del }) => {
    if (put) {
      checkKeyOfItem(table.key, put.Item, { inBatch: true });
      checkIndexKeys(table, put.Item);
    } else {
      checkKey(table.key, del!.Key);
    }
    const key = put ? keyOf(table.key, put.Item) : del!.Key;
    const text = keyText(table.key, key);
    if (seen.has(text)) throw validation('Provided list of item keys contains duplicates');
    seen.add(text);
    return { key, item: put?.Item };
  });
}
