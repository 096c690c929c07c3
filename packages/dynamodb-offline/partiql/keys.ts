import type { AttributeValue, Item } from '../attribute-value';
import { equalValues } from '../evaluation/compare';
import type { Comparand, Comparator, Condition } from '../expressions/tree';
import type { RangeCondition } from '../evaluation/key-condition';
import { keyAttributes, type KeySchema } from '../tables/key-schema';

type Where = Condition<AttributeValue>;

const mirrored: Readonly<Record<Comparator, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** The conditions that all have to hold. */
function conjuncts(where: Where | undefined): readonly Where[] {
  if (!where) return [];
  return where.type === 'and' ? where.conditions.flatMap(conjuncts) : [where];
}

/** What a condition asks of this attribute, when it is one that a key can be looked up with; an IN asks one of several. */
export function keyConditionsOn(name: string, condition: Where): readonly RangeCondition[] {
  if (condition.type === 'comparison') {
    const { left, right } = condition;
    const [path, other, comparator] =
      left.type === 'value'
        ? [right, left, mirrored[condition.comparator]]
        : [left, right, condition.comparator];
    if (!isAttribute(path, name) || other.type !== 'value' || comparator === '<>') return [];
    return [{ operator: comparator, value: other.value }];
  }
  if (condition.type === 'between') {
    const { operand, lower, upper } = condition;
    if (!isAttribute(operand, name) || lower.type !== 'value' || upper.type !== 'value') return [];
    return [{ operator: 'between', lower: lower.value, upper: upper.value }];
  }
  if (condition.type === 'begins_with') {
    const { operand, argument } = condition;
    if (!isAttribute(operand, name) || argument.type !== 'value') return [];
    return [{ operator: 'begins_with', prefix: argument.value }];
  }
  if (condition.type !== 'in' || !isAttribute(condition.operand, name)) return [];
  const values = condition.candidates.flatMap((each) => (each.type === 'value' ? [each.value] : []));
  return values.length < condition.candidates.length ? [] : values.map((value) => ({ operator: '=', value }));
}

/** The one value that a condition lets an attribute have; also `IN` with one value. */
export function valueOn(name: string, condition: Where): AttributeValue | undefined {
  const [wanted, another] = keyConditionsOn(name, condition);
  return wanted?.operator === '=' && !another ? wanted.value : undefined;
}

/** The value that an attribute must equal. */
function equalityOn(name: string, condition: Where): AttributeValue | undefined {
  return condition.type === 'comparison' ? valueOn(name, condition) : undefined;
}

/** The one item that a condition means. */
export interface Meant {
  readonly key: Item;
  /** What else has to hold of it. */
  readonly condition: Where | undefined;
  /** The name of a key attribute that would have to have two values. */
  readonly conflict: string | undefined;
}

/**
 * Takes the key out of a condition.
 * @param valueIn finds the value that a condition gives to an attribute
 * @returns undefined when it does not name the whole key
 */
export function meantBy(
  where: Where | undefined,
  schema: KeySchema,
  valueIn: typeof equalityOn = equalityOn,
): Meant | undefined {
  const key: Record<string, AttributeValue> = {};
  const names = keyAttributes(schema).map(({ name }) => name);
  let conflict: string | undefined;
  const rest = conjuncts(where).filter((condition) => {
    const name = names.find((each) => valueIn(each, condition));
    if (name === undefined) return true;
    const value = valueIn(name, condition)!;
    key[name] ??= value;
    if (equalValues(key[name], value)) return false;
    conflict ??= name;
    return true;
  });
  if (!names.every((name) => key[name])) return undefined;
  return { key, condition: rest.length > 1 ? { type: 'and', conditions: rest } : rest[0], conflict };
}

function isAttribute(operand: Comparand<AttributeValue>, name: string) {
  return operand.type === 'path' && operand.path.length === 1 && operand.path[0] === name;
}
