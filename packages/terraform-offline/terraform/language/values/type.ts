import { equal } from './equal';
import { nameOf, flagOf, numberOf, textOf } from './access';
import { membersOf } from './plain';
import {
  compareText,
  isMap,
  isTuple,
  List,
  listOf,
  mapOf,
  MapValue,
  Members,
  NotKnown,
  objectOf,
  SetValue,
  Unknown,
  type Value,
} from './value';

/** https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> };

export interface AttributeType {
  readonly type: Type;
  readonly optional: boolean;
  /** What an optional attribute has when it is left out. */
  readonly default: Value;
}

export const ANY: Type = { kind: 'any' };

export function typeOf(value: Value): Type {
  if (value === null || value instanceof Unknown || value instanceof Members) return ANY;
  if (typeof value === 'string') return { kind: 'string' };
  if (typeof value === 'number') return { kind: 'number' };
  if (typeof value === 'boolean') return { kind: 'bool' };
  if (value instanceof SetValue) return { kind: 'set', element: elementType(value.elements) };
  if (value instanceof List) return { kind: 'list', element: elementType(value) };
  if (isTuple(value)) return { kind: 'tuple', elements: value.map(typeOf) };
  if (value instanceof MapValue) return { kind: 'map', element: elementType([...value.values()]) };
  const attributes = [...value].map(
    ([name, member]) => [name, { type: typeOf(member), optional: false, default: null }] as const,
  );
  return { kind: 'object', attributes: new Map(attributes) };
}

function elementType(elements: readonly Value[]): Type {
  return unify(elements.map(typeOf)) ?? ANY;
}

/** The one type that values of all these can be converted to; undefined when there is none. */
export function unify(types: readonly Type[]): Type | undefined {
  return types.reduce<Type | undefined>((a, b) => a && unifyTwo(a, b), ANY);
}

function unifyTwo(a: Type, b: Type): Type | undefined {
  if (a.kind === 'any') return b;
  if (b.kind === 'any') return a;
  if (isPrimitive(a) && isPrimitive(b)) {
    if (a.kind === b.kind) return a;
    return a.kind === 'string' || b.kind === 'string' ? { kind: 'string' } : undefined;
  }
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.elements.length === b.elements.length) {
    const elements = a.elements.map((element, i) => unifyTwo(element, b.elements[i] ?? ANY));
    return elements.every((element) => element !== undefined) ? { kind: 'tuple', elements } : undefined;
  }
  if (a.kind === 'object' && b.kind === 'object' && sameNames(a.attributes, b.attributes)) {
    const attributes = [...a.attributes].map(([name, { type }]) => {
      return [name, unifyTwo(type, b.attributes.get(name)?.type ?? ANY)] as const;
    });
    if (attributes.some(([, type]) => type === undefined)) return undefined;
    return {
      kind: 'object',
      attributes: new Map(
        attributes.map(([name, type]) => [name, { type: type ?? ANY, optional: false, default: null }]),
      ),
    };
  }
  const kinds = [a.kind, b.kind].sort().join(' ');
  const kind = COLLECTIONS[kinds];
  const element = kind && unify([...elementTypes(a), ...elementTypes(b)]);
  return element && { kind, element };
}

/** Two kinds, in alphabetical order, and the collection that both can become. */
const COLLECTIONS: Readonly<Record<string, 'list' | 'set' | 'map'>> = {
  'tuple tuple': 'list',
  'list tuple': 'list',
  'list list': 'list',
  'set tuple': 'set',
  'list set': 'set',
  'set set': 'set',
  'object object': 'map',
  'map object': 'map',
  'map map': 'map',
};

function elementTypes(type: Type): readonly Type[] {
  if (type.kind === 'tuple') return type.elements;
  if (type.kind === 'object') return [...type.attributes.values()].map((attribute) => attribute.type);
  return 'element' in type ? [type.element] : [];
}

function isPrimitive(type: Type): boolean {
  return type.kind === 'string' || type.kind === 'number' || type.kind === 'bool';
}

function sameNames(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((name) => b.has(name));
}

/**
 * The value as one of this type.
 * @throws saying which part of it cannot be converted
 */
export function convert(value: Value, type: Type): Value {
  if (value === null || value instanceof Unknown) return value;
  switch (type.kind) {
    case 'any':
      return value;
    case 'string':
      return textOf(value);
    case 'number':
      return numberOf(value);
    case 'bool':
      return flagOf(value);
    case 'list':
      return listOf(convertElements(value, type.element));
    case 'set':
      return setOf(convertElements(value, type.element));
    case 'map':
      return mapOf(convertMembers(value, type.element));
    case 'tuple': {
      const elements = sequence(value);
      if (elements.length !== type.elements.length) {
        throw new Error(`a tuple of ${type.elements.length} is needed here, and this has ${elements.length}`);
      }
      return elements.map((element, i) => inPart(`[${i}]`, () => convert(element, type.elements[i] ?? ANY)));
    }
    case 'object':
      return convertObject(value, type.attributes);
  }
}

function convertObject(value: Value, attributes: ReadonlyMap<string, AttributeType>): Value {
  const given: Members | ReadonlyMap<string, Value> =
    value instanceof Members ? value : isMap(value) ? value : wrong(value, 'an object');
  return objectOf(
    [...attributes].map(([name, attribute]) => {
      const member = given.get(name) ?? null;
      if (member !== null) return [name, inPart(`.${name}`, () => convert(member, attribute.type))] as const;
      if (attribute.optional) return [name, attribute.default] as const;
      if (given.get(name) === undefined)
        throw new Error(`the attribute "${name}" is needed and is not there`);
      return [name, null] as const;
    }),
  );
}

/** Elements without repetition, in Terraform's order. */
export function setOf(elements: readonly Value[]): SetValue {
  const distinct = elements.filter(
    (element, i) => elements.findIndex((other) => equal(other, element)) === i,
  );
  return new SetValue(distinct.sort(compareElements));
}

function compareElements(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return typeof a === 'number' && typeof b === 'number' ? a - b : Number(a) - Number(b) || 0;
}

function convertElements(value: Value, type: Type): readonly Value[] {
  const elements = sequence(value);
  const element = concrete(type, elements);
  return elements.map((member, i) => inPart(`[${i}]`, () => convert(member, element)));
}

function convertMembers(value: Value, type: Type): readonly (readonly [string, Value])[] {
  const members = value instanceof Members ? membersOf(value) : isMap(value) ? value : wrong(value, 'a map');
  const element = concrete(type, [...members.values()]);
  return [...members].map(([key, member]) => [key, inPart(`["${key}"]`, () => convert(member, element))]);
}

/** For `any`, the one type of all elements. */
function concrete(type: Type, elements: readonly Value[]): Type {
  return type.kind === 'any' ? elementType(elements) : type;
}

function sequence(value: Value): readonly Value[] {
  if (value instanceof SetValue) return value.elements;
  return isTuple(value) ? value : wrong(value, 'a list');
}

function wrong(value: Value, needed: string): never {
  throw new Error(`${needed} is needed here, and this is ${nameOf(value)}`);
}

function inPart<T>(part: string, convertPart: () => T): T {
  try {
    return convertPart();
  } catch (error) {
    if (error instanceof NotKnown || !(error instanceof Error)) throw error;
    throw new Error(`${part}: ${error.message}`, { cause: error });
  }
}
