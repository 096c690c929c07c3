import {
  decodeKeyValues,
  encodeKeyPrefix,
  encodeKeyValue,
  type KeyType,
  type KeyValue,
} from '../../../../packages/dynamodb-offline/storage/key-encoding';

/** In DynamoDB's order. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const ORDERED: Readonly<Record<KeyType, readonly KeyValue[]>> = {
  S: ['\0', '\0\0', '\0a', '\u0001', 'A', 'a', 'a\0', 'a\0b', 'a\u0001', 'aa', 'b', 'é', 'ￜ', '𐀀', '😀'].map(
    (S) => ({ S }),
  ),
  N: [
    '-9.9999999999999999999999999999999999999E+125',
    '-1000',
    '-999.5',
    '-10',
    '-2.55',
    '-2.5',
    '-1',
    '-0.5',
    '-0.05',
    '-1E-130',
    '0',
    '1E-130',
    '0.0001',
    '0.05',
    '0.5',
    '0.55',
    '1',
    '2',
    '9.99',
    '10',
    '10.01',
    '100',
    '12345678901234567890123456789012345678',
    '12345678901234567890123456789012345679',
    '1E+125',
  ].map((N) => ({ N })),
  B: [[0], [0, 0], [0, 1], [1], [127], [128], [255], [255, 0], [255, 255]].map((bytes) => ({
    B: Buffer.from(bytes).toString('base64'),
  })),
};

const pairs = (type: KeyType) =>
  ORDERED[type].flatMap((one, i) => ORDERED[type].slice(i + 1).map((other) => [one, other] as const));

describe.each(['S', 'N', 'B'] as const)('key values of type %s', (type) => {
  it('are ordered by their bytes as DynamoDB orders them', () => {
    for (const [less, greater] of pairs(type)) {
      expect([less, greater, encodeKeyValue(less).compare(encodeKeyValue(greater))]).toEqual([
        less,
        greater,
        -1,
      ]);
    }
  });

  it('are ordered so whatever comes behind them', () => {
    const tail = (byte: number) => Buffer.from([byte, byte]);
    for (const [less, greater] of pairs(type)) {
      const lower = Buffer.concat([encodeKeyValue(less), tail(255)]);
      const upper = Buffer.concat([encodeKeyValue(greater), tail(0)]);
      expect([less, greater, lower.compare(upper)]).toEqual([less, greater, -1]);
    }
  });

  it('can be read back, one behind the other', () => {
    for (const value of ORDERED[type]) {
      const bytes = Buffer.concat([encodeKeyValue(value), encodeKeyValue({ S: 'next' })]);
      const { values, end } = decodeKeyValues(bytes, [type, 'S']);
      expect(encodeKeyValue(values[0]!)).toEqual(encodeKeyValue(value));
      expect(values[1]).toEqual({ S: 'next' });
      expect(end).toBe(bytes.length);
    }
  });
});

it.each([
  ['1', '1.0'],
  ['100', '1E2'],
  ['0', '-0'],
  ['0.001', '1e-3'],
  ['-25', '-2.5E+1'],
])('gives %s and %s the same bytes', (one, other) => {
  expect(encodeKeyValue({ N: one })).toEqual(encodeKeyValue({ N: other }));
});

it('lets the bytes of a string begin with those of its beginnings, and of no other', () => {
  const begins = (text: string, prefix: string) =>
    encodeKeyValue({ S: text })
      .subarray(0, encodeKeyPrefix({ S: prefix }).length)
      .equals(encodeKeyPrefix({ S: prefix }));
  expect(begins('a\0b', 'a\0')).toBe(true);
  expect(begins('abc', 'ab')).toBe(true);
  expect(begins('abc', '')).toBe(true);
  expect(begins('ab', 'abc')).toBe(false);
  expect(begins('a', 'a\0')).toBe(false);
});
