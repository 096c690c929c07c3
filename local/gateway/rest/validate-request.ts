import Ajv from 'ajv-draft-04';
import { GatewayError } from './gateway-error';
import type { RestCall } from './rest-call';

/**
 * Checks requests as the methods' request validators say: parameters first, then the body against the model for its media
 * type. A body whose media type has no model passes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function requestValidator(): (call: RestCall) => void {
  let ajv: Ajv | undefined;
  return (call) => {
    if (call.method.validateParameters) checkParameters(call);
    // Models may hold keywords and formats that API Gateway ignores.
    if (call.method.validateBody)
      checkBody(call, (ajv ??= new Ajv({ strict: false, validateFormats: false })));
  };
}

function checkParameters({ method, headers, query, pathParameters }: RestCall): void {
  const present: Readonly<Record<string, (name: string) => string | undefined>> = {
    header: (name) => headers.findLast(([candidate]) => candidate === name)?.[1],
    querystring: (name) => query.get(name)?.at(-1),
    path: (name) => pathParameters[name],
  };
  const missing = Object.keys(method.requestParameters)
    .filter((parameter) => method.requestParameters[parameter])
    .sort()
    .map((parameter) => /^method\.request\.(\w+)\.(.+)$/.exec(parameter))
    .filter((match) => match !== null && !present[match[1]!]?.(match[2]!)?.trim())
    .map((match) => match![2]!);
  if (missing.length > 0) {
    throw new GatewayError(
      'parametersMissing',
      `Missing required request parameters: [${missing.join(', ')}]`,
    );
  }
}

function checkBody(call: RestCall, ajv: Ajv): void {
  const { requestModels } = call.method;
  const type = Object.hasOwn(requestModels, call.contentType) ? call.contentType : '$default';
  const model = requestModels[type];
  if (model === undefined) return;
  const reason = violation(ajv, model as object, call);
  if (reason !== undefined) throw new GatewayError('bodyInvalid', undefined, `[${reason}]`);
}

/** What is wrong with the body; undefined when nothing is. */
function violation(ajv: Ajv, model: object, call: RestCall): string | undefined {
  let body: unknown;
  try {
    body = call.json;
  } catch (error) {
    return (error as Error).message;
  }
  // Ajv keeps what it compiled of a model.
  return ajv.validate(model, body) ? undefined : ajv.errorsText();
}
