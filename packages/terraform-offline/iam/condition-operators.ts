import { BlockList, isIP, isIPv4 } from 'node:net';
import { arnLike, substituted, type VariableValue, wildcards } from './wildcards';

export interface ConditionOperator {
  /** Whether it holds where the comparison does not. */
  readonly negates: boolean;
  /** Whether the request's value is the policy's. What cannot be compared is not. */
  readonly compare: (wanted: string, actual: string, valueOf: VariableValue | undefined) => boolean;
}

/**
 * By name, without `ForAllValues:`, `ForAnyValue:` and `IfExists`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const CONDITION_OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: is((wanted, actual, valueOf) => substituted(wanted, valueOf) === actual),
  StringNotEquals: isNot((wanted, actual, valueOf) => substituted(wanted, valueOf) === actual),
  StringEqualsIgnoreCase: is(equalButForCase),
  StringNotEqualsIgnoreCase: isNot(equalButForCase),
  StringLike: is((wanted, actual, valueOf) => wildcards(wanted, '', valueOf).test(actual)),
  StringNotLike: isNot((wanted, actual, valueOf) => wildcards(wanted, '', valueOf).test(actual)),

  NumericEquals: is(numbers((wanted, actual) => actual === wanted)),
  NumericNotEquals: isNot(numbers((wanted, actual) => actual === wanted)),
  NumericLessThan: is(numbers((wanted, actual) => actual < wanted)),
  NumericLessThanEquals: is(numbers((wanted, actual) => actual <= wanted)),
  NumericGreaterThan: is(numbers((wanted, actual) => actual > wanted)),
  NumericGreaterThanEquals: is(numbers((wanted, actual) => actual >= wanted)),

  DateEquals: is(dates((wanted, actual) => actual === wanted)),
  DateNotEquals: isNot(dates((wanted, actual) => actual === wanted)),
  DateLessThan: is(dates((wanted, actual) => actual < wanted)),
  DateLessThanEquals: is(dates((wanted, actual) => actual <= wanted)),
  DateGreaterThan: is(dates((wanted, actual) => actual > wanted)),
  DateGreaterThanEquals: is(dates((wanted, actual) => actual >= wanted)),

  Bool: is((wanted, actual) => wanted.toLowerCase() === actual.toLowerCase()),
  BinaryEquals: is((wanted, actual) => Buffer.from(wanted, 'base64').equals(Buffer.from(actual, 'base64'))),

  IpAddress: is(isWithin),
  NotIpAddress: isNot(isWithin),

  // The two forms are the same.
  ArnEquals: is(arnLike),
  ArnLike: is(arnLike),
  ArnNotEquals: isNot(arnLike),
  ArnNotLike: isNot(arnLike),

  // Compares whether there is a value at all: see `holds`.
  Null: is(() => false),
};

type Compare = ConditionOperator['compare'];

function is(compare: Compare): ConditionOperator {
  return { negates: false, compare };
}

function isNot(compare: Compare): ConditionOperator {
  return { negates: true, compare };
}

function equalButForCase(wanted: string, actual: string, valueOf: VariableValue | undefined): boolean {
  return substituted(wanted, valueOf)?.toLowerCase() === actual.toLowerCase();
}

function numbers(compare: (wanted: number, actual: number) => boolean): Compare {
  return (wanted, actual) => compare(numberIn(wanted), numberIn(actual));
}

/** NaN, which is neither more nor less than anything, where there is none. */
function numberIn(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function dates(compare: (wanted: number, actual: number) => boolean): Compare {
  return (wanted, actual) => compare(timeOf(wanted), timeOf(actual));
}

/** ISO 8601, or seconds since 1970, as milliseconds. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text);
}

/** An address within `203.0.113.0/24`, `2001:db8::/32`, or the address alone. */
function isWithin(range: string, address: string): boolean {
  const [network = '', length] = range.split('/');
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(network) === 0 || isIP(network) !== isIP(plain)) return false;
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const bits = length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(plain, family);
}
