import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  fromStored,
  fromStoredItem,
  toStored,
  toStoredItem,
} from '../../../../functions/shared/dynamodb/stored-values';

const pairs: [unknown, AttributeValue][] = [
  [null, { NULL: true }],
  [false, { BOOL: false }],
  [0, { N: '0' }],
  [-1.5, { N: '-1.5' }],
  [2 ** 53 + 2, { N: '9007199254740994' }],
  ['', { S: '' }],
  ['2020-01-01', { S: '2020-01-01' }],
  [[], { L: [] }],
  [{}, { M: {} }],
  [{ a: [1, { b: null }] }, { M: { a: { L: [{ N: '1' }, { M: { b: { NULL: true } } }] } } }],
];

test.each(pairs)('%j is stored as DynamoDB types it, and comes back', (value, stored) => {
  expect(toStored(value)).toEqual(stored);
  expect(fromStored(stored)).toEqual(value);
});

test('members that are undefined are not stored', () => {
  expect(toStoredItem({ id: '1', description: undefined })).toEqual({ id: { S: '1' } });
});

test.each([
  ['undefined', undefined],
  ['a function', () => 1],
  ['a bigint', 1n],
])('%s is no JSON value', (_, value) => {
  expect(() => toStored([value])).toThrow(TypeError);
});

test.each<[string, AttributeValue, unknown]>([
  [
    'a number of 38 digits',
    { N: '12345678901234567890123456789012345678' },
    '12345678901234567890123456789012345678',
  ],
  ['a number between two doubles', { N: '9007199254740993' }, '9007199254740993'],
  ['a large number that is exact', { N: `1${'0'.repeat(100)}` }, 1e100],
  ['a set of texts', { SS: ['a', 'b'] }, ['a', 'b']],
  ['a set of numbers', { NS: ['1', '0.1', '9007199254740993'] }, [1, 0.1, '9007199254740993']],
  ['binary', { B: Buffer.from([0, 255]) }, 'AP8='],
  ['a set of binary', { BS: [Buffer.from('a'), Buffer.from('')] }, ['YQ==', '']],
])('%s that another client wrote is answered as JSON', (_, stored, value) => {
  expect(fromStored(stored)).toEqual(value);
  expect(JSON.parse(JSON.stringify(fromStored(stored)))).toEqual(value);
});

test('stored prototype names are left out at every level', () => {
  const stored = JSON.parse(
    '{"__proto__":{"M":{"polluted":{"BOOL":true}}},"a":{"M":{"constructor":{"S":"x"},"b":{"L":[{"M":{"__proto__":{"M":{}},"prototype":{"N":"1"}}}]}}}}',
  ) as Record<string, AttributeValue>;
  const item = fromStoredItem(stored);
  expect(JSON.stringify(item)).toBe('{"a":{"b":[{}]}}');
  expect(item.polluted).toBeUndefined();
  expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
});
