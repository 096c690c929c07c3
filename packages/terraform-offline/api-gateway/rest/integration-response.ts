import type { FunctionError, InvocationResult } from '../../lambda/invoker';
import type { IntegrationResponse, RestMethod } from '../../terraform/model';
import type { GatewayResponse } from '../gateway';
import { headerValue } from '../headers';
import { mediaType } from '../media-type';
import { readStatus } from '../proxy-response';
import { GatewayError } from './gateway-error';
import { compileTemplate, type RenderTemplate } from './mapping/template';
import { remapHeaders } from './remapped-headers';
import { responseParameters } from './response-parameters';
import type { RestCall } from './rest-call';
import { templateVariables } from './template-variables';

type Answer = Extract<InvocationResult, { outcome: 'success' }> | FunctionError;

/** @throws GatewayError when the method does not declare the status, or one of the headers */
export type MapResponse = (call: RestCall, answer: Answer) => GatewayResponse;

/** Headers of Lambda's own answer. */
const HEADERS = { 'Content-Type': 'application/json' };
const FAILED_HEADERS = { ...HEADERS, 'X-Amz-Function-Error': 'Unhandled' };

/** Makes the response of what the function returned or threw. */
export function integrationResponse(
  response: IntegrationResponse,
  method: RestMethod,
  log: (line: string) => void,
): MapResponse {
  const undeclared = undeclaredIn(response, method);
  const templates = responseTemplates(response);
  const parametersOf = responseParameters(response.parameters);

  return (call, { payload, outcome }) => {
    if (undeclared !== undefined) {
      log(`Output mapping refers to an invalid method response: the method declares no ${undeclared}`);
      throw new GatewayError('configuration');
    }
    const { type, render } = templates(call.header('accept'));
    const override: Override = { header: {} };
    const body = render ? render(templateVariables(call, payload, Error, override)) : payload;
    const headers = parametersOf(call, {
      body: payload,
      headers: outcome === 'function-error' ? FAILED_HEADERS : HEADERS,
    });
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
