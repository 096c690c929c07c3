import { type Header, headerNames, headerValue, mediaType } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import type { IntegrationResponse, RestMethod } from '../../terraform/model/rest-api';
import { matchesWhole } from '../java-pattern';
import { readStatus } from '../proxy-response';
import type { RestCall } from './call';
import { type Payload, responsePayload } from './content-handling';
import { GatewayError } from './errors';
import { mappedHeaders } from './mapping/parameters';
import { templateVariables } from './mapping/request';

/**
 * Makes the response of what an integration answered, by the integration response that is for it.
 * @param selected the text that selection patterns are for: a function's error, or a mock's status
 * @throws GatewayError when there is none, or the method does not declare its status or headers
 */
export function mappedResponse(
  call: RestCall,
  selected: string,
  answer: Payload,
  log: (line: string) => void,
): HttpResponse {
  const { method } = call;
  const response = selectResponse(method.integration?.responses ?? [], selected, log);
  if (!response) {
    log('No match for output mapping and no default output mapping configured');
    throw new GatewayError('configuration');
  }
  const undeclared = undeclaredIn(response, method);
  if (undeclared !== undefined) {
    log(`Output mapping refers to an invalid method response: the method declares no ${undeclared}`);
    throw new GatewayError('configuration');
  }
  const { type, template } = templateFor(response, call.header('accept'));
  const override: Override = { header: {} };
  const payload = responsePayload(call, answer, response.contentHandling, log);
  const variables = () => templateVariables(call, payload.toString(), Error, { responseOverride: override });
  const body = template ? call.templates.render(template, variables()) : payload;
  const headers = mappedHeaders(call, response.parameters, answer);
  headers.push(...Object.entries(override.header));
  if (headerValue(headers, 'content-type') === undefined) headers.push(['Content-Type', type]);
  return {
    status: readStatus(override.status) ?? response.statusCode,
    headers: remapHeaders(headers),
    body,
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
function templateFor({ templates }: IntegrationResponse, accept: string | undefined) {
  const types = Object.keys(templates);
  const fallback = types.includes('application/json') ? 'application/json' : (types[0] ?? 'application/json');
  const wanted = accept === undefined ? fallback : mediaType(accept.split(',', 1)[0]!);
  const type = types.includes(wanted) ? wanted : fallback;
  return { type, template: types.includes(type) ? templates[type] : undefined };
}

/**
 * Chooses the integration response for what a function, or a mock, answered. A pattern must match the whole of the error's
 * message, or of the status, and its `.` matches no line end. A success has an empty message, so that `.*` overrides the
 * default response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 * Where several patterns match, AWS does not say which wins; here the lowest status does, and the log names them.
 * @returns the default response when no pattern matches; undefined when there is none
 */
function selectResponse(
  responses: readonly IntegrationResponse[],
  text: string,
  log: (line: string) => void,
): IntegrationResponse | undefined {
  const matching = responses
    .filter(({ selectionPattern }) => selectionPattern && matchesWhole(selectionPattern, text))
    .sort((a, b) => a.statusCode - b.statusCode);
  if (matching.length > 1) {
    const statuses = matching.map(({ statusCode }) => statusCode);
    log(`the selection patterns of ${statuses.join(' and ')} all match the error`);
  }
  return matching[0] ?? responses.find(({ selectionPattern }) => !selectionPattern);
}

/**
 * Headers an integration cannot set: they go out under another name, or not at all.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
const isRemapped = headerNames(
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
  // The gateway has its own.
  'x-amzn-requestid',
);
const isDropped = headerNames(
  'expect',
  'host',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
);

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
