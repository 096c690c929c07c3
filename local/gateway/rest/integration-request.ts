import type { RestIntegration } from '../../terraform/model';
import { headerValue } from '../headers';
import { mediaType } from '../media-type';
import { GatewayError } from './gateway-error';
import type { templateRenderer } from './mapping/template';
import type { RestCall } from './rest-call';
import { templateVariables } from './template-variables';

/**
 * The event of a custom integration: the body through the template for its media type, or as it is where the passthrough
 * behaviour lets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function integrationRequest(
  call: RestCall,
  integration: RestIntegration,
  render: ReturnType<typeof templateRenderer>,
): string {
  const template = requestTemplate(call, integration);
  return asEvent(
    template === undefined ? call.text : render(template, templateVariables(call, call.text, invalidJson)),
    call,
  );
}

function requestTemplate(
  { headers }: RestCall,
  { requestTemplates, passthroughBehavior }: RestIntegration,
): string | undefined {
  const type = mediaType(headerValue(headers, 'content-type') ?? 'application/json');
  const template = requestTemplates[type] ?? requestTemplates.$default;
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length === 0);
  if (template === undefined && !passes) throw new GatewayError('unsupportedMediaType');
  return template;
}

/** Lambda takes JSON and nothing else; an empty payload is `{}` to it. */
function asEvent(payload: string, call: RestCall): string {
  if (payload.trim() === '') return '{}';
  try {
    parse(payload, call);
    return payload;
  } catch (error) {
    throw invalidJson((error as Error).message);
  }
}

/** Most templates pass the body on, which a validator has parsed already. */
function parse(payload: string, call: RestCall): unknown {
  return payload === call.text ? call.json : JSON.parse(payload);
}

function invalidJson(reason: string): GatewayError {
  return new GatewayError('eventInvalid', `Could not parse request body into json: ${reason}`);
}
