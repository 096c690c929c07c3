import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import type { KeyConditions } from '../evaluation/key-condition';
import { equalValues } from '../evaluation/compare';
import { keyAttributes, type KeyAttribute } from '../tables/key-schema';
import type { Index, Table } from '../tables/table';
import { itemFault } from '../validation/attribute-value';
import { checkKey, checkKeyValue, keyMismatch, keyOf } from './keys';

const invalid = 'The provided starting key is invalid';

/** Refuses an `ExclusiveStartKey` whose values are none. Of some faults, DynamoDB does not say where they are. */
export function checkStartValues(startKey: Item | undefined): void {
  const fault = startKey && itemFault(startKey);
  if (!fault) return;
  const isUnplaced = fault.kind === 'number' || /duplicates|number set/.test(fault.message);
  throw validation(isUnplaced ? fault.message : `${invalid}: ${fault.message}`);
}

/** Refuses a start key that is no position in what Scan reads. */
export function checkScanStart(table: Table, index: Index | undefined, startKey: Item): void {
  checkCount(table, index, startKey, index ? invalid : `${invalid}: ${keyMismatch}`);
  for (const attribute of index ? keyAttributes(index.key) : []) {
    checkKeyValue(attribute, present(startKey, attribute), index!.key.hashes.includes(attribute));
  }
  checkKeyOfTable(table, startKey);
}

/** Refuses a start key that is no position in what Query reads: what Query says before it looks at the key condition. */
export function checkQueryStart(table: Table, index: Index | undefined, startKey: Item): void {
  checkCount(table, index, startKey, invalid);
  for (const attribute of (index ?? table).key.hashes) checkQueried(attribute, startKey, true);
}

/**
 * Refuses a start key outside of what a key condition selects.
 * @param isWithinRange whether the start key's position fulfils the condition on the range key, if there is one
 */
export function checkStartWithin(
  table: Table,
  index: Index | undefined,
  startKey: Item,
  { hash, range }: KeyConditions,
  isWithinRange: () => boolean,
): void {
  const { key } = index ?? table;
  for (const attribute of key.ranges) checkQueried(attribute, startKey, false);
  checkKeyOfTable(table, startKey);
  if (range && !isWithinRange()) {
    throw validation('The provided starting key does not match the range key predicate');
  }
  if (key.hashes.every(({ name }, index) => equalValues(startKey[name]!, hash[index]!))) return;
  throw validation(
    range
      ? 'The query can return at most one row and cannot be restarted'
      : 'The provided starting key is outside query boundaries based on provided conditions',
  );
}

function checkCount(table: Table, index: Index | undefined, startKey: Item, message: string) {
  const attributes = [...keyAttributes(table.key), ...(index ? keyAttributes(index.key) : [])];
  const names = new Set(attributes.map(({ name }) => name));
  if (Object.keys(startKey).length !== names.size) throw validation(message);
}

function checkQueried(attribute: KeyAttribute, startKey: Item, isHash: boolean) {
  const value = present(startKey, attribute);
  if (!(attribute.type in value)) throw validation(invalid);
  checkKeyValue(attribute, value, isHash);
}

function present(startKey: Item, { name }: KeyAttribute): AttributeValue {
  const value = startKey[name];
  if (!value) throw validation(invalid);
  return value;
}

function checkKeyOfTable({ key }: Table, startKey: Item) {
  try {
    const isComplete = keyAttributes(key).every(({ name }) => startKey[name]);
    checkKey(key, isComplete ? keyOf(key, startKey) : {});
  } catch (error) {
    throw validation(`${invalid}: ${(error as Error).message}`);
  }
}
