import type { Condition, Statement } from 'terraform-offline/iam/policy';
import { covers } from './pattern';

/** The conditions of a statement, with their keys in lower case: they are not case-sensitive. */
export function conditionsOf({ conditions = [] }: Statement): Condition[] {
  return conditions.map((condition) => ({ ...condition, key: condition.key.toLowerCase() }));
}

/** Whether everything that meets `inner` meets `outer` too: all of a statement's conditions have to hold. */
export function areStricter(inner: readonly Condition[], outer: readonly Condition[]): boolean {
  return outer.every((condition) => inner.some((other) => implies(other, condition)));
}

export function conditionText({ operator, key, values }: Condition): string {
  return `${operator} ${key} ${values.join(', ')}`;
}

function implies(inner: Condition, outer: Condition): boolean {
  if (inner.key !== outer.key) return false;
  const one = operatorOf(inner);
  const other = operatorOf(outer);
  // Who has not the key at all meets `…IfExists`.
  if (one.set !== other.set || (one.ifExists && !other.ifExists)) return false;
  if (one.isNegative !== other.isNegative || !isWithin(one.name, other.name)) return false;
  const inequality = /^Numeric(Less|Greater)Than/.exec(other.name)?.[1];
  if (inequality !== undefined) {
    const [a, b] = [Number(inner.values[0]), Number(outer.values[0])];
    return (
      inner.values.length === 1 && outer.values.length === 1 && (inequality === 'Less' ? a <= b : a >= b)
    );
  }
  const matches = (pattern: string, value: string): boolean =>
    /Like$|^Arn/.test(other.name) ? covers(pattern, value) : pattern === value;
  return one.isNegative
    ? outer.values.every((value) => inner.values.some((pattern) => matches(pattern, value)))
    : inner.values.every((value) => outer.values.some((pattern) => matches(pattern, value)));
}

interface Operator {
  /** `ForAllValues:` or `ForAnyValue:`, if any. */
  readonly set: string;
  /** Without that, `Not` and `IfExists`: `StringEquals`. */
  readonly name: string;
  readonly isNegative: boolean;
  readonly ifExists: boolean;
}

function operatorOf({ operator }: Condition): Operator {
  const [, set = '', rest = ''] = /^(For(?:All|Any)Values?:)?(.*)$/s.exec(operator) ?? [];
  const name = rest.replace(/IfExists$/, '');
  return {
    set,
    name: name.replace('Not', '').replace(/^ArnEquals$/, 'ArnLike'),
    isNegative: name.includes('Not'),
    ifExists: rest.endsWith('IfExists'),
  };
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || (inner === 'StringEquals' && outer === 'StringLike');
}
