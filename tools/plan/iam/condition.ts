import { BlockList, isIPv6 } from 'node:net';
import type { Condition, Statement } from 'terraform-offline/iam/policy';
import { covers, isPattern } from './pattern';

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
  if (one.set !== other.set || one.isNegative !== other.isNegative) return false;
  // A request without the key meets `…IfExists`, and every operator that negates.
  if (one.ifExists && !other.ifExists && !one.isNegative) return false;
  return one.isNegative
    ? outer.values.every((value) => inner.values.some((pattern) => takesIn(one, pattern, other, value)))
    : inner.values.every((value) => outer.values.some((pattern) => takesIn(other, pattern, one, value)));
}

/** Whether whatever meets the value by the one operator meets the pattern by the other. */
function takesIn(
  { name: wide }: Operator,
  pattern: string,
  { name: narrow }: Operator,
  value: string,
): boolean {
  const isText = ['StringEquals', 'StringLike', 'ArnLike'].includes(narrow);
  const isExact = narrow === 'StringEquals' || (isText && !isPattern(value));
  if (wide === 'StringEquals') return isExact && pattern === value;
  if (wide === 'StringLike') return isText && covers(pattern, value);
  if (wide === 'ArnLike') return (isExact || narrow === wide) && covers(pattern, value);
  if (wide === 'StringEqualsIgnoreCase') {
    return (isExact || narrow === wide) && pattern.toLowerCase() === value.toLowerCase();
  }
  if (wide === 'IpAddress') return narrow === wide && isSubnet(value, pattern);
  const [, kind, inequality] = /^(Numeric|Date)(LessThan|GreaterThan)/.exec(wide) ?? [];
  if (kind === undefined || inequality === undefined) {
    return narrow === wide && pattern.toLowerCase() === value.toLowerCase();
  }
  if (!narrow.startsWith(kind + inequality)) return false;
  const [limit, within] = [numberOf(kind, pattern), numberOf(kind, value)];
  if (limit === within) return wide.endsWith('Equals') || !narrow.endsWith('Equals');
  return inequality === 'LessThan' ? within < limit : within > limit;
}

/** A date is written in ISO 8601, or as seconds since 1970. */
function numberOf(kind: string, text: string): number {
  return kind === 'Date' && !/^\d+$/.test(text) ? Date.parse(text) / 1000 : Number(text);
}

/** Whether one address or range of the form `10.0.0.0/8` lies in another. */
function isSubnet(inner: string, outer: string): boolean {
  const [address = '', prefix] = inner.split('/');
  const [network = '', length] = outer.split('/');
  const [family, bits] = isIPv6(network) ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  if (isIPv6(address) !== isIPv6(network) || Number(prefix ?? bits) < Number(length ?? bits)) return false;
  try {
    const block = new BlockList();
    block.addSubnet(network, Number(length ?? bits), family);
    return block.check(address, family);
  } catch {
    return false;
  }
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
  const [, set = '', rest = ''] = /^(For(?:AllValues|AnyValue):)?(.*)$/s.exec(operator) ?? [];
  const name = rest.replace(/IfExists$/, '');
  return {
    set,
    // `ArnEquals` is the same: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    name: name.replace('Not', '').replace(/^ArnEquals$/, 'ArnLike'),
    isNegative: name.includes('Not'),
    ifExists: rest.endsWith('IfExists'),
  };
}
