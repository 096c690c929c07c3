import type { AttributeValue, Item } from '../attribute-value';
import { conditionalCheckFailed, validation } from '../errors';
import { conditionHolds } from '../evaluation/condition';
import { applyUpdate, refuseKeyUpdates } from '../evaluation/update';
import type { Condition, Update, UpdateAction } from '../expressions/tree';
import { keyAttributes } from '../tables/key-schema';
import type { Table } from '../tables/table';
import type { Writes } from '../tables/writes';
import { refusePathsIntoKeys } from './attribute-paths';
import { checkIndexKeys } from './keys';
import { itemSize, largestItem, valueSize } from './size';

/** What a write does to one item. */
export interface Change {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition<AttributeValue> | undefined;
  /** Whether a failed condition shows the item. */
  readonly returnOnFailure: 'ALL_OLD' | 'NONE' | undefined;
  /** Undefined where a transaction only checks the condition. */
  readonly apply?: (before: Item | undefined) => Item | undefined;
}

export interface Changed {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Reads an item, checks the condition and writes what is then; to be run within `Context.write`. */
export function change(writes: Writes, { table, key, condition, returnOnFailure, apply }: Change): Changed {
  const before = writes.get(table, key);
  if (condition && !conditionHolds(condition, before)) {
    throw conditionalCheckFailed(returnOnFailure === 'ALL_OLD' ? before : undefined);
  }
  if (!apply) return { before, after: before };
  const after = apply(before);
  writes.put(table, before, after);
  return { before, after };
}

/** Refuses an update that it cannot be, whatever the item is. */
export function checkUpdate(table: Table, update: Update<AttributeValue>): void {
  refuseKeyUpdates(
    update,
    keyAttributes(table.key).map(({ name }) => name),
  );
  refusePathsIntoKeys(
    table,
    update.map(({ path }) => path),
  );
}

/**
 * The item after an update, checked as DynamoDB checks it, with the values at the paths that the update touches. An update
 * that only takes something away makes no item where there is none.
 */
export function updated(table: Table, update: Update<AttributeValue>, before: Item | undefined, key: Item) {
  const { item, touched } = applyUpdate(update, before, key);
  if (!before && update.length > 0 && update.every(takesAway)) return { item: undefined, touched };
  checkIndexKeys(table, item, before ?? {});
  if (updateSize(table, update, item) > largestItem) {
    throw validation('Item size to update has exceeded the maximum allowed size');
  }
  return { item, touched };
}

function takesAway({ type }: UpdateAction<AttributeValue>) {
  return type === 'remove' || type === 'delete';
}

/**
 * What DynamoDB compares with the largest size after an update is not the item's size: the key is left out, and the update
 * and each of its actions cost some bytes, so that an item that PutItem takes may be too large for UpdateItem.
 */
function updateSize(table: Table, update: Update<AttributeValue>, item: Item) {
  if (update.length === 0) return itemSize(item);
  const key = keyAttributes(table.key).reduce(
    (size, { name }) => size + Buffer.byteLength(name) + valueSize(item[name]!),
    0,
  );
  const actions = update.reduce((size, { type }) => size + (type === 'set' || type === 'add' ? 19 : 2), 3);
  return itemSize(item) - key + actions;
}
