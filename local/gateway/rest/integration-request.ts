import type { RestIntegration } from '../../terraform/model';
import { GatewayError } from './gateway-error';
import { compileTemplate, type RenderTemplate } from './mapping/template';
import type { RestCall } from './rest-call';
import { templateVariables } from './template-variables';

/**
 * The event of a custom integration: the body through the template for its media type, or as it is where the passthrough
 * behaviour lets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function integrationRequest({
  requestTemplates,
  passthroughBehavior,
}: RestIntegration): (call: RestCall) => string {
  const templates = new Map(
    Object.entries(requestTemplates).map(([type, template]): [string, RenderTemplate] => [
      type,
      compileTemplate(template),
    ]),
  );
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && templates.size === 0);

  return (call) => {
    const render = templates.get(call.contentType) ?? templates.get('$default');
    if (render) return asEvent(render(templateVariables(call, call.text, invalidJson)), call);
    if (!passes) throw new GatewayError('unsupportedMediaType');
    return asEvent(call.text, call);
  };
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
