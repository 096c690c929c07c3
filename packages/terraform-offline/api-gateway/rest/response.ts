import type { GatewayResponse } from '../../server/request';
import type { IntegrationResponse, RestIntegration, RestMethod } from '../../terraform/model';
import { type Header, headerNames, headerValue, mediaType } from '../message';
import { readStatus } from '../proxy-response';
import type { RestCall } from './call';
import { GatewayError } from './errors';
import { templateVariables } from './mapping/request';
import { type IntegrationAnswer, responseParameters } from './mapping/response-parameters';
import { compileTemplate, type RenderTemplate } from './mapping/template';

/**
 * Makes the response of what an integration answered.
 * @throws GatewayError when no integration response is for it, or the method does not declare its status or headers
 */
type MapResponse = (call: RestCall, answer: IntegrationAnswer) => GatewayResponse;

/**
 * Chooses the integration response by what a function's error, or a mock's status, is, and makes the answer with it.
 * @param selected the text that selection patterns are for
 */
export function integrationResponses(
  { responses }: RestIntegration,
  method: RestMethod,
  log: (line: string) => void,
) {
  const select = responseSelector(responses, (statuses) => {
    log(`the selection patterns of ${statuses.join(' and ')} all match the error`);
  });
  const mappings = new Map(
    responses.map((response): [typeof response, MapResponse] => [
      response,
      integrationResponse(response, method, log),
    ]),
  );
  return (call: RestCall, selected: string, answer: IntegrationAnswer): GatewayResponse => {
    const response = select(selected);
    const map = response && mappings.get(response);
    if (map) return map(call, answer);
    log('No match for output mapping and no default output mapping configured');
    throw new GatewayError('configuration');
  };
}

function integrationResponse(
  response: IntegrationResponse,
  method: RestMethod,
  log: (line: string) => void,
): MapResponse {
  const undeclared = undeclaredIn(response, method);
  const templates = responseTemplates(response);
  const parametersOf = responseParameters(response.parameters);

  return (call, answer) => {
    if (undeclared !== undefined) {
      log(`Output mapping refers to an invalid method response: the method declares no ${undeclared}`);
      throw new GatewayError('configuration');
    }
    const { type, render } = templates(call.header('accept'));
    const override: Override = { header: {} };
    const body = render ? render(templateVariables(call, answer.body, Error, override)) : answer.body;
    const headers = parametersOf(call, answer);
    headers.push(...Object.entries(override.header));
    if (headerValue(headers, 'content-type') === undefined) headers.push(['Content-Type', type]);
    return {
      status: readStatus(override.status) ?? response.statusCode,
      headers: remapHeaders(headers),
      body,
    };
  };
}

/** `$context.responseOverride`, as a template leaves it. */
interface Override {
  readonly header: Record<string, string>;
  readonly status?: unknown;
}

/** What a response refers to without the method declaring it. */
function undeclaredIn({ statusCode, parameters }: IntegrationResponse, method: RestMethod) {
  const declared = method.responses.find((candidate) => candidate.statusCode === statusCode);
  if (!declared) return `response ${statusCode}`;
  const header = Object.keys(parameters).find((parameter) => !(parameter in declared.parameters));
  return header && `${header} for ${statusCode}`;
}

/**
 * The template for the first media type the client accepts, else for `application/json`, else the first there is. An empty
 * one passes the payload through, as none does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#transforming-request-response-body
 */
function responseTemplates({ templates }: IntegrationResponse) {
  const compiled = new Map(
    Object.entries(templates).map(([type, template]): [string, RenderTemplate | undefined] => [
      type,
      template === '' ? undefined : compileTemplate(template),
    ]),
  );
  const [first = 'application/json'] = compiled.keys();
  const fallback = compiled.has('application/json') ? 'application/json' : first;

  return (accept: string | undefined) => {
    const wanted = accept === undefined ? fallback : mediaType(accept.split(',', 1)[0]!);
    const type = compiled.has(wanted) ? wanted : fallback;
    return { type, render: compiled.get(type) };
  };
}

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

/**
 * Headers a function cannot set: they go out under another name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const isRemapped = headerNames(
  'authorization',
  'connection',
  'content-length',
  'date',
  'server',
  'www-authenticate',
);
const isDropped = headerNames('transfer-encoding');

/** `WWW-Authenticate` → `x-amzn-Remapped-WWW-Authenticate`; `Transfer-Encoding` is dropped. */
export function remapHeaders(headers: readonly Header[]): Header[] {
  const remapped: Header[] = [];
  for (const header of headers) {
    const [name, value] = header;
    if (isRemapped(name)) remapped.push([`x-amzn-Remapped-${name}`, value]);
    else if (!isDropped(name)) remapped.push(header);
  }
  return remapped;
}
