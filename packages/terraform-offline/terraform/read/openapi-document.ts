import { createHash } from 'node:crypto';
import { isObject } from '../../is-object';
import { refuseGapsOf } from '../coverage/gaps';
import { type Block, jsonBlock } from '../language/configuration/block';

/** An object of an OpenAPI document, or the whole. */
export type Json = Readonly<Record<string, unknown>>;

/** The objects in an object, by their names; none where it is no object. */
export function members(value: unknown): [string, Json][] {
  return isObject(value)
    ? Object.entries(value).map(([name, member]) => [name, isObject(member) ? member : {}])
    : [];
}

/**
 * What a value, or its `$ref` into the document, stands for; empty when that is no object.
 * @throws when there is nothing where it points
 */
export function resolve(document: Json, value: unknown, hops = 0): Json {
  if (!isObject(value)) return {};
  const { $ref } = value;
  if (typeof $ref !== 'string') return value;
  const found = $ref
    .replace(/^#\//, '')
    .split('/')
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), document);
  if (!$ref.startsWith('#/') || found === undefined || hops > 9) {
    throw new Error(`the OpenAPI document refers to ${$ref}, which is not in it`);
  }
  return resolve(document, found, hops + 1);
}

/**
 * What a document says, in the words of a resource type.
 * @throws when that is refused of the resource
 */
export function block(type: string, where: string, attributes: Json): Block {
  const said = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const described = jsonBlock(where, Object.fromEntries(said));
  refuseGapsOf(type, described);
  return described;
}

/** An identifier of what a document describes: the same at every start, as those of resources are. */
export function idWithin(apiId: string, name: string): string {
  const hash = createHash('sha256').update(`${apiId}: ${name}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(-6);
}
