import type { core } from 'zod/mini';

type Issue<Code extends string> = Extract<core.$ZodRawIssue, { readonly code: Code }>;

/** What zod expects, as people call it. */
const NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

/** What is wrong with a value, in words for its sender. A message that the schema has for it goes before these. */
export function inWords(issue: core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${nameOf(issue.expected)}, not ${received(issue.input)}`;
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return tooBig(issue);
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((v) => JSON.stringify(v)).join(' or ')}`;
  return 'is not of the form that this request takes';
}

function tooSmall({ origin, minimum, inclusive }: Issue<'too_small'>): string {
  if (origin !== 'string') return `must be ${inclusive ? 'at least' : 'more than'} ${minimum}`;
  return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`;
}

function tooBig({ origin, maximum, inclusive }: Issue<'too_big'>): string {
  if (origin !== 'string') return `must be ${inclusive ? 'at most' : 'less than'} ${maximum}`;
  return `must have at most ${maximum} characters`;
}

function nameOf(type: string): string {
  return NAMES[type] ?? type;
}

function received(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean' || (typeof value === 'number' && !Number.isInteger(value)))
    return String(value);
  return nameOf(typeof value);
}
