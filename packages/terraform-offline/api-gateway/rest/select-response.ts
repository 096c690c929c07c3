import type { IntegrationResponse } from '../../terraform/model';

/**
 * Chooses the integration response for what a function, or a mock, answered. A pattern must match the whole of the error's
 * message, or of the status, and its `.` matches no line end. A success has an empty message, so that `.*` overrides the
 * default response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 * @param ambiguous told the statuses when several patterns match: AWS does not say which wins, here the lowest does
 * @returns the default response when no pattern matches; undefined when there is none
 */
export function responseSelector(
  responses: readonly IntegrationResponse[],
  ambiguous: (statuses: readonly number[]) => void,
): (text: string) => IntegrationResponse | undefined {
  const fallback = responses.find(({ selectionPattern }) => !selectionPattern);
  const patterned = responses
    .filter(({ selectionPattern }) => selectionPattern)
    .sort((a, b) => a.statusCode - b.statusCode)
    .map((response) => ({ response, matches: wholeMatcher(response.selectionPattern!) }));

  return (text) => {
    const matching = patterned.filter(({ matches }) => matches(text));
    if (matching.length > 1) ambiguous(matching.map(({ response }) => response.statusCode));
    return matching[0]?.response ?? fallback;
  };
}

/** Escapes and character classes, which stay, or a dot, which means less in Java: the next line U+0085 ends a line too. */
const TOKENS = /\\.|\[(?:\\.|[^\]])*\]|\./g;
const JAVA_DOT = String.raw`[^\n\r\u0085\u2028\u2029]`;

/** Other than that Java's inline flags, possessive quantifiers and atomic groups are missing here, and throw. */
function wholeMatcher(pattern: string): (text: string) => boolean {
  let expression: RegExp | undefined;
  return (text) => {
    expression ??= new RegExp(
      `^(?:${pattern.replace(TOKENS, (token) => (token === '.' ? JAVA_DOT : token))})$`,
    );
    return expression.test(text);
  };
}
