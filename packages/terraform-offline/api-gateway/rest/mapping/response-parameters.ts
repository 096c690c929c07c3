import type { Header } from '../../message';
import { parseObject } from '../../proxy-response';
import type { RestCall } from '../call';
import { jsonPath, toText } from './template';

/** What the integration answered. */
export interface IntegrationAnswer {
  /** A function's payload. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Headers from `method.response.header.<name>` → where its value comes from; one without a value is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#mapping-response-parameters
 */
export function mappedHeaders(
  call: RestCall,
  parameters: Readonly<Record<string, string>>,
  answer: IntegrationAnswer,
): Header[] {
  return Object.entries(parameters)
    .map(([parameter, source]): Header => [
      parameter.replace('method.response.header.', ''),
      valueFrom(source, call, answer),
    ])
    .filter(([, value]) => value !== '');
}

function valueFrom(source: string, { context, api }: RestCall, { body, headers }: IntegrationAnswer): string {
  if (/^'.*'$/s.test(source)) return source.slice(1, -1);
  if (source === 'integration.response.body') return body;
  const [, location = '', name = ''] =
    /^(integration\.response\.\w+|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (location) {
    case 'integration.response.body':
      return asText(jsonPath(withParsedError(body), `$.${name}`));
    case 'integration.response.header':
      return Object.hasOwn(headers, name) ? headers[name]! : '';
    case 'context':
      return asText(jsonPath(context, `$.${name}`));
    case 'stageVariables':
      return Object.hasOwn(api.stageVariables, name) ? api.stageVariables[name]! : '';
    default:
      return '';
  }
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
