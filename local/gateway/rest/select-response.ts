import type { IntegrationResponse } from '../../terraform/model';

/**
 * The integration response for what a function answered. A pattern must match the whole of the error's message, and its
 * `.` matches no line end. A success has an empty message, so that `.*` overrides the default response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 * @param errorMessage undefined when the function succeeded
 * @param ambiguous told the statuses when several patterns match: AWS does not say which wins, here the lowest does
 * @returns the default response when no pattern matches; undefined when there is none
 */
export function selectResponse(
  responses: readonly IntegrationResponse[],
  errorMessage: string | undefined,
  ambiguous: (statuses: readonly number[]) => void,
): IntegrationResponse | undefined {
  const matching = responses
    .filter(({ selectionPattern: pattern }) => pattern && matchesWhole(pattern, errorMessage ?? ''))
    .sort((a, b) => a.statusCode - b.statusCode);
  if (matching.length > 1) ambiguous(matching.map(({ statusCode }) => statusCode));
  return matching[0] ?? responses.find(({ selectionPattern }) => !selectionPattern);
}

/** Escapes and character classes, which stay, or a dot, which means less in Java: the next line U+0085 ends a line too. */
const TOKENS = /\\.|\[(?:\\.|[^\]])*\]|\./g;
const JAVA_DOT = String.raw`[^\n\r\u0085\u2028\u2029]`;

/** Patterns are the stacks' own, and few. */
const compiled = new Map<string, RegExp>();

/** Other than that Java's inline flags, possessive quantifiers and atomic groups are missing here, and throw. */
function matchesWhole(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    const source = pattern.replace(TOKENS, (token) => (token === '.' ? JAVA_DOT : token));
    expression = new RegExp(`^(?:${source})$`);
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}
