import type { KeyType } from '../storage/key-encoding';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** The key of a table or of an index: a partition key and, with some, a sort key. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: KeyType;
}

/** Of elements that have been checked: the partition key is the first, and every attribute is defined. */
export function keySchemaOf(
  elements: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): KeySchema {
  const [hash, range] = elements.map(({ AttributeName: name }) => ({
    name,
    type: definitions.find(({ AttributeName }) => AttributeName === name)!.AttributeType,
  }));
  return range ? { hash: hash!, range } : { hash: hash! };
}

/** In order: the partition key and, if there is one, the sort key. */
export function keyAttributes({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range ? [hash, range] : [hash];
}
