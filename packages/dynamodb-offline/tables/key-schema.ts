import type { KeyType } from '../storage/key-encoding';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/**
 * The key of a table or of an index: a partition key and, with some, a sort key. Each may have several attributes in a global
 * index; `hash` and `range` are their first.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
 */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
  readonly hashes: readonly KeyAttribute[];
  readonly ranges: readonly KeyAttribute[];
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: KeyType;
}

/** Of elements that have been checked: the partition key comes first, and every attribute is defined. */
export function keySchemaOf(
  elements: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): KeySchema {
  const ofType = (keyType: KeySchemaElement['KeyType']) =>
    elements
      .filter(({ KeyType }) => KeyType === keyType)
      .map(({ AttributeName: name }) => ({
        name,
        type: definitions.find(({ AttributeName }) => AttributeName === name)!.AttributeType,
      }));
  const [hashes, ranges] = [ofType('HASH'), ofType('RANGE')];
  const [range] = ranges;
  return { hash: hashes[0]!, ...(range && { range }), hashes, ranges };
}

/** In order: those of the partition key and then, if there is one, those of the sort key. */
export function keyAttributes({ hashes, ranges }: KeySchema): readonly KeyAttribute[] {
  return [...hashes, ...ranges];
}

/** Whether a part of the key has several attributes. */
export function hasSeveralAttributes({ hashes, ranges }: KeySchema): boolean {
  return hashes.length > 1 || ranges.length > 1;
}
