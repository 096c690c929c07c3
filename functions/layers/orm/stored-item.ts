import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SavedItem } from 'dynamodb-toolbox/entity';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { ItemEntity, type Item } from './item-entity';
import { ItemsTable } from './items-table';

/** A row: the item in it, and the hidden attributes that explain why a condition failed. */
export interface StoredItem {
  readonly item: Item;
  readonly createHash: string | undefined;
  readonly writeId: string | undefined;
}

/** The row under an id, read consistently; undefined when there is none. */
export async function storedItem(id: string): Promise<StoredItem | undefined> {
  const get = ItemEntity.build(GetItemCommand).key({ id }).options({ consistent: true });
  // The entity's own command would leave the hidden attributes out.
  const { Item } = await ItemsTable.getDocumentClient().send(new GetCommand(get.params()));
  if (!Item) return undefined;
  const { createHash, writeId } = Item as SavedItem<typeof ItemEntity>;
  return { item: visible(Item), createHash, writeId };
}

/** The item in a row, without the hidden attributes. */
export function visible(row: Readonly<Record<string, unknown>>): Item {
  return ItemEntity.build(EntityFormatter).format(row);
}
