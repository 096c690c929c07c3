import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
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
export function conjuncts(where: Where | undefined): readonly Where[] {
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

/** The value that an attribute must equal. */
export function equalityOn(name: string, condition: Where): AttributeValue | undefined {
  if (condition.type !== 'comparison') return undefined;
  const [wanted] = keyConditionsOn(name, condition);
  return wanted?.operator === '=' ? wanted.value : undefined;
}

/** The one item that a condition means. */
export interface Meant {
  readonly key: Item;
  /** What else has to hold of it. */
  readonly condition: Where | undefined;
}

/**
 * Takes the key out of a condition.
 * @returns undefined when it does not name the whole key
 */
export function meantBy(where: Where | undefined, schema: KeySchema): Meant | undefined {
  const key: Record<string, AttributeValue> = {};
  const names = keyAttributes(schema).map(({ name }) => name);
  const rest = conjuncts(where).filter((condition) => {
    for (const name of names) {
      const value = equalityOn(name, condition);
      if (!value) continue;
      if (key[name] && !equalValues(key[name], value)) {
        throw validation(
          `Multiple conditions on same key ${name}. Only single item Update/Insert/Delete are supported`,
        );
      }
      key[name] = value;
      return false;
    }
    return true;
  });
  if (!names.every((name) => key[name])) return undefined;
  return { key, condition: rest.length > 1 ? { type: 'and', conditions: rest } : rest[0] };
}

function isAttribute(operand: Comparand<AttributeValue>, name: string) {
  return operand.type === 'path' && operand.path.length === 1 && operand.path[0] === name;
}
