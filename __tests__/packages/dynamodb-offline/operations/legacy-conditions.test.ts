import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const invalid = 'One or more parameter values were invalid: ';
const failed = 'ConditionalCheckFailedException: The conditional request failed';

const item = {
  id: { S: 'a' },
  text: { S: 'banana' },
  number: { N: '10' },
  bytes: { B: 'AQID' },
  strings: { SS: ['x', 'y'] },
  list: { L: [{ S: 'x' }, { N: '1' }] },
  map: { M: { a: { N: '1' }, b: { N: '2' } } },
  yes: { BOOL: true },
  none: { NULL: true },
};

beforeAll(async () => {
  await database.table('things', 'id:S');
  await ok('PutItem', { TableName: 'things', Item: item });
});

const one = (ComparisonOperator: string, ...AttributeValueList: object[]) => ({
  ComparisonOperator,
  AttributeValueList,
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Conditions.html
const holding: [string, object][] = [
  ['text', one('EQ', { S: 'banana' })],
  ['number', one('EQ', { N: '10.0' })],
  ['strings', one('EQ', { SS: ['y', 'x'] })],
  ['list', one('EQ', { L: [{ S: 'x' }, { N: '1' }] })],
  ['map', one('EQ', { M: { b: { N: '2' }, a: { N: '1' } } })],
  ['none', one('EQ', { NULL: true })],
  ['text', one('NE', { S: 'bananas' })],
  ['number', one('NE', { S: '10' })],
  ['absent', one('NE', { S: 'x' })],
  ['number', one('LT', { N: '10.5' })],
  ['number', one('LE', { N: '10' })],
  ['text', one('GT', { S: 'b' })],
  ['bytes', one('GE', { B: 'AQID' })],
  ['text', one('CONTAINS', { S: 'nan' })],
  ['strings', one('CONTAINS', { S: 'x' })],
  ['list', one('CONTAINS', { N: '1' })],
  ['bytes', one('CONTAINS', { B: 'AgM=' })],
  ['text', one('NOT_CONTAINS', { S: 'x' })],
  ['strings', one('NOT_CONTAINS', { S: 'z' })],
  ['text', one('BEGINS_WITH', { S: 'ban' })],
  ['bytes', one('BEGINS_WITH', { B: 'AQ==' })],
  ['number', one('IN', { N: '1' }, { N: '10' })],
  ['number', one('BETWEEN', { N: '10' }, { N: '11' })],
  ['absent', { ComparisonOperator: 'NULL' }],
  ['none', { ComparisonOperator: 'NOT_NULL' }],
];

const notHolding: [string, object][] = [
  ['text', one('EQ', { S: 'Banana' })],
  ['number', one('EQ', { S: '10' })],
  ['absent', one('EQ', { S: 'x' })],
  ['map', one('EQ', { M: { a: { N: '1' } } })],
  ['strings', one('NE', { SS: ['x', 'y'] })],
  ['number', one('LT', { N: '10' })],
  ['text', one('LT', { N: '10' })],
  ['absent', one('GT', { N: '0' })],
  ['absent', one('CONTAINS', { S: 'x' })],
  ['absent', one('NOT_CONTAINS', { S: 'x' })],
  ['list', one('CONTAINS', { S: '1' })],
  ['number', one('IN', { N: '1' }, { N: '2' })],
  ['number', one('BETWEEN', { N: '1' }, { N: '9' })],
  ['none', { ComparisonOperator: 'NULL' }],
  ['absent', { ComparisonOperator: 'NOT_NULL' }],
];

const scan = async (request: object) => (await ok('Scan', { TableName: 'things', ...request })).Count;
const query = async (request: object) =>
  (
    await ok('Query', {
      TableName: 'things',
      KeyConditions: { id: one('EQ', { S: 'a' }) },
      ...request,
    })
  ).Count;
const put = (request: object) => database.call('PutItem', { TableName: 'things', Item: item, ...request });

it.each(holding)('of %s, %j holds', async (name, condition) => {
  expect(await scan({ ScanFilter: { [name]: condition } })).toBe(1);
  expect(await query({ QueryFilter: { [name]: condition } })).toBe(1);
  expect((await put({ Expected: { [name]: condition } })).status).toBe(200);
});

it.each(notHolding)('of %s, %j does not hold', async (name, condition) => {
  expect(await scan({ ScanFilter: { [name]: condition } })).toBe(0);
  expect(await query({ QueryFilter: { [name]: condition } })).toBe(0);
  expect((await put({ Expected: { [name]: condition } })).body.message).toBe(
    'The conditional request failed',
  );
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.ConditionalOperator.html
it('several hold together, or one of them', async () => {
  const filter = { number: one('EQ', { N: '10' }), text: one('EQ', { S: 'apple' }) };
  expect(await scan({ ScanFilter: filter })).toBe(0);
  expect(await scan({ ScanFilter: filter, ConditionalOperator: 'AND' })).toBe(0);
  expect(await scan({ ScanFilter: filter, ConditionalOperator: 'OR' })).toBe(1);
  expect(await query({ QueryFilter: filter, ConditionalOperator: 'OR' })).toBe(1);
  expect((await put({ Expected: filter, ConditionalOperator: 'OR' })).status).toBe(200);
  expect((await put({ Expected: filter })).status).toBe(400);
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Expected.html
describe('Expected', () => {
  const expects = (Expected: object, key = 'a') =>
    refusal('DeleteItem', { TableName: 'things', Key: { id: { S: key } }, Expected });

  it('takes values and whether they exist', async () => {
    expect((await put({ Expected: { number: { Value: { N: '10' } } } })).status).toBe(200);
    expect((await put({ Expected: { number: { Value: { N: '10' }, Exists: true } } })).status).toBe(200);
    expect((await put({ Expected: { absent: { Exists: false } } })).status).toBe(200);
    expect(
      (await put({ Expected: { number: { ComparisonOperator: 'GT', Value: { N: '9' } } } })).status,
    ).toBe(200);
    expect((await put({ Expected: {} })).status).toBe(200);
    expect(await expects({ number: { Value: { N: '11' } } })).toBe(failed);
    expect(await expects({ number: { Exists: false } })).toBe(failed);
    expect(await expects({ number: { Value: { N: '10' } } }, 'absent')).toBe(failed);
  });

  const word = 'for Attribute: a';
  it.each([
    [
      'a value beside a list of values',
      { Value: { S: 'a' }, AttributeValueList: [], ComparisonOperator: 'EQ' },
      `Value and AttributeValueList cannot be used together ${word}`,
    ],
    [
      'existence beside an operator',
      { Exists: true, ComparisonOperator: 'NULL' },
      `Exists and ComparisonOperator cannot be used together ${word}`,
    ],
    [
      'an operator without values',
      { ComparisonOperator: 'EQ' },
      `Value or AttributeValueList must be used with ComparisonOperator: EQ ${word}`,
    ],
    [
      'values without an operator',
      { AttributeValueList: [{ S: 'a' }] },
      `AttributeValueList can only be used with a ComparisonOperator ${word}`,
    ],
    ['existence without a value', { Exists: true }, `Value must be provided when Exists is true ${word}`],
    ['nothing', {}, `Value must be provided when Exists is null ${word}`],
    [
      'a value that is not to exist',
      { Exists: false, Value: { S: 'a' } },
      `Value cannot be used when Exists is false ${word}`,
    ],
    [
      'too many values',
      one('EQ', { S: 'a' }, { S: 'b' }),
      'Invalid number of argument(s) for the EQ ComparisonOperator',
    ],
    [
      'values where there are none',
      one('NULL', { S: 'a' }),
      'Invalid number of argument(s) for the NULL ComparisonOperator',
    ],
    [
      'too few values',
      one('BETWEEN', { S: 'a' }),
      'Invalid number of argument(s) for the BETWEEN ComparisonOperator',
    ],
    ['no values', one('IN'), 'Invalid number of argument(s) for the IN ComparisonOperator'],
    [
      'values of several types',
      one('IN', { S: 'a' }, { N: '1' }),
      'AttributeValues inside AttributeValueList must be of same type',
    ],
    [
      'an operator that its type does not have',
      one('LT', { BOOL: true }),
      'ComparisonOperator LT is not valid for BOOL AttributeValue type',
    ],
    [
      'a set to begin with',
      one('BEGINS_WITH', { SS: ['a'] }),
      'ComparisonOperator BEGINS_WITH is not valid for SS AttributeValue type',
    ],
    [
      'a number to begin with',
      one('BEGINS_WITH', { N: '1' }),
      'ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type',
    ],
  ])('refuses %s', async (_name, condition, message) => {
    expect(await expects({ a: condition })).toBe(`${plain}${invalid}${message}`);
    expect(await refusal('PutItem', { TableName: 'things', Item: item, Expected: { a: condition } })).toBe(
      `${announced}${invalid}${message}`,
    );
  });

  it('refuses bounds that are the wrong way round', async () => {
    expect(await expects({ a: one('BETWEEN', { N: '2' }, { N: '1' }) })).toBe(
      `${plain}The BETWEEN condition was provided a range where the lower bound is greater than the upper bound`,
    );
  });

  it('refuses an operator that there is not', async () => {
    expect(await expects({ a: { ComparisonOperator: 'IS' } })).toBe(
      `${announced}Value 'IS' at 'expected.a.member.comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]`,
    );
  });
});

describe('ConditionalOperator', () => {
  it.each([
    ['PutItem', { Item: item }, 'Expected', announced],
    ['UpdateItem', { Key: { id: { S: 'a' } } }, 'Expected', announced],
    ['DeleteItem', { Key: { id: { S: 'a' } } }, 'Expected', plain],
    ['Query', { KeyConditions: { id: one('EQ', { S: 'a' }) } }, 'QueryFilter', plain],
    ['Scan', {}, 'ScanFilter', plain],
  ])('of %s needs something to join', async (operation, request, member, prefix) => {
    const refused = (filter: object) =>
      refusal(operation, { TableName: 'things', ...request, ConditionalOperator: 'AND', ...filter });
    const nothing = `${prefix}ConditionalOperator cannot be used without Filter or Expected`;
    expect(await refused({})).toBe(nothing);
    expect(await refused({ [member]: {} })).toBe(nothing);
    expect(await refused({ [member]: { a: { ComparisonOperator: 'NULL' } } })).toBe(
      `${prefix}ConditionalOperator can only be used when Filter or Expected has two or more elements`,
    );
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.KeyConditions.html
describe('KeyConditions', () => {
  beforeAll(async () => {
    await database.table('songs', 'Artist:S SongTitle:S');
    for (const title of ['Call Me Today', 'Happy Day', 'Howdy']) {
      await ok('PutItem', {
        TableName: 'songs',
        Item: { Artist: { S: 'No One You Know' }, SongTitle: { S: title } },
      });
    }
  });

  const artist = one('EQ', { S: 'No One You Know' });
  const titles = async (SongTitle: object) => {
    const KeyConditions = { Artist: artist, SongTitle };
    const { Items } = await ok('Query', { TableName: 'songs', KeyConditions });
    return (Items as { SongTitle: { S: string } }[]).map((song) => song.SongTitle.S);
  };

  it.each([
    [one('EQ', { S: 'Howdy' }), ['Howdy']],
    [one('LT', { S: 'Happy Day' }), ['Call Me Today']],
    [one('LE', { S: 'Happy Day' }), ['Call Me Today', 'Happy Day']],
    [one('GT', { S: 'Happy Day' }), ['Howdy']],
    [one('GE', { S: 'Happy Day' }), ['Happy Day', 'Howdy']],
    [one('BEGINS_WITH', { S: 'H' }), ['Happy Day', 'Howdy']],
    [one('BETWEEN', { S: 'D' }, { S: 'Howdy' }), ['Happy Day', 'Howdy']],
  ])('%j', async (condition, expected) => {
    expect(await titles(condition)).toEqual(expected);
  });

  it.each([
    ['no conditions', {}, 'Conditions can be of length 1 or 2 only'],
    [
      'three conditions',
      { Artist: artist, SongTitle: artist, Third: artist },
      'Conditions can be of length 1 or 2 only',
    ],
    [
      'no condition on the partition key',
      { SongTitle: artist },
      'Query condition missed key schema element: Artist',
    ],
    [
      'a condition on another attribute',
      { Artist: artist, Album: artist },
      'Query condition missed key schema element: SongTitle',
    ],
    ['a range of partition keys', { Artist: one('GT', { S: 'A' }) }, 'Query key condition not supported'],
    [
      'what no index finds',
      { Artist: artist, SongTitle: one('CONTAINS', { S: 'a' }) },
      'Attempted conditional constraint is not an indexable operation',
    ],
    [
      'a value of another type',
      { Artist: one('EQ', { N: '1' }) },
      `${invalid}Condition parameter type does not match schema type`,
    ],
    [
      'too many values',
      { Artist: one('EQ', { S: '1' }, { S: '2' }) },
      `${invalid}Invalid number of argument(s) for the EQ ComparisonOperator`,
    ],
  ])('refuse %s', async (_name, KeyConditions, message) => {
    expect(await refusal('Query', { TableName: 'songs', KeyConditions })).toBe(plain + message);
  });

  it('may not be beside an expression for the keys, but beside the other expressions', async () => {
    const KeyConditions = { Artist: artist };
    const values = { ':a': { S: 'No One You Know' } };
    expect(
      await refusal('Query', {
        TableName: 'songs',
        KeyConditions,
        KeyConditionExpression: 'Artist = :a',
        ExpressionAttributeValues: values,
      }),
    ).toBe(
      `${plain}Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}`,
    );
    const { Items } = await ok('Query', {
      TableName: 'songs',
      KeyConditions,
      ProjectionExpression: 'SongTitle',
      Limit: 1,
    });
    expect(Items).toEqual([{ SongTitle: { S: 'Call Me Today' } }]);
  });
});
