import type { RestIntegration } from '../../../terraform/model';
import type { RestCall } from '../call';
import { GatewayError } from '../errors';
import { forwardedHeaders } from '../event';
import { compileTemplate, templateInput, templateUtil, type Variables } from './template';

/**
 * What a custom integration, or a mock, is handed: the body through the template for its media type, or as it is where the passthrough
 * behaviour lets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function integrationRequest({
  requestTemplates,
  passthroughBehavior,
}: RestIntegration): (call: RestCall) => string {
  const events = new Map(
    Object.entries(requestTemplates).map(([type, template]): [string, EventOf] => [type, through(template)]),
  );
  const passes =
    passthroughBehavior === 'WHEN_NO_MATCH' ||
    (passthroughBehavior === 'WHEN_NO_TEMPLATES' && events.size === 0);

  return (call) => {
    const eventOf = events.get(call.contentType) ?? events.get('$default') ?? (passes && bodyAsIs);
    if (!eventOf) throw new GatewayError('unsupportedMediaType');
    return eventOf(call);
  };
}

type EventOf = (call: RestCall) => string;

const bodyAsIs: EventOf = ({ text }) => text;

function through(template: string): EventOf {
  // It needs no Velocity, which would take as long as all else that is done to a request.
  if (template === '$input.body') return bodyAsIs;
  const render = compileTemplate(template);
  return (call) => render(templateVariables(call, call.text, invalidJson));
}

/** Lambda takes JSON and nothing else; an empty payload is `{}` to it. */
export function asEvent(payload: string, call: RestCall, log: (line: string) => void): string {
  if (payload.trim() === '') return '{}';
  try {
    parse(payload, call);
    return payload;
  } catch (error) {
    if (payload !== call.text) log(`the request template made no JSON of the body: ${payload.slice(0, 200)}`);
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

/**
 * What a mapping template of this call can refer to. Most refer to little: the rest is made when it is asked for.
 * @param payload what `$input` stands for
 * @param invalidJson what to throw when the template looks into a payload that is no JSON
 * @param responseOverride what the template may set to change the response
 */
export function templateVariables(
  call: RestCall,
  payload: string,
  invalidJson: (reason: string) => Error,
  responseOverride?: object,
): Variables {
  const parameters = () => ({
    path: call.pathParameters,
    querystring: call.query,
    header: forwardedHeaders(call),
  });
  return {
    input: templateInput(payload, parameters, invalidJson),
    get context() {
      return responseOverride ? { ...call.context, responseOverride } : call.context;
    },
    stageVariables: call.api.stageVariables,
    util: templateUtil,
  };
}
