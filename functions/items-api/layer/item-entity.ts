import { Entity, type FormattedItem } from 'dynamodb-toolbox/entity';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { itemAttributes } from './item-attributes';
import { ItemsTable } from './items-table';

const now = () => new Date().toISOString();

const atFirst = item({ id: string().key(), ...itemAttributes, createdAt: string().putDefault(now) });

/** The row of an item, plain, so that any client can read it. */
const schema = atFirst.and({
  updatedAt: string()
    .putLink<typeof atFirst>(({ createdAt }) => createdAt)
    .updateDefault(now),
  /** Counts the writes from 1; the item's entity tag. */
  version: number()
    .putDefault(1)
    .updateDefault(() => $add(1)),
  /** SHA-256 of what the item was created from: tells a repeated request from a reused `Idempotency-Key`. */
  createHash: string().optional().hidden(),
  /** Marks the last write: tells an own write, whose answer was lost, from somebody else's. */
  writeId: string().optional().hidden(),
});

export const ItemEntity = new Entity({
  name: 'item',
  table: ItemsTable,
  schema: schema.strict(),
  entityAttribute: false,
  timestamps: false,
});

/** An item as callers see it. */
export type Item = FormattedItem<typeof ItemEntity>;
