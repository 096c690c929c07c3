import { isObject } from '../../is-object';

export type FilterPattern = Readonly<Record<string, unknown>>;

type Rule = (value: unknown) => boolean;

/**
 * Whether a record matches a pattern: every member of it must match, a list by any of its elements.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function matchesPattern(record: unknown, pattern: FilterPattern): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as FilterPattern[]).some((one) => matchesPattern(record, one));
    const value = isObject(record) && Object.hasOwn(record, name) ? record[name] : undefined;
    if (Array.isArray(wanted)) return wanted.some((rule) => matchesAny(value, rule));
    return matchesPattern(value, wanted as FilterPattern);
  });
}

/** @throws for what Lambda would refuse, naming where it is */
export function refuseInvalidPattern(pattern: FilterPattern, where: string): void {
  for (const [name, wanted] of Object.entries(pattern)) {
    const at = `${where}.${name}`;
    if (name === '$or') {
      if (!Array.isArray(wanted) || wanted.length < 2 || !wanted.every(isObject)) {
        throw invalid(at, 'expected a list of two or more patterns');
      }
      for (const one of wanted) refuseInvalidPattern(one, at);
    } else if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw invalid(at, 'the list is empty');
      for (const rule of wanted) ruleOf(rule, at);
    } else if (isObject(wanted)) {
      refuseInvalidPattern(wanted, at);
    } else {
      throw invalid(at, `expected a list or an object, received ${JSON.stringify(wanted)}`);
    }
  }
}

/** Of a list in the record, any element counts. */
function matchesAny(value: unknown, rule: unknown): boolean {
  const matches = ruleOf(rule, '');
  return Array.isArray(value) ? value.some(matches) : matches(value);
}

function ruleOf(rule: unknown, where: string): Rule {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) throw invalid(where, 'a list within a list');
    return (value) => value === rule;
  }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(rule);
  const made = others.length === 0 && Object.hasOwn(RULES, name) ? RULES[name]!(argument) : undefined;
  if (!made) throw invalid(where, `${JSON.stringify(rule)} is no comparison`);
  return made;
}

/** What each comparison makes of its argument; undefined for one that it does not take. */
const RULES: Readonly<Record<string, (argument: unknown) => Rule | undefined>> = {
  exists: (wanted) => (typeof wanted === 'boolean' ? (value) => (value !== undefined) === wanted : undefined),
  prefix: (start) => text(start, (value, prefix) => value.startsWith(prefix)),
  suffix: (end) => text(end, (value, suffix) => value.endsWith(suffix)),
  'equals-ignore-case': (other) =>
    text(other, (value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  numeric,
  'anything-but': anythingBut,
};

function text(argument: unknown, holds: (value: string, argument: string) => boolean): Rule | undefined {
  if (typeof argument !== 'string') return undefined;
  return (value) => typeof value === 'string' && holds(value, argument);
}

/** Of what is there, all but these. */
function anythingBut(excluded: unknown): Rule | undefined {
  if (isObject(excluded)) {
    const [[name, argument] = ['', undefined]] = Object.entries(excluded);
    const rule = ['prefix', 'suffix', 'equals-ignore-case'].includes(name) && RULES[name]!(argument);
    return rule ? (value) => value !== undefined && !rule(value) : undefined;
  }
  const list: readonly unknown[] = Array.isArray(excluded) ? excluded : [excluded];
  return (value) => value !== undefined && !list.includes(value);
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]`. Numbers alone: those within DynamoDB's attribute values are texts, and match nothing. */
function numeric(argument: unknown): Rule | undefined {
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length)) return undefined;
  const limits: ((value: number) => boolean)[] = [];
  for (let i = 0; i < argument.length; i += 2) {
    const compare = COMPARISONS[String(argument[i])];
    const limit: unknown = argument[i + 1];
    if (!compare || typeof limit !== 'number') return undefined;
    limits.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && limits.every((holds) => holds(value));
}

function invalid(where: string, what: string): Error {
  return new Error(`${where}: Invalid filter pattern definition: ${what}`);
}
