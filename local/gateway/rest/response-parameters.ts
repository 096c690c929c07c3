import type { Header } from '../headers';
import { parseObject } from '../proxy-response';
import { jsonPath } from './mapping/json-path';
import { toText } from './mapping/text';
import type { RestCall } from './rest-call';

/** What Lambda answered. */
export interface IntegrationAnswer {
  /** The function's payload. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Headers from `method.response.header.<name>` → where its value comes from; one without a value is left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#mapping-response-parameters
 */
export function responseParameters(
  parameters: Readonly<Record<string, string>>,
  call: RestCall,
  answer: IntegrationAnswer,
): Header[] {
  return Object.entries(parameters).flatMap(([parameter, source]): Header[] => {
    const value = valueOf(source, call, answer);
    return value === '' ? [] : [[parameter.replace('method.response.header.', ''), value]];
  });
}

function valueOf(source: string, { context, api }: RestCall, { body, headers }: IntegrationAnswer): string {
  if (/^'.*'$/s.test(source)) return source.slice(1, -1);
  if (source === 'integration.response.body') return body;
  const [, location, name] = /^(integration\.response\.\w+|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  if (location === undefined || name === undefined) return '';
  if (location === 'integration.response.body') return asText(jsonPath(withParsedError(body), `$.${name}`));
  if (location === 'context') return asText(jsonPath(context, `$.${name}`));
  return (location === 'stageVariables' ? api.stageVariables[name] : headers[name]) ?? '';
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
