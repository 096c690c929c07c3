import { GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SavedItem } from 'dynamodb-toolbox/entity';
import type { Condition } from 'dynamodb-toolbox/entity/actions/parseCondition';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { DynamoDBToolboxError } from 'dynamodb-toolbox/errors';
import { byName } from '../contract';
import { ItemEntity, type Item } from './item-entity';
import { ItemsTable } from './items-table';

/** A row: the item in it, and the hidden attributes that explain why a condition failed. */
export interface StoredItem {
  readonly item: Item;
  readonly createHash: string | undefined;
  readonly writeId: string | undefined;
}

/** What a row must be for a write to change it: other clients may have written rows that are no items. */
export const isItem: Condition<typeof ItemEntity> = {
  and: [
    { attr: 'createdAt', type: 'S' },
    { attr: 'updatedAt', type: 'S' },
    { attr: 'version', type: 'N' },
  ],
};

/** The row under an id, read consistently; undefined when there is none, or one that is no item. */
export async function storedItem(id: string): Promise<StoredItem | undefined> {
  // The entity's own command would leave the hidden attributes out.
  const get = new GetCommand({ TableName: ItemsTable.getName(), Key: { id }, ConsistentRead: true });
  const { Item: row } = await ItemsTable.getDocumentClient().send(get);
  const item = row && itemOf(row);
  if (!item) return undefined;
  const { createHash, writeId } = row as SavedItem<typeof ItemEntity>;
  return { item, createHash, writeId };
}

/** Some of the table's items: in no order or, of one name, as they were created. */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Of the last row that was read; undefined when there are no more. */
  readonly lastKey: string[] | undefined;
}

/**
 * The items among the next rows: rows that are no items, written by whoever, do not keep the others from being listed.
 * @param limit of rows
 * @param name of the items; undefined: all
 * @param after the key of the last row of the page before; undefined to begin
 */
export async function storedItems({
  limit,
  name,
  after,
}: {
  limit: number;
  name: string | undefined;
  after: readonly string[] | undefined;
}): Promise<ItemPage> {
  const client = ItemsTable.getDocumentClient();
  const [id, createdAt] = after ?? [];
  const page = { TableName: ItemsTable.getName(), Limit: limit };
  const { Items = [], LastEvaluatedKey } =
    name === undefined
      ? await client.send(new ScanCommand({ ...page, ...(after && { ExclusiveStartKey: { id } }) }))
      : await client.send(
          new QueryCommand({
            ...page,
            IndexName: byName.indexName,
            KeyConditionExpression: '#name = :name',
            ExpressionAttributeNames: { '#name': byName.partitionKey },
            ExpressionAttributeValues: { ':name': name },
            ...(after && { ExclusiveStartKey: { id, name, createdAt } }),
          }),
        );
  const items = Items.map(itemOf).filter((item) => item !== undefined);
  return { items, lastKey: LastEvaluatedKey && keyOf(LastEvaluatedKey as Item, name) };
}

/** Where an item stands in the list of all, or in that of a name. */
export function keyOf({ id, createdAt }: Pick<Item, 'id' | 'createdAt'>, name: string | undefined): string[] {
  return name === undefined ? [id] : [id, createdAt];
}

function itemOf(row: Readonly<Record<string, unknown>>): Item | undefined {
  try {
    return visible(row);
  } catch (error) {
    if (DynamoDBToolboxError.match(error, 'formatter.')) return undefined;
    throw error;
  }
}

/** The item in a row, without the hidden attributes. */
export function visible(row: Readonly<Record<string, unknown>>): Item {
  return ItemEntity.build(EntityFormatter).format(row);
}
