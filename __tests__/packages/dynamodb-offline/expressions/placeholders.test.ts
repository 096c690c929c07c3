import {
  checkNames,
  checkValues,
  ExpressionError,
  parseCondition,
  parseProjection,
  parseUpdate,
  Placeholders,
} from '../../../../packages/dynamodb-offline/expressions';

describe('what no expression uses', () => {
  const members = {
    ExpressionAttributeNames: { '#a': 'a', '#b': 'b', '#c': 'c' },
    ExpressionAttributeValues: { ':a': 1, ':b': 2, ':c': 3 },
  };

  test('is refused when every expression of the request is known, names first', () => {
    const placeholders = new Placeholders(members);
    parseUpdate('SET #a = :a', placeholders);
    expect(() => placeholders.refuseUnused()).toThrow(
      new ExpressionError('Value provided in ExpressionAttributeNames unused in expressions: keys: {#b, #c}'),
    );
    parseCondition('ConditionExpression', '#b = :b', placeholders);
    parseProjection('#c', placeholders);
    expect(() => placeholders.refuseUnused()).toThrow(
      new ExpressionError('Value provided in ExpressionAttributeValues unused in expressions: keys: {:c}'),
    );
    parseCondition('FilterExpression', 'contains(#a, :c)', placeholders);
    expect(() => placeholders.refuseUnused()).not.toThrow();
  });

  test('counts as used where it cannot change the outcome', () => {
    const placeholders = new Placeholders({
      ExpressionAttributeNames: { '#a': 'a' },
      ExpressionAttributeValues: { ':a': 1 },
    });
    parseUpdate('SET b = if_not_exists(b, if_not_exists(#a, :a))', placeholders);
    expect(() => placeholders.refuseUnused()).not.toThrow();
  });
});

test('names of objects of JavaScript are not defined unless they are', () => {
  const placeholders = new Placeholders({ ExpressionAttributeNames: { '#a': '__proto__' } });
  expect(parseProjection('#a', placeholders)).toEqual([['__proto__']]);
  expect(() => parseProjection('#constructor', placeholders)).toThrow('attribute name: #constructor');
  expect(() => parseUpdate('SET a = :toString', placeholders)).toThrow('attribute value: :toString');
});

// https://github.com/ExtendDB/extenddb/blob/main/tests/test_expression_attribute_map_validation.py, captured from DynamoDB
describe('names', () => {
  const long = `#${'a'.repeat(255)}`;

  test.each([
    [{}, 'ExpressionAttributeNames must not be empty'],
    [{ a: 'a' }, 'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"'],
    [{ '#': 'a' }, 'ExpressionAttributeNames contains invalid key: Syntax error; key: "#"'],
    [{ '#a-b': 'a' }, 'ExpressionAttributeNames contains invalid key: Syntax error; key: "#a-b"'],
    [
      { [`${long}-x`]: 'a' },
      'ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of key: 258',
    ],
    [{ '#a': '' }, 'ExpressionAttributeNames contains invalid value: Empty attribute name for key #a'],
  ])('%j', (names, message) => {
    expect(() => checkNames(names)).toThrow(new ExpressionError(message));
  });

  test('that are right', () => {
    expect(() => checkNames({ '#0': 'a', '#_a': 'any name!', [long.slice(0, 255)]: 'a' })).not.toThrow();
    expect(() => checkNames(undefined)).not.toThrow();
  });
});

describe('values', () => {
  test.each([
    [{}, 'ExpressionAttributeValues must not be empty'],
    [{ a: 1 }, 'ExpressionAttributeValues contains invalid key: Syntax error; key: "a"'],
    [{ ':': 1 }, 'ExpressionAttributeValues contains invalid key: Syntax error; key: ":"'],
    [
      { [`:${'a'.repeat(255)}`]: 1 },
      'ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long;',
    ],
    [
      { ':a': 1, ':b': 2, c: 3 },
      'ExpressionAttributeValues contains invalid value: two is not taken for key :b',
    ],
  ])('%j', (values, message) => {
    const fault = (value: number) => (value === 2 ? 'two is not taken' : undefined);
    expect(() => checkValues(values, fault)).toThrow(new ExpressionError(message));
  });

  test('that are right', () => {
    expect(() => checkValues({ ':0': 1, ':_a': 2 })).not.toThrow();
    expect(() => checkValues(undefined)).not.toThrow();
  });
});
