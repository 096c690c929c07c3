import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const invalid = 'One or more parameter values were invalid: ';
const startKey = 'The provided starting key is invalid';

const row = (seq: number, more: object = {}) => ({ id: { S: 'a' }, seq: { N: String(seq) }, ...more });
const rows = [
  row(1, { kind: { S: 'k' }, weight: { N: '1' }, note: { S: 'one' }, tags: { L: [{ S: 't' }] } }),
  row(2, { kind: { S: 'k' }, weight: { N: '1' }, note: { S: 'two' } }),
  row(3, { note: { S: 'three' } }),
  row(10, { kind: { S: 'k' }, weight: { N: '0' }, note: { S: 'ten' } }),
];

beforeAll(async () => {
  await database.table('things', 'id:S seq:N', {
    all: { key: 'kind:S weight:N' },
    keys: { key: 'kind:S', projection: 'KEYS_ONLY' },
    some: { key: 'kind:S seq:N', projection: ['tags'] },
    local: { key: 'id:S weight:N', local: true, projection: 'KEYS_ONLY' },
    localAll: { key: 'id:S note:S', local: true },
  });
  await database.table('hashes', 'id:S');
  for (const item of rows) await ok('PutItem', { TableName: 'things', Item: item });
});

const ofA = {
  TableName: 'things',
  KeyConditionExpression: 'id = :id',
  ExpressionAttributeValues: { ':id': { S: 'a' } },
};
const ofK = {
  TableName: 'things',
  IndexName: 'all',
  KeyConditionExpression: 'kind = :kind',
  ExpressionAttributeValues: { ':kind': { S: 'k' } },
};
const legacy = {
  TableName: 'things',
  KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } },
};
/** The same, in a request that otherwise has expressions. */
const legacyOnly = { ...legacy, KeyConditionExpression: undefined, ExpressionAttributeValues: undefined };
const query = (request: object) => ok('Query', { ...ofA, ...request });
const refused = (request: object) => refusal('Query', { ...ofA, ...request });
const items = async (request: object) => (await query(request)).Items;
const ats = async (request: object) =>
  ((await items(request)) as { seq: { N: string } }[]).map((item) => Number(item.seq.N));

describe('a query', () => {
  it('answers the items in the order of their sort keys, as numbers', async () => {
    expect(await query({})).toEqual({ Items: rows, Count: 4, ScannedCount: 4 });
    expect(await ats({ ScanIndexForward: true })).toEqual([1, 2, 3, 10]);
    expect(await ats({ ScanIndexForward: false })).toEqual([10, 3, 2, 1]);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await query({ ExpressionAttributeValues: { ':id': { S: 'b' } } })).toEqual({
      Items: [],
      Count: 0,
      ScannedCount: 0,
    });
  });

  it.each([
    ['seq = :x', [2]],
    ['seq < :x', [1]],
    ['seq <= :x', [1, 2]],
    ['seq > :x', [3, 10]],
    ['seq >= :x', [2, 3, 10]],
    ['seq BETWEEN :x AND :y', [2, 3]],
  ])('with %s', async (range, expected) => {
    const KeyConditionExpression = `id = :id AND ${range}`;
    const values = { ':id': { S: 'a' }, ':x': { N: '2' }, ...(range.includes(':y') && { ':y': { N: '3' } }) };
    const request = { KeyConditionExpression, ExpressionAttributeValues: values };
    expect(await ats(request)).toEqual(expected);
    expect(await ats({ ...request, ScanIndexForward: false })).toEqual([...expected].reverse());
  });

  it('counts what it read apart from what its filter lets through', async () => {
    const request = {
      FilterExpression: 'begins_with(note, :t)',
      ExpressionAttributeValues: { ':id': { S: 'a' }, ':t': { S: 't' } },
    };
    expect(await query(request)).toEqual({ Items: rows.slice(1), Count: 3, ScannedCount: 4 });
    expect(await query({ ...request, Limit: 1 })).toEqual({
      Items: [],
      Count: 0,
      ScannedCount: 1,
      LastEvaluatedKey: row(1),
    });
  });

  it('projects what it answers', async () => {
    const Limit = 1;
    expect(await items({ Limit, ProjectionExpression: 'note, tags[0], absent' })).toEqual([
      { note: { S: 'one' }, tags: { L: [{ S: 't' }] } },
    ]);
    const { Items } = await ok('Query', { ...legacy, Limit, AttributesToGet: ['note', 'absent'] });
    expect(Items).toEqual([{ note: { S: 'one' } }]);
    expect(await items({ Limit, ProjectionExpression: 'absent' })).toEqual([{}]);
  });
});

describe('pages', () => {
  it('end with a key even when nothing follows, which is where the next one starts', async () => {
    const last = await query({ Limit: 4 });
    expect(last.LastEvaluatedKey).toEqual(row(10));
    expect(await query({ ExclusiveStartKey: row(10) })).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
    expect(await query({ Limit: 5 })).not.toHaveProperty('LastEvaluatedKey');
  });

  it('start behind a key that is no longer there', async () => {
    expect(await ats({ ExclusiveStartKey: row(2.5) })).toEqual([3, 10]);
    expect(await ats({ ExclusiveStartKey: row(2.5), ScanIndexForward: false })).toEqual([2, 1]);
  });

  it('of an index with equal sort keys have every row once', async () => {
    for (const ScanIndexForward of [true, false]) {
      const seen: unknown[] = [];
      let ExclusiveStartKey: unknown;
      do {
        const page = await ok('Query', { ...ofK, Limit: 1, ScanIndexForward, ExclusiveStartKey });
        seen.push(...(page.Items as unknown[]));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      const expected = (await ok('Query', { ...ofK, ScanIndexForward })).Items;
      expect(seen).toEqual(expected);
      expect(seen).toHaveLength(3);
    }
  });

  it('are read by the paginator of the SDK', async () => {
    const seen: unknown[] = [];
    const config = { client: database.client, pageSize: 1 };
    for await (const page of paginateQuery(config, { ...ofA })) seen.push(...(page.Items ?? []));
    expect(seen).toEqual(rows);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
  it('have a megabyte', async () => {
    for (let seq = 0; seq < 12; seq++) {
      const large = { id: { S: 'large' }, seq: { N: String(seq) }, text: { S: 'x'.repeat(100_000) } };
      await ok('PutItem', { TableName: 'things', Item: large });
    }
    const request = { ExpressionAttributeValues: { ':id': { S: 'large' } }, ReturnConsumedCapacity: 'TOTAL' };
    const first = await query(request);
    expect(first.Count).toBe(11);
    expect(first.LastEvaluatedKey).toEqual({ id: { S: 'large' }, seq: { N: '10' } });
    const second = await query({ ...request, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second).toMatchObject({ Count: 1, ConsumedCapacity: { CapacityUnits: 12.5 } });
    expect(second).not.toHaveProperty('LastEvaluatedKey');
    const counted = await query({
      ...request,
      Select: 'COUNT',
      FilterExpression: 'attribute_exists(absent)',
    });
    expect(counted).toMatchObject({ Count: 0, ScannedCount: 11 });
  });
});

describe('an index', () => {
  it('has the items that have its keys, and of them what it projects', async () => {
    const { kind, weight } = rows[0] as unknown as Record<string, unknown>;
    expect(await ok('Query', ofK)).toMatchObject({ Count: 3 });
    expect((await ok('Query', ofK)).Items).toContainEqual(rows[0]);
    expect((await ok('Query', { ...ofK, IndexName: 'keys' })).Items).toContainEqual(row(1, { kind }));
    expect((await ok('Query', { ...ofK, IndexName: 'some' })).Items).toEqual([
      row(1, { kind, tags: { L: [{ S: 't' }] } }),
      row(2, { kind }),
      row(10, { kind }),
    ]);
    expect(await items({ IndexName: 'local' })).toEqual([
      row(10, { weight: { N: '0' } }),
      row(1, { weight }),
      row(2, { weight }),
    ]);
    expect(await ats({ IndexName: 'localAll' })).toEqual([1, 10, 3, 2]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.Fetches
  it('that is local fetches from the table what it does not project', async () => {
    const expected = [{ note: { S: 'ten' } }, { note: { S: 'one' } }, { note: { S: 'two' } }];
    expect(await items({ IndexName: 'local', ProjectionExpression: 'note' })).toEqual(expected);
    const { Items } = await ok('Query', { ...legacy, IndexName: 'local', AttributesToGet: ['note'] });
    expect(Items).toEqual(expected);
    expect(await items({ IndexName: 'local', Select: 'ALL_ATTRIBUTES' })).toEqual([
      rows[3],
      rows[0],
      rows[1],
    ]);
    expect(
      await query({
        IndexName: 'local',
        ProjectionExpression: 'note',
        ReturnConsumedCapacity: 'INDEXES',
        ConsistentRead: true,
      }),
    ).toMatchObject({
      ConsumedCapacity: {
        TableName: 'things',
        CapacityUnits: 4,
        Table: { CapacityUnits: 3 },
        LocalSecondaryIndexes: { local: { CapacityUnits: 1 } },
      },
    });
  });

  it('consumes its own capacity', async () => {
    const { ConsumedCapacity } = await ok('Query', { ...ofK, ReturnConsumedCapacity: 'INDEXES' });
    expect(ConsumedCapacity).toEqual({
      TableName: 'things',
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { all: { CapacityUnits: 0.5 } },
    });
    const total = await ok('Query', { ...ofK, ReturnConsumedCapacity: 'TOTAL' });
    expect(total.ConsumedCapacity).toEqual({ TableName: 'things', CapacityUnits: 0.5 });
  });

  it.each([
    ['that is not there', { IndexName: 'absent' }, 'The table does not have the specified index: absent'],
    [
      'that is global, to read consistently',
      { ...ofK, ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'to give all attributes, which it does not have',
      { ...ofK, IndexName: 'keys', Select: 'ALL_ATTRIBUTES' },
      `${invalid}Select type ALL_ATTRIBUTES is not supported for global secondary index keys because its projection type is not ALL`,
    ],
  ])('refuses, %s', async (_name, request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });

  it('refuses attributes that it does not have, in their order', async () => {
    expect(
      await refused({ ...ofK, IndexName: 'some', ProjectionExpression: 'tags, zzz.x, note, aaa, seq' }),
    ).toBe(`${plain}${invalid}Global secondary index some does not project [zzz, note, aaa]`);
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html#DDB-Query-request-Select
describe('Select', () => {
  it.each([
    ['COUNT', undefined],
    ['ALL_ATTRIBUTES', rows],
  ])('%s', async (Select, expected) => {
    expect(await query({ Select })).toEqual({
      ...(expected && { Items: expected }),
      Count: 4,
      ScannedCount: 4,
    });
  });

  it('ALL_PROJECTED_ATTRIBUTES and SPECIFIC_ATTRIBUTES', async () => {
    expect(await items({ IndexName: 'local', Select: 'ALL_PROJECTED_ATTRIBUTES' })).toHaveLength(3);
    const request = { Select: 'SPECIFIC_ATTRIBUTES', ProjectionExpression: 'note', Limit: 1 };
    expect(await items(request)).toEqual([{ note: { S: 'one' } }]);
  });

  it.each([
    [
      { Select: 'SPECIFIC_ATTRIBUTES' },
      `${announced}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES`,
    ],
    [
      { Select: 'COUNT', ProjectionExpression: 'note' },
      `${announced}Cannot specify the ProjectionExpression when choosing to get only the Count`,
    ],
    [
      { ...legacyOnly, Select: 'ALL_ATTRIBUTES', AttributesToGet: ['note'] },
      `${announced}Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES`,
    ],
    [
      { Select: 'ALL_PROJECTED_ATTRIBUTES' },
      `${plain}ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName`,
    ],
    [
      { Select: 'EVERYTHING' },
      `${announced}Value 'EVERYTHING' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]`,
    ],
  ])('%j is refused', async (request, message) => {
    expect(await refused(request)).toBe(message);
  });
});

describe('Query refuses', () => {
  const key = (KeyConditionExpression: string, values: object = { ':id': { S: 'a' } }) => ({
    KeyConditionExpression,
    ExpressionAttributeValues: values,
  });

  it.each([
    [
      'no condition on the keys',
      { KeyConditionExpression: undefined, ExpressionAttributeValues: undefined },
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    [
      'a condition on another attribute only',
      key('kind = :id'),
      'Query condition missed key schema element: id',
    ],
    [
      'a condition on another attribute too',
      key('id = :id AND kind = :id'),
      'Query condition missed key schema element: seq',
    ],
    ['a range of partition keys', key('id > :id'), 'Query key condition not supported'],
    [
      'a value of another type',
      key('id = :id', { ':id': { N: '1' } }),
      `${invalid}Condition parameter type does not match schema type`,
    ],
    [
      'an empty partition key',
      key('id = :id', { ':id': { S: '' } }),
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      'a filter on the keys',
      { FilterExpression: 'id = :id' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: id',
    ],
    [
      'a filter on the keys, as it used to be written',
      { QueryFilter: { seq: { ComparisonOperator: 'NOT_NULL' } }, ...key('id = :id') },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {QueryFilter} Expression parameters: {KeyConditionExpression}',
    ],
    [
      'names that it does not use',
      { ExpressionAttributeNames: { '#a': 'a' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
    ],
    [
      'an attribute twice',
      { ...legacyOnly, AttributesToGet: ['a', 'b', 'a'] },
      `${invalid}Duplicate value in attribute name: a`,
    ],
    [
      'paths that overlap',
      { ProjectionExpression: 'note, note' },
      'Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [note], path two: [note]',
    ],
    [
      'a path into a key',
      { ProjectionExpression: 'kind.x' },
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: kind",
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });

  it('a limit below one', async () => {
    for (const Limit of [0, -1]) {
      expect(await refused({ Limit })).toBe(
        `${announced}Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
      );
    }
  });

  it('a filter on the keys of the index that it reads, but not on those of others', async () => {
    const QueryFilter = { weight: { ComparisonOperator: 'NOT_NULL' } };
    const KeyConditions = { kind: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'k' }] } };
    expect(
      await refusal('Query', { TableName: 'things', IndexName: 'all', KeyConditions, QueryFilter }),
    ).toBe(`${plain}QueryFilter can only contain non-primary key attributes: Primary key attribute: weight`);
    expect(await ok('Query', { ...ofK, FilterExpression: 'attribute_exists(id)' })).toMatchObject({
      Count: 3,
    });
  });
});

describe('a start key', () => {
  const range = (seq: string) => ({
    KeyConditionExpression: 'id = :id AND seq > :seq',
    ExpressionAttributeValues: { ':id': { S: 'a' }, ':seq': { N: seq } },
  });
  const indexKey = { ...row(1), kind: { S: 'k' }, weight: { N: '1' } };

  it.each([
    ['without members', { ExclusiveStartKey: {} }, startKey],
    ['with too few members', { ExclusiveStartKey: { id: { S: 'a' } } }, startKey],
    ['with too many members', { ExclusiveStartKey: { ...row(1), x: { S: 'x' } } }, startKey],
    ['with other members', { ExclusiveStartKey: { id: { S: 'a' }, x: { S: 'x' } } }, startKey],
    ['with a value of another type', { ExclusiveStartKey: { id: { N: '1' }, seq: { N: '1' } } }, startKey],
    [
      'of another partition key',
      { ExclusiveStartKey: { id: { S: 'b' }, seq: { N: '1' } } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'that the range does not have',
      { ...range('1'), ExclusiveStartKey: row(1) },
      'The provided starting key does not match the range key predicate',
    ],
    [
      'of another partition key, in the range',
      { ...range('1'), ExclusiveStartKey: { id: { S: 'b' }, seq: { N: '2' } } },
      'The query can return at most one row and cannot be restarted',
    ],
    ['without a key of the index', { ...ofK, ExclusiveStartKey: row(1) }, startKey],
    [
      'of an index, of another type',
      { ...ofK, ExclusiveStartKey: { ...indexKey, weight: { S: '1' } } },
      startKey,
    ],
    [
      "of an index, the table's key of another type",
      { ...ofK, ExclusiveStartKey: { ...indexKey, seq: { S: '1' } } },
      `${startKey}: The provided key element does not match the schema`,
    ],
    [
      'of an index, of another partition key',
      { ...ofK, ExclusiveStartKey: { ...indexKey, kind: { S: 'other' } } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'with no value',
      { ExclusiveStartKey: { id: {}, seq: { N: '1' } } },
      `${startKey}: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`,
    ],
  ])('%s is refused', async (_name, request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });
});
