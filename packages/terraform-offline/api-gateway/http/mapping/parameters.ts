import { JSONPath } from 'jsonpath-plus';
import { type Header, multiMap } from '../../../server/message';
import type { HttpResponse } from '../../../server/request';
import type { ParameterChange } from '../../../terraform/model/http-api';
import type { HttpCall } from '../call';
import { contextVariables } from '../event';

/** API Gateway looks into the first 100 KB of a body, and no further. */
const BODY_BYTES = 100 * 1024;

/**
 * A request as its integration is to see it. All values are of the request as it came.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mappedRequest(call: HttpCall, changes: readonly ParameterChange[] = []): HttpCall {
  if (changes.length === 0) return call;
  const value = (change: ParameterChange) =>
    valueOf(change.value, call, (place) => requestValue(call, place));
  const headers = changed(call.headers, changes, 'header', value);
  const parameters = [...call.query].flatMap(([name, values]) => values.map((one): Header => [name, one]));
  const query = changed(parameters, changes, 'querystring', value);
  const path = changes.find(({ location }) => location === 'path');
  const newPath = path && `/${value(path).replace(/^\/+/, '')}`;
  return {
    ...call,
    headers,
    query: multiMap(query),
    path: newPath ?? call.path,
    isPathMapped: newPath !== undefined,
    request: {
      ...call.request,
      rawPath: newPath === undefined ? call.request.rawPath : encodeURI(newPath),
      rawQuery: changes.some(({ location }) => location === 'querystring')
        ? new URLSearchParams(query.map(([...pair]) => pair)).toString()
        : call.request.rawQuery,
    },
  };
}

/** An integration's response as the client is to see it. */
export function mappedResponse(
  call: HttpCall,
  response: HttpResponse,
  changes: readonly ParameterChange[] = [],
): HttpResponse {
  if (changes.length === 0) return response;
  const value = (change: ParameterChange) =>
    valueOf(change.value, call, (place) => responseValue(response, place));
  const status = changes.find(({ location }) => location === 'statuscode');
  const newStatus = status && Number(value(status));
  return {
    ...response,
    status: newStatus !== undefined && newStatus >= 200 && newStatus <= 599 ? newStatus : response.status,
    headers: changed(response.headers, changes, 'header', value),
  };
}

/**
 * Removes first, and appends last. A parameter that is overwritten without a value is left out: the client's own never stands
 * in for it.
 */
function changed(
  pairs: readonly Header[],
  changes: readonly ParameterChange[],
  location: 'header' | 'querystring',
  value: (change: ParameterChange) => string,
): Header[] {
  const key = (name: string) => (location === 'header' ? name.toLowerCase() : name);
  const own = changes.filter((change) => change.location === location);
  const replaced = new Set(own.filter(({ action }) => action !== 'append').map(({ name }) => key(name)));
  const added = own
    .filter(({ action }) => action !== 'remove')
    .sort((a, b) => b.action.localeCompare(a.action, 'en'))
    .map((change): Header => [change.name, value(change)]);
  return [...pairs.filter(([name]) => !replaced.has(key(name))), ...added.filter(([, text]) => text !== '')];
}

/** `$request.path.id`, `${request.path.id}-${context.requestId}`, or a text as it stands. */
function valueOf(text: string, call: HttpCall, valueAt: (place: string) => string): string {
  const read = (place: string): string => {
    const [root = '', ...names] = place.split('.');
    if (root === 'context') return textAt(contextVariables(call), `$.${names.join('.')}`);
    if (root === 'stageVariables') return own(call.api.stageVariables, names.join('.'));
    return valueAt(place);
  };
  const [, whole] = /^\$([a-zA-Z].*)$/s.exec(text) ?? [];
  return whole === undefined
    ? text.replace(/\$\{([^}]*)\}/g, (_, place: string) => read(place))
    : read(whole);
}

function requestValue({ request, headers, query, path, pathParameters }: HttpCall, place: string): string {
  const [, location = '', name = ''] = /^request\.(\w+)\.?(.*)$/s.exec(place) ?? [];
  switch (location) {
    case 'header':
      return joined(headers, name);
    case 'querystring':
      return query.get(name)?.join(',') ?? '';
    case 'path':
      return name === '' ? path : own(pathParameters, name);
    default:
      return name === '' ? request.body.toString() : inBody(request.body, name);
  }
}

function responseValue({ headers, body }: HttpResponse, place: string): string {
  const [, location, name = ''] = /^response\.(\w+)\.?(.*)$/s.exec(place) ?? [];
  if (location === 'header') return joined(headers, name);
  return name === '' ? body.toString() : inBody(Buffer.from(body), name);
}

function joined(headers: readonly Header[], name: string): string {
  const wanted = name.toLowerCase();
  return headers
    .filter(([header]) => header.toLowerCase() === wanted)
    .map(([, value]) => value)
    .join(',');
}

function own(record: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(record, name) ? record[name]! : '';
}

/** Empty where the body is no JSON, or holds nothing there. */
function inBody(body: Buffer, path: string): string {
  try {
    const json: unknown = JSON.parse(body.subarray(0, BODY_BYTES).toString());
    return textAt(json, `$${path.startsWith('[') ? '' : '.'}${path}`);
  } catch {
    return '';
  }
}

/** Filter expressions and recursive descent find nothing: API Gateway has neither here. */
function textAt(json: unknown, path: string): string {
  if (path.includes('..')) return '';
  const value = JSONPath<unknown>({ path, json: json as object, wrap: false, eval: false }) ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
