import { isMap, isTuple, Members, NotKnown, objectOf, SetValue, Unknown, type Value } from './value';

/**
 * The value as JSON has it.
 * @throws NotKnown when it, or a part of it, is not known
 */
export function toPlain(value: Value): unknown {
  if (value instanceof Unknown) throw new NotKnown(value);
  if (value instanceof SetValue) return value.elements.map(toPlain);
  if (isTuple(value)) return Array.from(value, toPlain);
  if (isMap(value)) return Object.fromEntries([...value].map(([key, member]) => [key, toPlain(member)]));
  if (value instanceof Members) return toPlain(membersOf(value));
  return value;
}

/** @param json whatever `JSON.parse` gives */
export function fromPlain(json: unknown): Value {
  if (Array.isArray(json)) return json.map(fromPlain);
  if (typeof json === 'object' && json !== null) {
    return objectOf(Object.entries(json).map(([key, member]) => [key, fromPlain(member)] as const));
  }
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? json : null;
}

/** All members, evaluated; those without a value are left out. */
export function membersOf(members: Members): ReadonlyMap<string, Value> {
  return objectOf(members.names().map((name) => [name, members.get(name) ?? null] as const));
}
