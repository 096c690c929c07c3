import { FORBIDDEN_NAMES } from '../shared/http/guard';
import type { Violation } from '../shared/http/problem';
import { extendPath } from '../shared/http/violations';

/** Expressions have no quoted text, so a bare word is a name; `#word` and `:word` are placeholders. */
const BARE_WORD = /(?<![#:\w])\w+/g;

/**
 * What must not reach a table in the expressions of a request and the names they stand on, whatever DynamoDB says of
 * them: names that reach for a prototype, and parentheses that would end a condition put before them.
 */
export function expressionViolations(parameters: object): Violation[] {
  return Object.entries(parameters).flatMap(([member, value]: [string, unknown]) => {
    const path = `payload.${member}`;
    if (member === 'ExpressionAttributeNames') return nameViolations(path, value as Record<string, string>);
    if (typeof value !== 'string' || !member.endsWith('Expression')) return [];
    return complaints(value).map((message) => ({ path, message }));
  });
}

function nameViolations(path: string, names: Readonly<Record<string, string>>): Violation[] {
  return Object.entries(names)
    .filter(([, name]) => FORBIDDEN_NAMES.has(name))
    .map(([placeholder]) => ({
      path: extendPath(path, placeholder),
      message: 'is a name that is not allowed',
    }));
}

function complaints(expression: string): string[] {
  const forbidden = expression.match(BARE_WORD)?.find((word) => FORBIDDEN_NAMES.has(word));
  return [
    ...(forbidden === undefined ? [] : [`uses the name ${forbidden}, which is not allowed`]),
    ...(shallowest(expression) < 0 ? ['closes a parenthesis that it did not open'] : []),
  ];
}

/** The expression in parentheses, unless it is already: DynamoDB refuses redundant ones. */
export function grouped(expression: string): string {
  const inner = expression.trim();
  const isGrouped = inner.startsWith('(') && inner.endsWith(')') && shallowest(inner.slice(1, -1)) === 0;
  return isGrouped ? inner : `(${inner})`;
}

/** The least depth of parentheses anywhere in it; below 0 where one closes that was not opened. */
function shallowest(expression: string): number {
  let depth = 0;
  let least = 0;
  for (const char of expression) {
    if (char === '(') depth++;
    else if (char === ')') depth--;
    least = Math.min(least, depth);
  }
  return least;
}
