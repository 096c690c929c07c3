import type { IntegrationResponse, RestIntegration } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { headerValue, type Header } from '../headers';
import { mediaType } from '../media-type';
import { GatewayError } from './gateway-error';
import { integrationRequest } from './integration-request';
import { invokeIntegration } from './invoke-integration';
import { templateRenderer } from './mapping/template';
import { remapHeaders } from './remapped-headers';
import { responseParameters } from './response-parameters';
import type { RestCall } from './rest-call';
import { selectResponse } from './select-response';
import { templateVariables } from './template-variables';

/** Headers of Lambda's own answer. */
const HEADERS = { 'Content-Type': 'application/json' };
const FAILED_HEADERS = { ...HEADERS, 'X-Amz-Function-Error': 'Unhandled' };

/** `AWS`: templates make the event of the request, and the response of what the function returned or threw. */
export function customIntegration() {
  const render = templateRenderer();

  return async (
    call: RestCall,
    integration: RestIntegration,
    dependencies: GatewayDependencies,
  ): Promise<GatewayResponse> => {
    const event = integrationRequest(call, integration, render);
    const result = await invokeIntegration(call, integration, event, dependencies);
    const { payload } = result;
    const failed = result.outcome === 'function-error';
    const selected = selectResponse(
      integration.responses,
      failed ? result.errorMessage : undefined,
      (statuses) => {
        dependencies.log(
          `${call.route}: the selection patterns of ${statuses.join(' and ')} all match the error`,
        );
      },
    );
    const response = declared(call, selected, dependencies);
    const { type, template } = responseTemplate(call, response);
    const override: { header: Record<string, string>; status?: unknown } = { header: {} };
    const body =
      // An empty template passes the payload through, as none does.
      template === '' ? payload : render(template, templateVariables(call, payload, Error, override));
    const mapped = responseParameters(response.parameters, call, {
      body: payload,
      headers: failed ? FAILED_HEADERS : HEADERS,
    });
    const headers = [...mapped, ...Object.entries(override.header)];
    return {
      status: isStatus(override.status) ? override.status : response.statusCode,
      headers: remapHeaders(withContentType(headers, type)),
      body,
    };
  };
}

/** @throws GatewayError when there is no response to give, or the method does not declare its status and headers */
function declared(
  call: RestCall,
  response: IntegrationResponse | undefined,
  { log }: GatewayDependencies,
): IntegrationResponse {
  if (!response) {
    log(`${call.route}: No match for output mapping and no default output mapping configured`);
    throw new GatewayError('configuration');
  }
  const method = call.method.responses.find(({ statusCode }) => statusCode === response.statusCode);
  const undeclared = Object.keys(response.parameters).find(
    (parameter) => !(parameter in (method?.parameters ?? {})),
  );
  if (!method || undeclared !== undefined) {
    log(
      `${call.route}: Output mapping refers to an invalid method response: the method declares no ` +
        (method ? `${undeclared} for ${response.statusCode}` : `response ${response.statusCode}`),
    );
    throw new GatewayError('configuration');
  }
  return response;
}

/**
 * For the first media type the client accepts, else `application/json`, else the first there is.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#transforming-request-response-body
 */
function responseTemplate({ headers }: RestCall, { templates }: IntegrationResponse) {
  const accept = mediaType((headerValue(headers, 'accept') ?? '').split(',', 1)[0]!);
  const type = [accept, 'application/json', ...Object.keys(templates)].find((key) =>
    Object.hasOwn(templates, key),
  );
  return { type: type ?? 'application/json', template: templates[type ?? ''] ?? '' };
}

function withContentType(headers: readonly Header[], type: string): Header[] {
  const sent = headerValue(headers, 'content-type') !== undefined;
  return sent ? [...headers] : [...headers, ['Content-Type', type]];
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
}
