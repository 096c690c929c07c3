import { paginateScan } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const plain = 'ValidationException: ';
const startKey = 'The provided starting key is invalid';
const mismatch = 'The provided key element does not match the schema';

const rows = Array.from({ length: 30 }, (_, index) => ({
  id: { S: `id ${index % 10}` },
  seq: { N: String(index) },
  ...(index % 3 === 0 && { kind: { S: `kind ${index % 2}` } }),
  note: { S: 'n'.repeat(index + 1) },
}));

beforeAll(async () => {
  await database.table('things', 'id:S seq:N', {
    all: { key: 'kind:S seq:N' },
    keys: { key: 'kind:S', projection: 'KEYS_ONLY' },
    local: { key: 'id:S note:S', local: true, projection: 'KEYS_ONLY' },
  });
  await database.table('hashes', 'id:S');
  for (const item of rows) await ok('PutItem', { TableName: 'things', Item: item });
});

const scan = (request: object) => ok('Scan', { TableName: 'things', ...request });
const refused = (request: object) => refusal('Scan', { TableName: 'things', ...request });
const sorted = (items: unknown) =>
  (items as { seq: { N: string } }[]).sort((a, b) => Number(a.seq.N) - Number(b.seq.N));

/** Every item of a scan that goes on from page to page. */
async function scanned(request: object) {
  const items: unknown[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await scan({ ...request, ExclusiveStartKey });
    items.push(...(page.Items as unknown[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

describe('a scan', () => {
  it('answers every item', async () => {
    const { Items, ...rest } = await scan({});
    expect(rest).toEqual({ Count: 30, ScannedCount: 30 });
    expect(sorted(Items)).toEqual(rows);
    expect(await ok('Scan', { TableName: 'hashes' })).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
  });

  it('keeps the items of a partition together, in order', async () => {
    const { Items } = await scan({});
    const ids = (Items as typeof rows).map(({ id }) => id.S);
    expect(new Set(ids.filter((id, index) => id !== ids[index - 1])).size).toBe(10);
    expect(ids.filter((id, index) => id !== ids[index - 1])).toHaveLength(10);
    for (const id of new Set(ids)) {
      const numbers = (Items as typeof rows)
        .filter((item) => item.id.S === id)
        .map(({ seq }) => Number(seq.N));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it.each([1, 7, 30, 31])('in pages of %i answers every item once', async (Limit) => {
    expect(sorted(await scanned({ Limit }))).toEqual(rows);
  });

  it('is read by the paginator of the SDK', async () => {
    const items: unknown[] = [];
    for await (const page of paginateScan(
      { client: database.client, pageSize: 4 },
      { TableName: 'things' },
    )) {
      items.push(...(page.Items ?? []));
    }
    expect(sorted(items)).toEqual(rows);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.FilterExpression
  it('filters, by keys too, after it has read', async () => {
    const request = {
      FilterExpression: 'seq >= :n AND id = :id',
      ExpressionAttributeValues: { ':n': { N: '10' }, ':id': { S: 'id 3' } },
    };
    expect(await scan(request)).toEqual({ Items: [rows[13], rows[23]], Count: 2, ScannedCount: 30 });
    expect(await scan({ ...request, Select: 'COUNT' })).toEqual({ Count: 2, ScannedCount: 30 });
    expect(await scanned({ ...request, Limit: 4, ProjectionExpression: 'seq' })).toEqual([
      { seq: { N: '13' } },
      { seq: { N: '23' } },
    ]);
  });

  it('of an index answers the items that are in it', async () => {
    const kinds = rows.filter(({ kind }) => kind);
    expect(sorted(await scanned({ IndexName: 'all', Limit: 3 }))).toEqual(kinds);
    expect(sorted(await scanned({ IndexName: 'keys', Limit: 3 }))).toEqual(
      kinds.map(({ note: _, ...keys }) => keys),
    );
    expect(sorted(await scanned({ IndexName: 'local', Limit: 3, ConsistentRead: true }))).toEqual(
      rows.map(({ kind: _, ...keys }) => keys),
    );
    expect(sorted(await scanned({ IndexName: 'local', Select: 'ALL_ATTRIBUTES' }))).toEqual(rows);
  });

  it('consumes what it reads', async () => {
    const capacity = async (request: object) =>
      (await scan({ ReturnConsumedCapacity: 'INDEXES', ...request })).ConsumedCapacity;
    expect(await capacity({})).toEqual({
      TableName: 'things',
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0.5 },
    });
    expect(await capacity({ ConsistentRead: true })).toMatchObject({ CapacityUnits: 1 });
    expect(await capacity({ IndexName: 'keys' })).toEqual({
      TableName: 'things',
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { keys: { CapacityUnits: 0.5 } },
    });
    expect(await capacity({ TableName: 'hashes', ReturnConsumedCapacity: 'TOTAL' })).toEqual({
      TableName: 'hashes',
      CapacityUnits: 0.5,
    });
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan
describe('segments', () => {
  it.each([
    [1, undefined],
    [2, undefined],
    [3, 2],
    [7, 1],
  ])('%i of them have every item once', async (TotalSegments, Limit) => {
    const parts = await Promise.all(
      Array.from({ length: TotalSegments }, (_, Segment) => scanned({ TotalSegments, Segment, Limit })),
    );
    expect(sorted(parts.flat())).toEqual(rows);
  });

  it('may be a million', async () => {
    expect((await scan({ TotalSegments: 1_000_000, Segment: 999_999 })).LastEvaluatedKey).toBeUndefined();
  });

  it('share the partitions between them', async () => {
    const parts = await Promise.all(
      [0, 1].map(async (Segment) => (await scanned({ TotalSegments: 2, Segment })) as typeof rows),
    );
    const [first, second] = parts.map((items) => new Set(items.map(({ id }) => id.S)));
    expect(first!.size).toBeGreaterThan(0);
    expect(second!.size).toBeGreaterThan(0);
    expect([...first!].filter((id) => second!.has(id))).toEqual([]);
  });

  it('refuse the start keys of other segments', async () => {
    const { LastEvaluatedKey } = await scan({ TotalSegments: 2, Segment: 0, Limit: 1 });
    expect(await refused({ TotalSegments: 2, Segment: 1, ExclusiveStartKey: LastEvaluatedKey })).toBe(
      `${plain}${startKey}: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: 1`,
    );
  });

  it.each([
    [
      { Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      { TotalSegments: 1 },
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ],
    [
      { Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
    [
      { Segment: -1, TotalSegments: 1_000_001 },
      "2 validation errors detected: Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000; Value '-1' at 'segment' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
  ])('of %j are refused', async (request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });
});

describe('Scan refuses', () => {
  it.each([
    [
      'a filter beside what it replaces',
      { FilterExpression: 'a = b', ScanFilter: {}, AttributesToGet: ['a'] },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet, ScanFilter} Expression parameters: {FilterExpression}',
    ],
    [
      'values without a filter',
      { ExpressionAttributeValues: { ':a': { S: 'a' } } },
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    ],
    [
      'values beside a projection only',
      { ProjectionExpression: 'a', ExpressionAttributeValues: { ':a': { S: 'a' } } },
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    ],
    [
      'specific attributes without any',
      { Select: 'SPECIFIC_ATTRIBUTES' },
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
    [
      'to project what it counts',
      { Select: 'COUNT', ProjectionExpression: 'a' },
      'Cannot specify the ProjectionExpression when choosing to get only the Count',
    ],
    [
      'an index that is not there',
      { IndexName: 'absent' },
      'The table does not have the specified index: absent',
    ],
    [
      'to read a global index consistently',
      { IndexName: 'all', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      'attributes that a global index does not have',
      { IndexName: 'keys', AttributesToGet: ['note'] },
      'One or more parameter values were invalid: Global secondary index keys does not project [note]',
    ],
    [
      'all attributes of a global index that does not have them',
      { IndexName: 'keys', Select: 'ALL_ATTRIBUTES' },
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index keys because its projection type is not ALL',
    ],
    [
      'a path into a key',
      { FilterExpression: 'attribute_exists(id.x)' },
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id",
    ],
    [
      'a filter that is too large',
      { FilterExpression: `${'a'.repeat(4092)} = :a`, ExpressionAttributeValues: { ':a': { S: 'a' } } },
      'Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
    ],
    ['a start key without members', { ExclusiveStartKey: {} }, `${startKey}: ${mismatch}`],
    [
      'a start key of another type',
      { ExclusiveStartKey: { id: { S: 'a' }, seq: { S: '1' } } },
      `${startKey}: ${mismatch}`,
    ],
    [
      'a start key with other members',
      { ExclusiveStartKey: { id: { S: 'a' }, seq: { N: '1' }, more: { S: 'x' } } },
      `${startKey}: ${mismatch}`,
    ],
    [
      'a start key without the keys of the index',
      { IndexName: 'all', ExclusiveStartKey: { id: { S: 'a' }, seq: { N: '1' } } },
      startKey,
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });

  it('a limit below one', async () => {
    expect(await refused({ Limit: 0 })).toBe(
      `${plain}1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  });
});
