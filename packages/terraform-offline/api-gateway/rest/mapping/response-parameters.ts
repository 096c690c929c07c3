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

type ValueOf = (call: RestCall, answer: IntegrationAnswer) => string;

/**
 * Headers from `method.response.header.<name>` → where its value comes from; one without a value is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#mapping-response-parameters
 */
export function responseParameters(parameters: Readonly<Record<string, string>>) {
  const sources = Object.entries(parameters).map(([parameter, source]): [string, ValueOf] => [
    parameter.replace('method.response.header.', ''),
    valueFrom(source),
  ]);
  return (call: RestCall, answer: IntegrationAnswer): Header[] => {
    const headers: Header[] = [];
    for (const [name, valueOf] of sources) {
      const value = valueOf(call, answer);
      if (value !== '') headers.push([name, value]);
    }
    return headers;
  };
}

function valueFrom(source: string): ValueOf {
  if (/^'.*'$/s.test(source)) return () => source.slice(1, -1);
  if (source === 'integration.response.body') return (_call, { body }) => body;
  const [, location = '', name = ''] =
    /^(integration\.response\.\w+|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (location) {
    case 'integration.response.body':
      return (_call, { body }) => asText(jsonPath(withParsedError(body), `$.${name}`));
    case 'integration.response.header':
      return (_call, { headers }) => headers[name] ?? '';
    case 'context':
      return ({ context }) => asText(jsonPath(context, `$.${name}`));
    case 'stageVariables':
      return ({ api }) => api.stageVariables[name] ?? '';
    default:
      return () => '';
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
