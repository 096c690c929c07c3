import type { AttributeValue, Item } from '../attribute-value';
import type { Comparand, Comparator, Condition } from '../expressions';
import { bytesOf, compareValues, equalValues, identityOf, membersOf, typeOf } from './compare';
import { valueAt } from './paths';

/** Whether a condition holds for an item; for an absent one it sees no attribute. */
export function conditionHolds(condition: Condition<AttributeValue>, item: Item = {}): boolean {
  const value = (operand: Comparand<AttributeValue>) => valueOf(operand, item);
  switch (condition.type) {
    case 'and':
      return condition.conditions.every((each) => conditionHolds(each, item));
    case 'or':
      return condition.conditions.some((each) => conditionHolds(each, item));
    case 'not':
      return !conditionHolds(condition.condition, item);
    case 'comparison':
      return compares(condition.comparator, value(condition.left), value(condition.right));
    case 'between': {
      const operand = value(condition.operand);
      return (
        compares('>=', operand, value(condition.lower)) && compares('<=', operand, value(condition.upper))
      );
    }
    case 'in': {
      const operand = value(condition.operand);
      return condition.candidates.some((candidate) => compares('=', operand, value(candidate)));
    }
    case 'attribute_exists':
      return valueAt(item, condition.path) !== undefined;
    case 'attribute_not_exists':
      return valueAt(item, condition.path) === undefined;
    case 'attribute_type': {
      const operand = value(condition.operand);
      return operand !== undefined && 'S' in condition.dataType && typeOf(operand) === condition.dataType.S;
    }
    case 'begins_with':
      return beginsWith(value(condition.operand), value(condition.argument));
    case 'contains':
      return contains(value(condition.operand), value(condition.argument));
  }
}

function valueOf(operand: Comparand<AttributeValue>, item: Item): AttributeValue | undefined {
  if (operand.type === 'value') return operand.value;
  if (operand.type === 'path') return valueAt(item, operand.path);
  const of = valueOf(operand.of, item);
  const size = of && sizeOf(of);
  return size === undefined ? undefined : { N: String(size) };
}

/** Strings have the length that Java gives them: UTF-16 units. Numbers, booleans and null have no size. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length;
  if ('B' in value) return bytesOf(value.B).length;
  if ('M' in value) return Object.keys(value.M).length;
  if ('L' in value) return value.L.length;
  return membersOf(value)?.length;
}

/** What is absent is unequal to everything, even to what is absent too, and has no order. */
function compares(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return equalValues(left, right);
  if (comparator === '<>') return !equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (value === undefined || prefix === undefined) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const beginning = bytesOf(prefix.B);
  return bytesOf(value.B).subarray(0, beginning.length).equals(beginning);
}

/** A string or binary contains its parts, a set its members, a list its elements. */
function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if ('S' in value && 'S' in part) return value.S.includes(part.S);
  if ('B' in value && 'B' in part) return bytesOf(value.B).includes(bytesOf(part.B));
  if ('L' in value) return value.L.some((element) => equalValues(element, part));
  if (typeOf(value) !== `${typeOf(part)}S`) return false;
  return membersOf(value)?.some((member) => identityOf(member) === identityOf(part)) ?? false;
}
