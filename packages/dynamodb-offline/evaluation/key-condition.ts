import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import type { Comparand, Comparator, Condition } from '../expressions';
import { hasSeveralAttributes, type KeyAttribute, type KeySchema } from '../tables/key-schema';
import { typeOf } from './compare';

/** What a query asks of the range key. */
export type RangeCondition =
  | { readonly operator: Exclude<Comparator, '<>'>; readonly value: AttributeValue }
  | { readonly operator: 'between'; readonly lower: AttributeValue; readonly upper: AttributeValue }
  | { readonly operator: 'begins_with'; readonly prefix: AttributeValue };

/** What a query asks for. */
export interface KeyConditions {
  /** One value for each attribute of the partition key. */
  readonly hash: readonly AttributeValue[];
  /** What the first attributes of the sort key equal, where it has several. */
  readonly leading: readonly AttributeValue[];
  /** On the attribute that follows. */
  readonly range?: RangeCondition;
}

/** A condition on one attribute. */
interface OnAttribute {
  readonly name: string;
  readonly condition: RangeCondition;
}

/**
 * Reads a query's conditions on keys: equality with a partition key, and perhaps a condition on the sort key.
 *
 * @param condition as `parseKeyCondition` returns it: attributes on the left, values on the right
 * @throws {DynamoDBError} a ValidationException when the keys are others, or of other types
 */
export function keyConditions(condition: Condition<AttributeValue>, schema: KeySchema): KeyConditions {
  const conditions = (condition.type === 'and' ? condition.conditions : [condition]).map(onAttribute);
  const on = ({ name }: KeyAttribute) => conditions.find((each) => each.name === name)?.condition;
  if (hasSeveralAttributes(schema)) return onSeveralAttributes(conditions, schema, on);
  if (conditions.length > 2) {
    throw validation('Invalid KeyConditionExpression: Conditions can be of length 1 or 2 only');
  }
  const { hash, range } = schema;
  const hashCondition = on(hash);
  if (!hashCondition) throw missing(hash);
  const value = hashCondition.operator === '=' ? hashCondition.value : undefined;
  if (conditions.length === 1) {
    checkType(hash, hashCondition);
    if (value === undefined) throw notSupported();
    return { hash: [value], leading: [] };
  }
  if (value === undefined || !range) throw notSupported();
  checkType(hash, hashCondition);
  const rangeCondition = on(range);
  if (!rangeCondition) throw missing(range);
  checkType(range, rangeCondition);
  return { hash: [value], leading: [], range: rangeCondition };
}

/**
 * Equality with every attribute of the partition key; conditions on those of the sort key from the left, without a gap, and
 * nothing but equality before the last one. DynamoDB's words for what breaks this have not been seen.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
 */
function onSeveralAttributes(
  conditions: readonly OnAttribute[],
  { hashes, ranges }: KeySchema,
  on: (attribute: KeyAttribute) => RangeCondition | undefined,
): KeyConditions {
  const hash = hashes.map((attribute) => {
    const condition = on(attribute);
    if (!condition) throw missing(attribute);
    if (condition.operator !== '=') throw notSupported();
    checkType(attribute, condition);
    return condition.value;
  });
  const named = ranges.slice(0, conditions.length - hashes.length).map((attribute) => {
    const condition = on(attribute);
    if (!condition) throw missing(attribute);
    checkType(attribute, condition);
    return condition;
  });
  if (named.length < conditions.length - hashes.length) throw notSupported();
  const range = named.pop();
  const leading = named.map((condition) => {
    if (condition.operator !== '=') throw notSupported();
    return condition.value;
  });
  return { hash, leading, ...(range && { range }) };
}

function onAttribute(condition: Condition<AttributeValue>): OnAttribute {
  if (condition.type === 'comparison' && condition.comparator !== '<>') {
    const { comparator, left, right } = condition;
    return { name: nameOf(left), condition: { operator: comparator, value: valueOf(right) } };
  }
  if (condition.type === 'between') {
    const [lower, upper] = [valueOf(condition.lower), valueOf(condition.upper)];
    return { name: nameOf(condition.operand), condition: { operator: 'between', lower, upper } };
  }
  if (condition.type === 'begins_with') {
    const prefix = valueOf(condition.argument);
    return { name: nameOf(condition.operand), condition: { operator: 'begins_with', prefix } };
  }
  throw notSupported();
}

function nameOf(operand: Comparand<AttributeValue>): string {
  if (operand.type !== 'path') throw notSupported();
  return operand.path[0];
}

function valueOf(operand: Comparand<AttributeValue>): AttributeValue {
  if (operand.type !== 'value') throw notSupported();
  return operand.value;
}

function checkType({ name, type }: KeyAttribute, condition: RangeCondition): void {
  for (const value of valuesOf(condition)) {
    if (typeOf(value) !== type) {
      throw validation(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    if (condition.operator !== 'begins_with' && isEmpty(value)) {
      const what = type === 'S' ? 'string' : 'binary';
      throw validation(
        'One or more parameter values are not valid. ' +
          `The AttributeValue for a key attribute cannot contain an empty ${what} value. Key: ${name}`,
      );
    }
  }
}

function valuesOf(condition: RangeCondition): AttributeValue[] {
  if (condition.operator === 'between') return [condition.lower, condition.upper];
  return [condition.operator === 'begins_with' ? condition.prefix : condition.value];
}

function isEmpty(value: AttributeValue): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function missing({ name }: KeyAttribute): Error {
  return validation(`Query condition missed key schema element: ${name}`);
}

function notSupported(): Error {
  return validation('Query key condition not supported');
}
