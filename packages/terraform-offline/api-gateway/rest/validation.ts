import Ajv from 'ajv-draft-04';
import { messageOf } from '../../message-of';
import type { RestMethod } from '../../terraform/model/rest-api';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/** @throws GatewayError for a request that its method's validator refuses */
type Validate = (call: RestCall) => void;

/**
 * Checks a method's requests as its request validator says: parameters first, then the body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function requestValidator(method: RestMethod): Validate {
  const checks: Validate[] = [];
  if (method.validateParameters) checks.push(parameterCheck(method));
  if (method.validateBody) checks.push(bodyCheck(method));
  return (call) => {
    for (const check of checks) check(call);
  };
}

type ValueOf = (call: RestCall, name: string) => string | undefined;

const LOCATIONS: Readonly<Record<string, ValueOf>> = {
  header: ({ headers }, name) => headers.findLast(([candidate]) => candidate === name)?.[1],
  querystring: ({ query }, name) => query.get(name)?.at(-1),
  path: ({ pathParameters }, name) => pathParameters[name],
};

function parameterCheck({ requestParameters }: RestMethod): Validate {
  const required = Object.keys(requestParameters)
    .filter((parameter) => requestParameters[parameter])
    .sort()
    .flatMap((parameter) => {
      const [, location = '', name = ''] = /^method\.request\.(\w+)\.(.+)$/.exec(parameter) ?? [];
      return name === '' ? [] : [{ name, valueOf: LOCATIONS[location] }];
    });
  return (call) => {
    const missing = required.filter(({ name, valueOf }) => !valueOf?.(call, name)?.trim());
    if (missing.length === 0) return;
    const names = missing.map(({ name }) => name).join(', ');
    throw new GatewayError('parametersMissing', `Missing required request parameters: [${names}]`);
  };
}

/** Against the model for the body's media type; a body whose media type has no model passes. */
function bodyCheck({ httpMethod, path, requestModels }: RestMethod): Validate {
  const violationOf = new Map(
    Object.entries(requestModels).map(([type, model]) => [
      type,
      modelCheck(model as object, `the model for ${type} of ${httpMethod} ${path}`),
    ]),
  );
  return (call) => {
    const check = violationOf.get(call.contentType) ?? violationOf.get('$default');
    const violation = check?.(call);
    if (violation !== undefined) throw new GatewayError('bodyInvalid', undefined, `[${violation}]`);
  };
}

/** Models are compiled when they are first needed: many are never. */
function modelCheck(model: object, name: string): (call: RestCall) => string | undefined {
  let violationIn: ReturnType<typeof compile> | undefined;
  return (call) => {
    let body: unknown;
    try {
      body = call.json;
    } catch (error) {
      return (error as Error).message;
    }
    return (violationIn ??= compile(model, name))(body);
  };
}

/**
 * Models may hold keywords and formats that API Gateway ignores.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
function compile(model: object, name: string): (body: unknown) => string | undefined {
  const ajv = new Ajv({ strict: false, validateFormats: false }).removeKeyword('nullable');
  try {
    const matches = ajv.compile(model);
    return (body) => (matches(body) ? undefined : ajv.errorsText(matches.errors));
  } catch (error) {
    throw new Error(`${name} is no JSON schema: ${messageOf(error)}`, { cause: error });
  }
}
