import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { byName } from '../contract';
import type { List } from './cursor';

type Row = Readonly<Record<string, unknown>>;

/** A list of items: which rows it is of, and how a cursor holds the key of one. */
export interface ItemList {
  readonly id: List;
  readonly rows: Pick<
    QueryCommandInput,
    'IndexName' | 'KeyConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >;
  readonly partsOf: (row: Row) => string[];
  readonly keyOf: (parts: readonly string[]) => Record<string, string | undefined>;
}

/** All items, in no order. */
export function allItems(table: string): ItemList {
  return {
    id: [table],
    rows: {},
    partsOf: ({ id }) => [String(id)],
    keyOf: ([id]) => ({ id }),
  };
}

/** The items of a name, as they were created. */
export function itemsOfName(
  table: string,
  { indexName, partitionKey, sortKey }: typeof byName,
  name: string,
): ItemList {
  return {
    id: [table, indexName, name],
    rows: {
      IndexName: indexName,
      KeyConditionExpression: '#name = :name',
      ExpressionAttributeNames: { '#name': partitionKey },
      ExpressionAttributeValues: { ':name': name },
    },
    partsOf: (row) => [String(row.id), String(row[sortKey])],
    keyOf: ([id, sortedBy]) => ({ id, [partitionKey]: name, [sortKey]: sortedBy }),
  };
}
