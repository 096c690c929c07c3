import { GetCommand, QueryCommand, ScanCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { SavedItem } from 'dynamodb-toolbox/entity';
import type { Condition } from 'dynamodb-toolbox/entity/actions/parseCondition';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { DynamoDBToolboxError } from 'dynamodb-toolbox/errors';
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

/** Some of the table's items, or of an index's. */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Of the last row that was read; undefined when there are no more. */
  readonly lastKey: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The items among the next rows: rows that are no items, written by whoever, do not keep the others from being listed.
 * @param page which rows: of the table or, with a condition on its key, of an index
 */
export async function storedItems(page: Omit<QueryCommandInput, 'TableName'>): Promise<ItemPage> {
  const input = { TableName: ItemsTable.getName(), ...page };
  const command = page.KeyConditionExpression ? new QueryCommand(input) : new ScanCommand(input);
  const { Items = [], LastEvaluatedKey } = await ItemsTable.getDocumentClient().send(command);
  return { items: Items.map(itemOf).filter((item) => item !== undefined), lastKey: LastEvaluatedKey };
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
