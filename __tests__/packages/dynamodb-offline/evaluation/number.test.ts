import { validation } from '../../../../packages/dynamodb-offline/errors';
import {
  addNumbers,
  compareNumbers,
  normalizeNumber,
  NumberError,
  subtractNumbers,
} from '../../../../packages/dynamodb-offline/evaluation/number';

const nines = '9'.repeat(38);
const overflow = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const underflow =
  'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const precision = 'Attempting to store more than 38 significant digits in a Number';

// https://github.com/architect/dynalite/blob/main/test/putItem.js, as DynamoDB answered them
test.each([
  ['0000012345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ['-00001.23456789012345678901234567890123456780000', '-1.2345678901234567890123456789012345678'],
  ['0009.99999999999999999999999999999999999990000e125', nines + '0'.repeat(88)],
  ['-0009.99999999999999999999999999999999999990000e125', `-${nines}${'0'.repeat(88)}`],
  ['0001.000e-130', `0.${'0'.repeat(129)}1`],
  ['-0001.000e-130', `-0.${'0'.repeat(129)}1`],
  ['-0015.789e6', '-15789000'],
  ['0', '0'],
  ['-0', '0'],
  ['-0.000', '0'],
  ['0e500', '0'],
  ['007', '7'],
  ['+5', '5'],
  ['+1.5e2', '150'],
  ['1.', '1'],
  ['.5', '0.5'],
  ['1.10', '1.1'],
  ['100', '100'],
  ['1E+5', '100000'],
  ['123e-2', '1.23'],
])('%s is answered as %s', (text, normal) => {
  expect(normalizeNumber(text)).toBe(normal);
});

test.each([
  ['', 'The parameter cannot be converted to a numeric value'],
  ...[
    'b',
    ' 1',
    '1 ',
    '1_0',
    '0x1',
    'NaN',
    'Infinity',
    '1e',
    'e1',
    '1e1.5',
    '--1',
    '1+2',
    '1.2.3',
    '.',
    '１',
  ].map((text) => [text, `The parameter cannot be converted to a numeric value: ${text}`]),
  ['1e126', overflow],
  ['-1e126', overflow],
  ['1e99999999999', overflow],
  [`1${'0'.repeat(200)}`, overflow],
  ['1e-131', underflow],
  ['-1e-131', underflow],
  ['123456789012345678901234567890123456789', precision],
  ['-1.23456789012345678901234567890123456789', precision],
] as [string, string][])('%j is refused', (text, message) => {
  expect(() => normalizeNumber(text)).toThrow(new NumberError(message));
});

describe('sums and differences are exact', () => {
  test.each([
    ['0.1', '0.2', '0.3'],
    ['1', '-1', '0'],
    [nines, '1', `1${'0'.repeat(38)}`],
    ['12345678901234567890123456789012345678', '-0', '12345678901234567890123456789012345678'],
    ['9007199254740993', '9007199254740993', '18014398509481986'],
    [`0.${'0'.repeat(129)}1`, `0.${'0'.repeat(129)}1`, `0.${'0'.repeat(129)}2`],
  ])('%s + %s', (left, right, sum) => {
    expect(addNumbers(left, right)).toBe(sum);
  });

  test('%s - %s', () => {
    expect(subtractNumbers('0.3', '0.1')).toBe('0.2');
    expect(subtractNumbers('1', '1')).toBe('0');
  });

  test.each([
    [() => addNumbers('12345678901234567890123456789012345678', '0.5'), precision],
    [() => addNumbers('1' + '0'.repeat(125), '0.1'), precision],
    [() => addNumbers(nines + '0'.repeat(88), nines + '0'.repeat(88)), overflow],
    [() => subtractNumbers('0.' + '0'.repeat(128) + '11', '0.' + '0'.repeat(128) + '1'), undefined],
    [() => subtractNumbers(`-${nines}${'0'.repeat(88)}`, '1' + '0'.repeat(125)), overflow],
  ])('and refused as any number is', (calculate, message) => {
    if (message === undefined) expect(calculate()).toBe('0.' + '0'.repeat(129) + '1');
    else expect(calculate).toThrow(validation(message));
  });
});

test('numbers are compared exactly', () => {
  const ascending = [
    `-1${'0'.repeat(125)}`,
    '-9007199254740993',
    '-9007199254740992',
    '-1',
    '-0.1',
    `-0.${'0'.repeat(129)}1`,
    '0',
    '0.1',
    '0.10000000000000000000000000000000000001',
    '2',
    '10',
    '9007199254740992',
    '9007199254740993',
    `1${'0'.repeat(125)}`,
  ];
  for (const [index, left] of ascending.entries()) {
    for (const [other, right] of ascending.entries()) {
      expect([left, right, Math.sign(compareNumbers(left, right))]).toEqual([
        left,
        right,
        Math.sign(index - other),
      ]);
    }
  }
});
