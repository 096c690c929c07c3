import type { IntegrationResponse } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { headerValue, type Header } from '../headers';
import { mediaType } from '../media-type';
import { GatewayError } from './gateway-error';
import { integrationRequest, templateParameters } from './integration-request';
import { invokeIntegration } from './invoke-integration';
import { templateInput } from './mapping/input';
import { templateRenderer } from './mapping/template';
import { templateUtil } from './mapping/util';
import { remapHeaders } from './remapped-headers';
import { responseParameters } from './response-parameters';
import { routeOf, type IntegratedCall } from './rest-call';
import { selectResponse } from './select-response';

/** `AWS`: templates make the event of the request, and the response of what the function returned or threw. */
export function customIntegration() {
  const render = templateRenderer();

  return async (call: IntegratedCall, dependencies: GatewayDependencies): Promise<GatewayResponse> => {
    const result = await invokeIntegration(call, integrationRequest(call, render), dependencies);
    const failed = result.outcome === 'function-error';
    const selected = selectResponse(
      call.integration.responses,
      failed ? result.errorMessage : undefined,
      (statuses) => {
        dependencies.log(
          `${routeOf(call)}: the selection patterns of ${statuses.join(' and ')} all match the error`,
        );
      },
    );
    const response = declared(call, selected, dependencies);
    const { type, template } = responseTemplate(call, response);
    const override: { header: Record<string, string>; status?: unknown } = { header: {} };
    const body =
      // An empty template passes the payload through, as none does.
      template === ''
        ? result.payload
        : render(template, {
            input: templateInput(
              result.payload,
              () => templateParameters(call),
              (reason) => new Error(reason),
            ),
            context: { ...call.context, responseOverride: override },
            stageVariables: call.api.stageVariables,
            util: templateUtil,
          });
    const mapped = responseParameters(response.parameters, {
      context: call.context,
      stageVariables: call.api.stageVariables,
      body: result.payload,
      headers: { 'Content-Type': 'application/json', ...(failed && { 'X-Amz-Function-Error': 'Unhandled' }) },
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
  call: IntegratedCall,
  response: IntegrationResponse | undefined,
  { log }: GatewayDependencies,
): IntegrationResponse {
  if (!response) {
    log(`${routeOf(call)}: No match for output mapping and no default output mapping configured`);
    throw new GatewayError('configuration');
  }
  const method = call.method.responses.find(({ statusCode }) => statusCode === response.statusCode);
  const undeclared = Object.keys(response.parameters).find(
    (parameter) => !(parameter in (method?.parameters ?? {})),
  );
  if (!method || undeclared !== undefined) {
    log(
      `${routeOf(call)}: Output mapping refers to an invalid method response: the method declares no ` +
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
function responseTemplate({ headers }: IntegratedCall, { templates }: IntegrationResponse) {
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
