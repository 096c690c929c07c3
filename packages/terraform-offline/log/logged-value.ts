import { inspect } from 'node:util';
import { isObject } from '../is-object';

/**
 * A value that a function logged, for people: on one line, but for the errors in it. Each has its stack on lines of its
 * own, the errors within it after that, further to the right.
 */
export function loggedValue(value: unknown, colors: boolean): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return inspectLine(value, colors);
  const members = Object.entries(value);
  const rest = Object.fromEntries(
    members.filter(([name, member]) => !isPartOf(value, name) && !isError(member)),
  );
  const parts = [
    ...(isError(value) ? [stackOf(value)] : []),
    ...(Object.keys(rest).length > 0 ? [inspectLine(rest, colors)] : []),
  ];
  const errors = members.filter(([, member]) => isError(member));
  const [first = '', ...others] = [
    ...parts,
    ...errors.map(([name, error]) => `${name}: ${loggedValue(error, colors)}`),
  ];
  return [first, ...others.map(indented)].join('\n');
}

type LoggedError = Readonly<Record<string, unknown>>;

/** As Lambda writes errors, and as those are written that functions take apart themselves. */
const STACKS = ['stackTrace', 'stack'];
const ERROR_MEMBERS = new Set([...STACKS, 'errorType', 'errorMessage', 'name', 'message']);

function isError(value: unknown): value is LoggedError {
  return isObject(value) && stackLines(value).length > 0;
}

/** What the stack of an error says already. */
function isPartOf(value: LoggedError, name: string): boolean {
  return isError(value) && ERROR_MEMBERS.has(name);
}

function stackOf(error: LoggedError): string {
  return stackLines(error).join('\n');
}

function stackLines(error: LoggedError): string[] {
  const stack = STACKS.map((name) => error[name]).find((one) => one !== undefined);
  if (typeof stack === 'string' && stack !== '') return stack.split('\n');
  return Array.isArray(stack) ? stack.map(String) : [];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function inspectLine(value: unknown, colors: boolean): string {
  return inspect(value, { breakLength: Infinity, depth: 6, colors });
}
