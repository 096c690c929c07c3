import { isObject } from '../is-object';
import type { Header } from '../server/message';

/** What a handler of a Lambda proxy integration returned, payload 1.0. */
export interface ProxyResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const MEMBERS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded', 'base64Encoded'];

/**
 * Reads a function's payload as a proxy response; undefined when it is none: not an object, a member AWS does not know, a
 * status that is no number, a body that is no string.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 * @param defaultStatus for a result without one; undefined where there must be one
 */
export function readProxyResponse(payload: string, defaultStatus?: number): ProxyResponse | undefined {
  const result = parseObject(payload);
  if (!result || Object.keys(result).some((member) => !MEMBERS.includes(member))) return undefined;
  const status = readStatus(result.statusCode ?? defaultStatus);
  const headers = readHeaders(result.headers, result.multiValueHeaders);
  const body = result.body ?? '';
  const isBase64Encoded = readFlag(result.base64Encoded ?? result.isBase64Encoded ?? false);
  if (status === undefined || headers === undefined) return undefined;
  if (typeof body !== 'string' || isBase64Encoded === undefined) return undefined;
  return { status, headers, body, isBase64Encoded };
}

/**
 * Whether the body is base64: API Gateway also takes texts, and another name for the member.
 * https://github.com/aws/aws-sam-cli/blob/develop/samcli/local/apigw/local_apigw_service.py (get_base_64_encoded)
 */
function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return ['true', 'True'].includes(String(value))
    ? true
    : ['false', 'False'].includes(String(value))
      ? false
      : undefined;
}

/** The payload as an object; undefined when it is anything else. */
export function parseObject(payload: string): Record<string, unknown> | undefined {
  const value = parseJson(payload);
  return isObject(value) ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A number or a string of one; undefined for anything that is no status of a final response: after an informational
 * one, the client would wait for another. https://www.rfc-editor.org/rfc/rfc9110.html#name-informational-1xx
 */
export function readStatus(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599
    ? Number(status)
    : undefined;
}

/**
 * Merged into one list; a pair that is in both counts once. Numbers and booleans go out as text.
 * @returns undefined when one of them is no map of values
 */
export function readHeaders(single: unknown, multi?: unknown): Header[] | undefined {
  const singles = Object.entries(single ?? {}) as [string, unknown][];
  const multis = Object.entries(multi ?? {}).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [undefined]).map((value: unknown): [string, unknown] => [name, value]),
  );
  if (![single ?? {}, multi ?? {}].every(isObject)) return undefined;
  if (![...singles, ...multis].every(([, value]) => isScalar(value))) return undefined;
  const merged = multis.map(([name, value]): Header => [name, String(value)]);
  for (const [name, value] of singles) {
    const text = String(value);
    const known = merged.some(([n, v]) => n.toLowerCase() === name.toLowerCase() && v === text);
    if (!known) merged.push([name, text]);
  }
  return merged;
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
