import { headerValue } from '../headers';
import { mediaType } from '../media-type';
import { forwardedHeaders } from './forwarded-headers';
import { GatewayError } from './gateway-error';
import { templateInput, type Parameters } from './mapping/input';
import type { templateRenderer } from './mapping/template';
import { templateUtil } from './mapping/util';
import type { IntegratedCall } from './rest-call';

/** The path, query and headers that a template's `$input.params()` sees. */
export function templateParameters(call: IntegratedCall): Parameters {
  return { path: call.pathParameters, querystring: call.query, header: forwardedHeaders(call) };
}

/**
 * The event of a custom integration: the body through the template for its media type, or as it is where the passthrough
 * behaviour lets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function integrationRequest(
  call: IntegratedCall,
  render: ReturnType<typeof templateRenderer>,
): string {
  const { api, context, request } = call;
  const body = request.body.toString();
  const template = requestTemplate(call);
  const event =
    template === undefined
      ? body
      : render(template, {
          input: templateInput(body, () => templateParameters(call), invalidJson),
          context,
          stageVariables: api.stageVariables,
          util: templateUtil,
        });
  return asEvent(event);
}

function requestTemplate({ integration, headers }: IntegratedCall): string | undefined {
  const { requestTemplates, passthroughBehavior } = integration;
  const type = mediaType(headerValue(headers, 'content-type') ?? 'application/json');
  const template = requestTemplates[type] ?? requestTemplates.$default;
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length === 0);
  if (template === undefined && !passes) throw new GatewayError('unsupportedMediaType');
  return template;
}

/** Lambda takes JSON and nothing else; an empty payload is `{}` to it. */
function asEvent(payload: string): string {
  if (payload.trim() === '') return '{}';
  try {
    JSON.parse(payload);
    return payload;
  } catch (error) {
    throw invalidJson((error as Error).message);
  }
}

function invalidJson(reason: string): GatewayError {
  return new GatewayError('eventInvalid', `Could not parse request body into json: ${reason}`);
}
