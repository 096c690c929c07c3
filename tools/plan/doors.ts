import { referredTo } from './expressions';
import type { Plan } from './plan';
import type { ResourceChange, Values } from './plan-json';

/** A route of an HTTP API or a method of a REST API: where requests come in. */
export interface Door {
  /** As a client writes it: `GET /items/{id}`. */
  readonly text: string;
  /** The same whatever its parameters are called. */
  readonly key: string;
  /** Whether it asks for nothing. */
  readonly isOpen: boolean;
  /** Its API: an identifier, or the address of one that is new. */
  readonly api: string;
}

export function isDoor({ type }: ResourceChange): boolean {
  return type === 'aws_apigatewayv2_route' || type === 'aws_api_gateway_method';
}

/** The door that a resource is, before or after the change. */
export function doorOf(resource: ResourceChange, when: 'before' | 'after', plan: Plan): Door | undefined {
  const values = resource.change[when];
  if (!values || !isDoor(resource)) return undefined;
  const isRest = resource.type === 'aws_api_gateway_method';
  const text = isRest
    ? `${String(values.http_method)} ${pathOfMethod(resource, values, when, plan)}`
    : String(values.route_key);
  const scheme = isRest ? values.authorization : values.authorization_type;
  return {
    text,
    key: text.replace(/\{[^}+]*(\+?)\}/g, '{$1}'),
    isOpen: (scheme == null || scheme === '' || scheme === 'NONE') && values.api_key_required !== true,
    api: apiOf(resource, values, isRest ? 'rest_api_id' : 'api_id', plan),
  };
}

function apiOf(resource: ResourceChange, values: Values, attribute: string, plan: Plan): string {
  const id = values[attribute];
  if (typeof id === 'string') return id;
  return referredTo(resource, attribute, plan)[0]?.address ?? 'an API that is new';
}

function pathOfMethod(method: ResourceChange, values: Values, when: 'before' | 'after', plan: Plan): string {
  const id = values.resource_id;
  const [resource] =
    typeof id === 'string' ? (plan.byId.get(id) ?? []) : referredTo(method, 'resource_id', plan);
  if (!resource) return typeof id === 'string' ? `(${id})` : '/';
  return resource.type === 'aws_api_gateway_rest_api' ? '/' : pathOfResource(resource, when, plan);
}

/** The path of a resource of a REST API: known, or put together from its parts. */
export function pathOfResource(resource: ResourceChange, when: 'before' | 'after', plan: Plan): string {
  const values = resource.change[when] ?? resource.change.before ?? resource.change.after;
  if (typeof values?.path === 'string') return values.path;
  const parents =
    typeof values?.parent_id === 'string'
      ? (plan.byId.get(values.parent_id) ?? [])
      : referredTo(resource, 'parent_id', plan);
  const parent = parents.find(({ type }) => type === 'aws_api_gateway_resource');
  return `${parent ? pathOfResource(parent, when, plan) : ''}/${String(values?.path_part)}`;
}
