import type { AttributeValue, Item } from '../attribute-value';
import { DynamoDBError, validation } from '../errors';
import { keyAttributes, type KeyAttribute, type KeySchema } from '../tables/key-schema';
import type { Table } from '../tables/table';
import { valueSize } from './size';

/** What DynamoDB says of a key that is not one of the table's. */
export const keyMismatch = 'The provided key element does not match the schema';
const invalid = 'One or more parameter values were invalid: ';
const largestHashKey = 2048;
const largestRangeKey = 1024;

/** Refuses what is not exactly a key of this schema. */
export function checkKey(schema: KeySchema, key: Item): void {
  const attributes = keyAttributes(schema);
  if (Object.keys(key).length !== attributes.length) throw validation(keyMismatch);
  for (const attribute of attributes) {
    checkKeyValue(attribute, key[attribute.name], attribute === schema.hash);
  }
}

/** Refuses a value that cannot be this attribute of a key. */
export function checkKeyValue(
  attribute: KeyAttribute,
  value: AttributeValue | undefined,
  isHash: boolean,
): void {
  if (value === undefined || !(attribute.type in value)) throw validation(keyMismatch);
  refuseEmptyKey(attribute, value);
  refuseLargeKey(value, isHash);
}

/** Refuses an item that lacks its key, or whose key is none. In a batch, DynamoDB does not say what is wrong with it. */
export function checkKeyOfItem(schema: KeySchema, item: Item, { inBatch = false } = {}): void {
  for (const attribute of keyAttributes(schema)) {
    const value = item[attribute.name];
    if (inBatch && !(value && attribute.type in value)) throw validation(keyMismatch);
    if (value === undefined) throw validation(`${invalid}Missing the key ${attribute.name} in the item`);
    if (!(attribute.type in value)) {
      throw validation(
        `${invalid}Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
      );
    }
    refuseEmptyKey(attribute, value);
    refuseLargeKey(value, attribute === schema.hash);
  }
}

/**
 * Refuses an item that cannot be in an index whose key attributes it has; the indexes in the order of their names.
 * @param before the item that an update changes: what it leaves alone is not looked at
 */
export function checkIndexKeys(table: Table, item: Item, before?: Item): void {
  if (table.indexes.size === 0) return;
  const indexes = [...table.indexes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const index of indexes) {
    for (const attribute of keyAttributes(index.key)) {
      const value = item[attribute.name];
      if (value === undefined || isSame(value, before?.[attribute.name])) continue;
      if (!(attribute.type in value)) {
        throw validation(
          `${invalid}Type mismatch for Index Key ${attribute.name} ` +
            `Expected: ${attribute.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      if (isEmpty(value)) throw emptyIndexKey(attribute, value, index.name, before !== undefined);
      refuseLargeKey(value, index.key.hashes.includes(attribute));
    }
  }
}

/** The members of an item that are its key. */
export function keyOf(schema: KeySchema, item: Item): Item {
  return Object.fromEntries(keyAttributes(schema).map(({ name }) => [name, item[name]!]));
}

/** One text for each key. */
export function keyText(schema: KeySchema, item: Item): string {
  return JSON.stringify(keyAttributes(schema).map(({ name }) => item[name]));
}

export function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0]!;
}

/** A key attribute without content. Of the faults of an element of a transaction, this one refuses the whole request. */
export class EmptyKeyError extends DynamoDBError {
  constructor(message: string) {
    super(validation('').type, `One or more parameter values are not valid. ${message}`);
  }
}

function refuseEmptyKey({ name }: KeyAttribute, value: AttributeValue) {
  if (!isEmpty(value)) return;
  throw new EmptyKeyError(
    `The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value. Key: ${name}`,
  );
}

function emptyIndexKey({ name }: KeyAttribute, value: AttributeValue, index: string, byUpdate: boolean) {
  const what = byUpdate
    ? 'The update expression attempted to update a secondary index key to a value that is not supported.'
    : 'A value specified for a secondary index key is not supported.';
  const where = byUpdate ? '' : ` IndexName: ${index}, IndexKey: ${name}`;
  return new EmptyKeyError(
    `${what} The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value.${where}`,
  );
}

function refuseLargeKey(value: AttributeValue, isHash: boolean) {
  const size = valueSize(value);
  if (isHash && size > largestHashKey) {
    // The missing space is DynamoDB's.
    throw validation(
      `${invalid}Size of hashkey has exceeded the maximum size limit of${largestHashKey} bytes`,
    );
  }
  if (!isHash && size > largestRangeKey) {
    throw validation(
      `${invalid}Aggregated size of all range keys has exceeded the size limit of ${largestRangeKey} bytes`,
    );
  }
}

function isEmpty(value: AttributeValue) {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function kindOf(value: AttributeValue) {
  return 'S' in value ? 'string' : 'binary';
}

function isSame(value: AttributeValue, before: AttributeValue | undefined) {
  return before !== undefined && JSON.stringify(value) === JSON.stringify(before);
}
