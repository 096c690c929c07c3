import { parseRequest } from '../../../../packages/dynamodb-offline/validation/request';
import {
  alone,
  attributeValue,
  blob,
  boolean,
  integer,
  list,
  map,
  oneOf,
  required,
  string,
  structure,
  tellingFirstOnly,
} from '../../../../packages/dynamodb-offline/validation/shape';

const shape = structure('ThingInput', {
  Mode: oneOf('INDEXES', 'TOTAL', 'NONE'),
  Name: required(string({ pattern: '[a-z]+', min: 3, max: 5 })),
  Limit: integer({ min: 1, max: 100 }),
  Flag: boolean,
  Bytes: blob,
  Elements: list(structure('Element', { Kind: required(oneOf('HASH', 'RANGE')) }), { min: 1, max: 2 }),
  Values: map(attributeValue),
  Batches: map(list(structure('WriteRequest', {}), { min: 1, max: 2 }), { key: string({ min: 3 }) }),
  Keys: list(map(attributeValue)),
});

/** The type and message of the error that a request is refused with. */
function refusal(json: unknown, ofShape = shape): readonly [string, string] {
  try {
    parseRequest(ofShape, json);
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  throw new Error('the request was not refused');
}

describe('a request that is in order', () => {
  it('is read without unknown members and nulls', () => {
    const json = { Name: 'abc', Unknown: 1, Limit: null, Values: { a: { S: 'x', X: 1 } } };
    expect(parseRequest(shape, json)).toEqual({ Name: 'abc', Values: { a: { S: 'x' } } });
  });

  it('reads booleans from text and integers from fractions', () => {
    expect(parseRequest(shape, { Name: 'abc', Flag: 'Yes', Limit: 1.9 })).toEqual({
      Name: 'abc',
      Flag: true,
      Limit: 1,
    });
  });

  it('keeps attributes whose names are members of objects elsewhere', () => {
    const json: unknown = JSON.parse(
      '{"Name": "abc", "Values": {"__proto__": null, "constructor": {"S": "x"}}}',
    );
    const { Values: values } = parseRequest(shape, json);
    expect(Object.keys(values!)).toEqual(['__proto__', 'constructor']);
    expect(Object.getOwnPropertyDescriptor(values, '__proto__')?.value).toEqual({});
    expect(({} as Record<string, unknown>).S).toBeUndefined();
  });

  it('is read, however deep its values are', () => {
    const depth = 100_000;
    const json: unknown = JSON.parse(
      `{"Name": "abc", "Values": {"a": ${'{"L": ['.repeat(depth)}${']}'.repeat(depth)}}}`,
    );
    expect(() => parseRequest(shape, json)).not.toThrow();
  });
});

describe('constraints', () => {
  it.each([
    [
      {},
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      { Name: 'A' },
      "2 validation errors detected: Value 'A' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; " +
        "Value 'A' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      { Name: 'abcdef' },
      "1 validation error detected: Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5",
    ],
    [
      { Mode: 'ALL', Name: 'abc', Limit: 101 },
      "2 validation errors detected: Value 'ALL' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; " +
        "Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      { Name: 'abc', Elements: [] },
      "1 validation error detected: Value '[]' at 'elements' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { Name: 'abc', Elements: [{ Kind: 'HASH' }, {}] },
      "1 validation error detected: Value null at 'elements.2.member.kind' failed to satisfy constraint: Member must not be null",
    ],
    [
      { Name: 'abc', Elements: [{ Kind: 'HASH' }, { Kind: 'HASH' }, { Kind: 'RANGE' }] },
      "1 validation error detected: Value '[Element(kind=HASH), Element(kind=HASH), Element(kind=RANGE)]' at 'elements' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      { Name: 'abc', Batches: { ab: [{}] } },
      "1 validation error detected: Value '{ab=[WriteRequest()]}' at 'batches' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length greater than or equal to 3]",
    ],
    [
      { Name: 'abc', Batches: { abc: [] } },
      "1 validation error detected: Value '{abc=[]}' at 'batches' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 2, Member must have length greater than or equal to 1]",
    ],
  ])('%j', (json, message) => {
    expect(refusal(json)).toEqual(['ValidationException', message]);
  });

  it('are told ten at a time', () => {
    const elements = Array.from({ length: 20 }, () => ({}));
    expect(refusal({ Name: 'abc', Elements: elements })[1]).toMatch(
      /^10 validation errors detected: (.*; ){9}[^;]*$/,
    );
  });

  it('of a member that is told alone hide the others', () => {
    const withName = structure('ThingInput', {
      Mode: oneOf('NONE'),
      Name: alone(required(string())),
      Other: required(string()),
    });
    expect(refusal({ Mode: 'ALL' }, withName as never)[1]).toBe(
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    );
    expect(refusal({ Mode: 'ALL', Name: 'x' }, withName as never)[1]).toMatch(
      /^2 validation errors detected/,
    );
  });

  it('of a structure that tells the first only are told one at a time', () => {
    const first = tellingFirstOnly(structure('ThingInput', { A: oneOf('NONE'), B: required(string()) }));
    expect(refusal({ A: 'x' }, first as never)[1]).toBe(
      "1 validation error detected: Value 'x' at 'a' failed to satisfy constraint: Member must satisfy enum value set: [NONE]",
    );
  });
});

describe('JSON of another type', () => {
  it.each([
    [{ Name: 1 }, 'NUMBER_VALUE cannot be converted to String'],
    [{ Name: 1.5 }, 'DECIMAL_VALUE cannot be converted to String'],
    [{ Name: true }, 'TRUE_VALUE cannot be converted to String'],
    [{ Name: [] }, 'Unrecognized collection type class java.lang.String'],
    [{ Name: {} }, 'Start of structure or map found where not expected'],
    [{ Limit: '1' }, 'STRING_VALUE cannot be converted to Integer'],
    [{ Limit: false }, 'FALSE_VALUE cannot be converted to Integer'],
    [{ Limit: [] }, 'Unrecognized collection type class java.lang.Integer'],
    [{ Flag: 'maybe' }, 'Unexpected token received from parser'],
    [{ Flag: 1 }, 'NUMBER_VALUE cannot be converted to Boolean'],
    [{ Bytes: 1 }, 'only base-64-encoded strings are convertible to bytes'],
    [{ Bytes: 'abc' }, 'Base64 encoded length is expected a multiple of 4 bytes but found: 3'],
    [{ Bytes: '=+/=' }, 'Invalid last non-pad Base64 character dectected'],
    [{ Elements: 'x' }, 'Unexpected field type'],
    [{ Elements: {} }, 'Start of structure or map found where not expected'],
    [{ Elements: ['x'] }, 'Unexpected value type in payload'],
    [{ Elements: [[]] }, 'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Element'],
    [{ Values: 'x' }, 'Unexpected field type'],
    [
      { Values: [] },
      'Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>',
    ],
    [{ Values: { a: 'x' } }, 'Unexpected value type in payload'],
    [
      { Values: { a: [] } },
      'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue',
    ],
    [{ Values: { a: { N: 1 } } }, 'NUMBER_VALUE cannot be converted to String'],
    [{ Values: { a: { L: 'x' } } }, 'Unexpected field type'],
    [{ Values: { a: { M: { b: { L: [{ S: 1 }] } } } } }, 'NUMBER_VALUE cannot be converted to String'],
    [
      { Batches: [] },
      'Unrecognized collection type java.util.Map<java.lang.String, java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>>',
    ],
    [
      { Batches: { abc: 'x' } },
      expect.stringMatching(/^class sun\.reflect\.generics.* cannot be cast to class/),
    ],
    [{ Keys: ['x'] }, expect.stringMatching(/^class sun\.reflect\.generics.* cannot be cast to class/)],
    [[], 'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.ThingInput'],
  ])('%j', (json, message) => {
    expect(refusal(json)).toEqual(['SerializationException', message]);
  });

  it('is told before a broken constraint', () => {
    expect(refusal({ Name: 'A', Limit: 'x' })[0]).toBe('SerializationException');
  });
});
