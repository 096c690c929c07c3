import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SavedItem } from 'dynamodb-toolbox/entity';
import type { Condition } from 'dynamodb-toolbox/entity/actions/parseCondition';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
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
  const get = ItemEntity.build(GetItemCommand).key({ id }).options({ consistent: true });
  // The entity's own command would leave the hidden attributes out.
  const { Item } = await ItemsTable.getDocumentClient().send(new GetCommand(get.params()));
  if (!Item) return undefined;
  try {
    const { createHash, writeId } = Item as SavedItem<typeof ItemEntity>;
    return { item: visible(Item), createHash, writeId };
  } catch (error) {
    if (DynamoDBToolboxError.match(error, 'formatter.')) return undefined;
    throw error;
  }
}

/** The item in a row, without the hidden attributes. */
export function visible(row: Readonly<Record<string, unknown>>): Item {
  return ItemEntity.build(EntityFormatter).format(row);
}
