import type { AttributeValue } from '../../../../packages/dynamodb-offline/attribute-value';
import { compareValues, equalValues } from '../../../../packages/dynamodb-offline/evaluation/compare';

const base64 = (...bytes: number[]) => ({ B: Buffer.from(bytes).toString('base64') });

/** One group of equal values each. */
const groups: AttributeValue[][] = [
  [{ S: '' }],
  [{ S: 'a' }],
  [{ S: '1' }],
  [{ N: '1' }],
  [{ N: '9007199254740993' }],
  [{ N: '9007199254740992' }],
  [{ B: '' }],
  [base64(1)],
  [{ BOOL: true }],
  [{ BOOL: false }],
  [{ NULL: true }],
  [{ SS: ['a', 'b'] }, { SS: ['b', 'a'] }],
  [{ SS: ['a'] }],
  [{ SS: ['1'] }],
  [{ NS: ['1'] }],
  [{ NS: ['1', '2'] }, { NS: ['2', '1'] }],
  [{ BS: ['AAEC', 'AA=='] }, { BS: ['AA==', 'AAEC'] }],
  [{ L: [] }],
  [{ L: [{ S: 'a' }, { S: 'b' }] }],
  [{ L: [{ S: 'b' }, { S: 'a' }] }],
  [{ L: [{ S: 'a' }] }],
  [{ M: {} }],
  [
    { M: { a: { N: '1' }, b: { L: [{ SS: ['x', 'y'] }] } } },
    { M: { b: { L: [{ SS: ['y', 'x'] }] }, a: { N: '1' } } },
  ],
  [{ M: { a: { N: '1' }, c: { L: [{ SS: ['x', 'y'] }] } } }],
  [{ M: { a: { N: '1' } } }],
  [{ M: { toString: { N: '1' } } }],
  [JSON.parse('{"M": {"__proto__": {"N": "1"}}}') as AttributeValue],
];

test('values are equal when they are of one type and have the same members', () => {
  for (const [index, group] of groups.entries()) {
    for (const value of group) {
      for (const [other, equals] of groups.entries()) {
        for (const right of equals) {
          expect([value, right, equalValues(value, right)]).toEqual([value, right, index === other]);
        }
      }
    }
  }
});

test.each<[string, AttributeValue[]]>([
  // By UTF-8: U+FFFD before U+10000, which begins with U+D800 in UTF-16.
  [
    'strings',
    ['', 'A', 'B', 'a', 'aa', 'b', 'é', '\u{e000}', '\u{fffd}', '\u{10000}', '\u{10ffff}'].map((text) => ({
      S: text,
    })),
  ],
  [
    'numbers',
    ['-10', '-9', '0', '0.5', '9', '10', '9007199254740992', '9007199254740993'].map((text) => ({ N: text })),
  ],
  ['binary', [base64(), base64(0), base64(0, 255), base64(1), base64(127), base64(128), base64(255)]],
])('%s are ordered', (_, ascending) => {
  for (const [index, left] of ascending.entries()) {
    for (const [other, right] of ascending.entries()) {
      expect([left, right, Math.sign(compareValues(left, right) ?? NaN)]).toEqual([
        left,
        right,
        Math.sign(index - other),
      ]);
    }
  }
});

test('nothing else has an order', () => {
  const unordered: AttributeValue[] = [{ BOOL: true }, { NULL: true }, { SS: ['a'] }, { L: [] }, { M: {} }];
  for (const value of unordered) expect(compareValues(value, value)).toBeUndefined();
  expect(compareValues({ S: '1' }, { N: '1' })).toBeUndefined();
  expect(compareValues({ S: '' }, { B: '' })).toBeUndefined();
});
