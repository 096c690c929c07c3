import { serialization } from '../errors';
import type { Shape, StructureShape } from './shape';

const javaPackage = 'com.amazonaws.dynamodb.v20120810.';

/** What DynamoDB's parser of JSON says when a scalar stands where a list in a map, or a map in a list, is expected. */
const nestedCollectionExpected =
  'class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class ' +
  '(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base ' +
  "of loader 'bootstrap')";

/** Deeper values are not walked: validation refuses them at 32 levels, before anything else does. */
const deepestWalk = 40;

const strings: Shape = { kind: 'list', member: { kind: 'string' } };
const blobs: Shape = { kind: 'list', member: { kind: 'blob' } };
const values: Shape = { kind: 'list', member: { kind: 'attribute-value' } };
const document: Shape = { kind: 'map', value: { kind: 'attribute-value' } };

const attributeValue: StructureShape = {
  kind: 'structure',
  java: 'AttributeValue',
  members: {
    S: { kind: 'string' },
    B: { kind: 'blob' },
    N: { kind: 'string' },
    BOOL: { kind: 'boolean' },
    NULL: { kind: 'boolean' },
    BS: blobs,
    NS: strings,
    SS: strings,
    L: values,
    M: document,
  },
};

/** Where a value stands: DynamoDB's words for the same mistake differ. */
type Place = 'field' | 'element';

/**
 * Reads a request's JSON as the shape: throws DynamoDB's SerializationException where a JSON type is wrong, and takes
 * out what DynamoDB ignores (unknown members, nulls). Works in place on what `JSON.parse` made.
 */
export function deserialize(shape: StructureShape, json: unknown): unknown {
  return read(shape, json, 'field', 0);
}

function read(shape: Shape, json: unknown, place: Place, depth: number): unknown {
  if (depth > deepestWalk) return json;
  switch (shape.kind) {
    case 'string':
      return readString(json);
    case 'number':
      return readNumber(shape.java, json);
    case 'boolean':
      return readBoolean(json);
    case 'blob':
      return readBlob(json);
    case 'list':
      return readList(shape, json, place, depth);
    case 'map':
      return readMap(shape, json, place, depth);
    case 'structure':
      return readStructure(shape, json, place, depth);
    case 'attribute-value':
      return readStructure(attributeValue, json, place, depth);
  }
}

function readString(json: unknown) {
  if (typeof json === 'string') return json;
  if (typeof json === 'object') throw wrongCollection(json, 'class java.lang.String');
  throw serialization(`${scalarName(json)} cannot be converted to String`);
}

function readNumber(java: 'Integer' | 'Long', json: unknown) {
  if (typeof json === 'number') return Math.floor(json);
  if (typeof json === 'object') throw wrongCollection(json, `class java.lang.${java}`);
  throw serialization(`${scalarName(json)} cannot be converted to ${java}`);
}

function readBoolean(json: unknown) {
  if (typeof json === 'boolean') return json;
  if (typeof json === 'object') throw wrongCollection(json, 'class java.lang.Boolean');
  if (typeof json !== 'string') throw serialization(`${scalarName(json)} cannot be converted to Boolean`);
  if (/^(true|1|yes)$/i.test(json)) return true;
  if (/^(false|0|no)$/i.test(json)) return false;
  throw serialization('Unexpected token received from parser');
}

function readBlob(json: unknown) {
  if (typeof json === 'object') throw wrongCollection(json, 'class java.nio.ByteBuffer');
  if (typeof json !== 'string') {
    throw serialization('only base-64-encoded strings are convertible to bytes');
  }
  if (json.length % 4 !== 0) {
    throw serialization(`Base64 encoded length is expected a multiple of 4 bytes but found: ${json.length}`);
  }
  if (Buffer.from(json, 'base64').toString('base64') !== json) {
    // The typing error is DynamoDB's.
    throw serialization('Invalid last non-pad Base64 character dectected');
  }
  return json;
}

function readList(shape: Shape & { kind: 'list' }, json: unknown, place: Place, depth: number) {
  if (!Array.isArray(json)) {
    if (typeof json === 'object') throw serialization('Start of structure or map found where not expected');
    throw serialization(place === 'element' ? nestedCollectionExpected : 'Unexpected field type');
  }
  const elements: unknown[] = json;
  for (let index = 0; index < elements.length; index++) {
    elements[index] = readElement(shape.member, elements[index], depth);
  }
  return elements;
}

function readMap(shape: Shape & { kind: 'map' }, json: unknown, place: Place, depth: number) {
  if (Array.isArray(json))
    throw wrongCollection(json, `java.util.Map<java.lang.String, ${javaName(shape.value)}>`);
  if (!isObject(json)) {
    throw serialization(place === 'element' ? nestedCollectionExpected : 'Unexpected field type');
  }
  for (const key of Object.keys(json)) {
    const before = json[key];
    const after = readElement(shape.value, before, depth);
    // Not an assignment: a key may be `__proto__`.
    if (after !== before) {
      Object.defineProperty(json, key, {
        value: after,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return json;
}

/** A null stays one, for validation to refuse; in place of a structure it reads as one without members. */
function readElement(shape: Shape, json: unknown, depth: number): unknown {
  if (json !== null) return read(shape, json, 'element', depth + 1);
  return shape.kind === 'structure' || shape.kind === 'attribute-value' ? {} : null;
}

function readStructure(shape: StructureShape, json: unknown, place: Place, depth: number) {
  if (Array.isArray(json)) throw wrongCollection(json, `class ${javaName(shape)}`);
  if (!isObject(json)) {
    throw serialization(place === 'element' ? 'Unexpected value type in payload' : 'Unexpected field type');
  }
  for (const name of Object.keys(json)) {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    const before = json[name];
    if (member === undefined || before === null) {
      delete json[name];
      continue;
    }
    const after = read(member, before, 'field', depth + 1);
    if (after !== before) json[name] = after;
  }
  return json;
}

function wrongCollection(json: unknown, expected: string) {
  return serialization(
    Array.isArray(json)
      ? `Unrecognized collection type ${expected}`
      : 'Start of structure or map found where not expected',
  );
}

function scalarName(json: unknown) {
  if (typeof json === 'string') return 'STRING_VALUE';
  if (typeof json === 'boolean') return json ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Number.isInteger(json) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}

function javaName(shape: Shape): string {
  if (shape.kind === 'structure') return javaPackage + shape.java;
  if (shape.kind === 'attribute-value') return `${javaPackage}AttributeValue`;
  if (shape.kind === 'list') return `java.util.List<${javaName(shape.member)}>`;
  if (shape.kind === 'map') return `java.util.Map<java.lang.String, ${javaName(shape.value)}>`;
  return 'java.lang.String';
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null;
}
