import type { Header, MultiMap } from '../../../server/message';
import { parseObject } from '../../proxy-response';
import type { RestCall } from '../call';
import type { Payload } from '../content-handling';
import { GatewayError } from '../errors';
import { forwardedHeaders } from '../event';
import type { RequestOverride } from './request';
import { jsonPath, toText } from './template';

/** What the parameters of an integration's request are, by their location. */
export interface IntegrationParameters {
  readonly path: MultiMap;
  readonly querystring: MultiMap;
  readonly header: MultiMap;
}

/**
 * Parameters from `integration.request.<location>.<name>` → where the value comes from; one without a value is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 * @param override what a template set, which counts more
 * @throws GatewayError when one looks into a body that is no JSON
 */
export function mappedParameters(
  call: RestCall,
  parameters: Readonly<Record<string, string>>,
  override: RequestOverride,
): IntegrationParameters {
  const at = (location: keyof RequestOverride): MultiMap => {
    const prefix = `integration.request.${location}.`;
    const mapped = Object.entries(parameters)
      .filter(([parameter]) => parameter.startsWith(prefix))
      .map(([parameter, source]) => [parameter.slice(prefix.length), requestValues(source, call)] as const);
    const overridden = Object.entries(override[location]).map(
      ([name, value]) => [name, texts(value)] as const,
    );
    return new Map([...mapped, ...overridden].filter(([, values]) => values.length > 0));
  };
  return { path: at('path'), querystring: at('querystring'), header: at('header') };
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(asText);
}

/** Several only for a query parameter that came several times. */
function requestValues(source: string, call: RestCall): readonly string[] {
  const [, location = '', name = ''] = /^method\.request\.(\w+)(?:\.(.+))?$/.exec(source) ?? [];
  switch (location) {
    case '':
      return present(commonValue(source, call));
    case 'path':
      return present(Object.hasOwn(call.pathParameters, name) ? call.pathParameters[name] : '');
    case 'querystring':
      return present(call.query.get(name)?.at(-1));
    case 'multivaluequerystring':
      return call.query.get(name) ?? [];
    case 'header':
      return present(forwardedHeaders(call).get(name)?.at(-1));
    case 'multivalueheader':
      return present(forwardedHeaders(call).get(name)?.join(','));
    case 'body':
      return present(name === '' ? call.text : asText(jsonPath(jsonOf(call), `$.${name}`)));
    default:
      return [];
  }
}

function present(value = ''): readonly string[] {
  return value === '' ? [] : [value];
}

function jsonOf(call: RestCall): unknown {
  try {
    return call.json;
  } catch {
    throw new GatewayError('eventInvalid', 'Invalid JSON in request body');
  }
}

/**
 * Headers from `method.response.header.<name>` → where its value comes from; one without a value is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 */
export function mappedHeaders(
  call: RestCall,
  parameters: Readonly<Record<string, string>>,
  answer: Payload,
): Header[] {
  return Object.entries(parameters)
    .map(([parameter, source]): Header => [
      parameter.replace('method.response.header.', ''),
      responseValue(source, call, answer),
    ])
    .filter(([, value]) => value !== '');
}

function responseValue(source: string, call: RestCall, { body, headers }: Payload): string {
  if (source === 'integration.response.body') return body.toString();
  const [, location = '', name = ''] = /^integration\.response\.(\w+)\.(.+)$/.exec(source) ?? [];
  const values = () =>
    headers.filter(([header]) => header.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  switch (location) {
    case 'body':
      return asText(jsonPath(withParsedError(body.toString()), `$.${name}`));
    case 'header':
      return values().at(-1) ?? '';
    case 'multivalueheader':
      return values().join(',');
    default:
      return commonValue(source, call);
  }
}

/** What requests and responses can both be made of: `'a text'`, `context.requestId`, `stageVariables.name`. */
function commonValue(source: string, { context, api }: RestCall): string {
  if (/^'.*'$/s.test(source)) return source.slice(1, -1);
  const [, location = '', name = ''] = /^(context|stageVariables)\.(.+)$/.exec(source) ?? [];
  if (location === 'context') return asText(jsonPath(context, `$.${name}`));
  return Object.hasOwn(api.stageVariables, name) ? api.stageVariables[name]! : '';
}

/** AWS looks into an `errorMessage` that is itself JSON, for headers alone. */
function withParsedError(body: string): unknown {
  const payload = parseObject(body);
  const { errorMessage } = payload ?? {};
  const error = typeof errorMessage === 'string' ? parseObject(errorMessage) : undefined;
  return error ? { ...payload, errorMessage: error } : payload;
}

function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : toText(value);
}
