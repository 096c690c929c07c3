import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import type { Comparand, Comparator, Condition } from '../expressions';
import { typeOf } from './compare';

interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** The keys of a table or an index. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** What a query asks of the range key. */
export type RangeCondition =
  | { readonly operator: Exclude<Comparator, '<>'>; readonly value: AttributeValue }
  | { readonly operator: 'between'; readonly lower: AttributeValue; readonly upper: AttributeValue }
  | { readonly operator: 'begins_with'; readonly prefix: AttributeValue };

/** What a query asks for. */
export interface KeyConditions {
  readonly hash: AttributeValue;
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
  const { hash, range } = schema;
  const hashCondition = on(hash);
  if (!hashCondition) throw missing(hash);
  const value = hashCondition.operator === '=' ? hashCondition.value : undefined;
  if (conditions.length === 1) {
    checkType(hash, hashCondition);
    if (value === undefined) throw notSupported();
    return { hash: value };
  }
  if (value === undefined || !range) throw notSupported();
  checkType(hash, hashCondition);
  const rangeCondition = on(range);
  if (!rangeCondition) throw missing(range);
  checkType(range, rangeCondition);
  return { hash: value, range: rangeCondition };
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
