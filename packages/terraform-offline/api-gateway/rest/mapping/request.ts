import type { RestIntegration } from '../../../terraform/model/rest-api';
import type { RestCall } from '../call';
import { requestPayload } from '../content-handling';
import { GatewayError } from '../errors';
import { forwardedHeaders } from '../event';
import { templateInput, templateUtil, type Variables } from './template';

/** `$context.requestOverride`: a template sets parameters in it, by location and name. */
export type RequestOverride = Readonly<Record<'path' | 'querystring' | 'header', Record<string, unknown>>>;

export function requestOverride(): RequestOverride {
  return { path: {}, querystring: {}, header: {} };
}

/**
 * What a custom integration, or a mock, is handed: the body through the template for its media type, or as it is where the
 * passthrough behaviour lets it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 * @param override set by the template
 * @throws GatewayError for a media type that is not let through
 */
export function mappedRequest(
  call: RestCall,
  { requestTemplates, passthroughBehavior, contentHandling }: RestIntegration,
  log: (line: string) => void,
  override = requestOverride(),
): Buffer | string {
  const body = requestPayload(call, contentHandling, log);
  const type = [call.contentType, '$default'].find((type) => Object.hasOwn(requestTemplates, type));
  if (type === undefined) {
    const passes =
      passthroughBehavior === 'WHEN_NO_MATCH' ||
      (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length === 0);
    if (!passes) throw new GatewayError('unsupportedMediaType');
    return body;
  }
  const template = requestTemplates[type]!;
  if (typeof body !== 'string') {
    // As CORS preflights of APIs with the binary media type */* show: https://github.com/clebert/aws-simple/issues/167
    log(
      'Unable to transform request: the body is binary by the binary_media_types, and a template takes text; set content_handling = "CONVERT_TO_TEXT"',
    );
    throw new GatewayError('configuration');
  }
  // It needs no Velocity, which would take as long as all else that is done to a request.
  if (template === '$input.body') return body;
  return call.templates.render(
    template,
    templateVariables(call, body, invalidJson, { requestOverride: override }),
  );
}

/** Lambda takes JSON and nothing else; an empty payload is `{}` to it. */
export function asEvent(made: Buffer | string, call: RestCall, log: (line: string) => void): string {
  const payload = made === call.body ? call.text : made.toString();
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
 * @param override what the template may set of `$context` to change the request, or the response
 */
export function templateVariables(
  call: RestCall,
  payload: string,
  invalidJson: (reason: string) => Error,
  override: { readonly requestOverride: RequestOverride } | { readonly responseOverride: object },
): Variables {
  const parameters = () => ({
    path: call.pathParameters,
    querystring: call.query,
    header: forwardedHeaders(call),
  });
  return {
    input: templateInput(payload, parameters, invalidJson),
    get context() {
      return { ...call.context, ...override };
    },
    stageVariables: call.api.stageVariables,
    util: templateUtil,
  };
}
