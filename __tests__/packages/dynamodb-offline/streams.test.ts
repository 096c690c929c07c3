import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { start } from '../../../packages/dynamodb-offline/index';
import { useDatabase } from './database';

const db = useDatabase();
let streams: DynamoDBStreamsClient;
beforeAll(() => {
  streams = new DynamoDBStreamsClient({
    endpoint: db.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});
afterAll(() => streams.destroy());

async function streamOf(TableName: string): Promise<string> {
  const { Table } = await db.ok('DescribeTable', { TableName });
  return (Table as { LatestStreamArn: string }).LatestStreamArn;
}

async function tableWithStream(name: string, StreamViewType: string): Promise<string> {
  await db.table(name, 'id:S');
  await db.ok('UpdateTable', {
    TableName: name,
    StreamSpecification: { StreamEnabled: true, StreamViewType },
  });
  return streamOf(name);
}

async function shardOf(StreamArn: string) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  expect(StreamDescription?.Shards).toHaveLength(1);
  return { ...StreamDescription!.Shards![0]!, StreamStatus: StreamDescription?.StreamStatus };
}

async function iteratorOf(StreamArn: string, ShardIteratorType: ShardIteratorType, SequenceNumber?: string) {
  const { ShardId } = await shardOf(StreamArn);
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }),
  );
  return ShardIterator;
}

async function read(ShardIterator: string | undefined, Limit?: number) {
  const { Records = [], NextShardIterator } = await streams.send(
    new GetRecordsCommand({ ShardIterator, Limit }),
  );
  return { records: Records, next: NextShardIterator };
}

/** All records there are. */
async function recordsOf(StreamArn: string): Promise<StreamRecord[]> {
  return (await read(await iteratorOf(StreamArn, 'TRIM_HORIZON'))).records;
}

const numbers = (records: readonly StreamRecord[]) => records.map(({ dynamodb }) => dynamodb?.NewImage?.n?.N);
const put = (TableName: string, n: number) =>
  db.ok('PutItem', { TableName, Item: { id: { S: `id-${n}` }, n: { N: String(n) } } });

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html */
it.each([
  ['KEYS_ONLY', false, false],
  ['NEW_IMAGE', true, false],
  ['OLD_IMAGE', false, true],
  ['NEW_AND_OLD_IMAGES', true, true],
])('a stream of %s tells of every change of an item, in order', async (viewType, showsNew, showsOld) => {
  const TableName = `View-${viewType}`;
  const arn = await tableWithStream(TableName, viewType);
  const Key = { id: { S: 'a' } };
  const first = { ...Key, n: { N: '1' }, b: { B: 'AAE=' } };
  await db.ok('PutItem', { TableName, Item: first });
  await db.ok('UpdateItem', {
    TableName,
    Key,
    UpdateExpression: 'SET n = :two',
    ExpressionAttributeValues: { ':two': { N: '2' } },
  });
  await db.ok('DeleteItem', { TableName, Key });

  const records = await recordsOf(arn);
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  const image = (n: string) => ({ ...Key, n: { N: n }, b: { B: new Uint8Array([0, 1]) } });
  const images = [
    { NewImage: image('1'), OldImage: undefined },
    { NewImage: image('2'), OldImage: image('1') },
    { NewImage: undefined, OldImage: image('2') },
  ];
  records.forEach(({ dynamodb, ...record }, index) => {
    expect(record).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: 'us-east-1',
    });
    expect(record.userIdentity).toBeUndefined();
    expect(dynamodb).toMatchObject({ Keys: Key, StreamViewType: viewType });
    expect(dynamodb?.NewImage).toEqual(showsNew ? images[index]?.NewImage : undefined);
    expect(dynamodb?.OldImage).toEqual(showsOld ? images[index]?.OldImage : undefined);
    expect(dynamodb?.ApproximateCreationDateTime).toBeInstanceOf(Date);
    expect(dynamodb?.SizeBytes).toBeGreaterThan(0);
  });
  const sequence = records.map(({ dynamodb }) => dynamodb!.SequenceNumber!);
  expect(sequence).toEqual([...new Set(sequence)].sort());
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
it('a write that changes nothing, or fails, leaves no record', async () => {
  const arn = await tableWithStream('Unchanged', 'NEW_IMAGE');
  await put('Unchanged', 1);
  await put('Unchanged', 1);
  await db.ok('DeleteItem', { TableName: 'Unchanged', Key: { id: { S: 'absent' } } });
  await db.refusal('PutItem', {
    TableName: 'Unchanged',
    Item: { id: { S: 'id-1' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  expect(numbers(await recordsOf(arn))).toEqual(['1']);
});

it('every write of a batch and of a transaction leaves its record', async () => {
  const TableName = 'Together';
  const arn = await tableWithStream(TableName, 'NEW_IMAGE');
  const item = (n: number) => ({ id: { S: `id-${n}` }, n: { N: String(n) } });
  await db.ok('BatchWriteItem', {
    RequestItems: { [TableName]: [1, 2].map((n) => ({ PutRequest: { Item: item(n) } })) },
  });
  await db.ok('TransactWriteItems', {
    TransactItems: [
      { Put: { TableName, Item: item(3) } },
      { Delete: { TableName, Key: { id: { S: 'id-1' } } } },
    ],
  });
  await db.refusal('TransactWriteItems', {
    TransactItems: [
      { Put: { TableName, Item: item(4) } },
      { ConditionCheck: { TableName, Key: { id: { S: 'x' } }, ConditionExpression: 'attribute_exists(id)' } },
    ],
  });
  const records = await recordsOf(arn);
  expect(records.map(({ eventName, dynamodb }) => `${eventName} ${dynamodb?.Keys?.id?.S}`)).toEqual([
    'INSERT id-1',
    'INSERT id-2',
    'INSERT id-3',
    'REMOVE id-1',
  ]);
});

describe('a shard iterator', () => {
  let arn: string;
  let sequence: string[];
  beforeAll(async () => {
    arn = await tableWithStream('Iterated', 'NEW_IMAGE');
    for (const n of [1, 2, 3]) await put('Iterated', n);
    sequence = (await recordsOf(arn)).map(({ dynamodb }) => dynamodb!.SequenceNumber!);
  });

  it.each<[ShardIteratorType, string[]]>([
    ['TRIM_HORIZON', ['1', '2', '3']],
    ['AT_SEQUENCE_NUMBER', ['2', '3']],
    ['AFTER_SEQUENCE_NUMBER', ['3']],
  ])('of type %s begins where it says', async (type, expected) => {
    const number = type === 'TRIM_HORIZON' ? undefined : sequence[1];
    expect(numbers((await read(await iteratorOf(arn, type, number))).records)).toEqual(expected);
  });

  it('of type LATEST begins with what comes after it', async () => {
    const latest = await iteratorOf(arn, 'LATEST');
    const { records, next } = await read(latest);
    expect(records).toEqual([]);
    await put('Iterated', 4);
    expect(numbers((await read(latest)).records)).toEqual(['4']);
    expect(numbers((await read(next)).records)).toEqual(['4']);
  });

  it('goes on where the last page ended', async () => {
    const seen: (string | undefined)[] = [];
    let iterator = await iteratorOf(arn, 'TRIM_HORIZON');
    for (let page = 0; page < 5; page++) {
      const { records, next } = await read(iterator, 1);
      seen.push(...numbers(records));
      iterator = next;
    }
    expect(seen.slice(0, 3)).toEqual(['1', '2', '3']);
    expect(iterator).toBeDefined();
  });

  it.each([
    ['no iterator', 'abc', 'ValidationException'],
    ['one of a stream that is not there', undefined, 'ResourceNotFoundException'],
  ])('may not be %s', async (_, text, name) => {
    const other = (await iteratorOf(arn, 'LATEST'))?.replace('Iterated', 'Absent');
    await expect(read(text ?? other)).rejects.toMatchObject({ name });
  });

  it('needs a shard of its stream', async () => {
    const request = new GetShardIteratorCommand({
      StreamArn: arn,
      ShardId: 'shardId-00000000000000000000-00000000',
      ShardIteratorType: 'LATEST',
    });
    await expect(streams.send(request)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('streams', () => {
  it('are listed, of one table too', async () => {
    const arn = await tableWithStream('Listed', 'KEYS_ONLY');
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'Listed' }));
    expect(Streams).toEqual([{ StreamArn: arn, TableName: 'Listed', StreamLabel: arn.split('/stream/')[1] }]);
    const all = await streams.send(new ListStreamsCommand({}));
    expect(all.Streams!.length).toBeGreaterThan(1);
    const page = await streams.send(new ListStreamsCommand({ Limit: 1 }));
    expect(page.LastEvaluatedStreamArn).toBe(page.Streams?.[0]?.StreamArn);
    const rest = await streams.send(
      new ListStreamsCommand({ ExclusiveStartStreamArn: page.LastEvaluatedStreamArn }),
    );
    expect([...page.Streams!, ...rest.Streams!]).toEqual(all.Streams);
  });

  it('are described', async () => {
    const StreamArn = await tableWithStream('DescribedStream', 'OLD_IMAGE');
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    expect(StreamDescription).toMatchObject({
      StreamArn,
      StreamStatus: 'ENABLED',
      StreamViewType: 'OLD_IMAGE',
      TableName: 'DescribedStream',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    expect(StreamDescription?.Shards?.[0]?.SequenceNumberRange).toEqual({
      StartingSequenceNumber: expect.stringMatching(/^\d{21}$/) as unknown,
    });
  });

  it('can be read after they were switched off, to their end', async () => {
    const arn = await tableWithStream('Off', 'NEW_IMAGE');
    await put('Off', 1);
    await db.ok('UpdateTable', { TableName: 'Off', StreamSpecification: { StreamEnabled: false } });
    await put('Off', 2);
    const { Table } = await db.ok('DescribeTable', { TableName: 'Off' });
    expect(Table).not.toHaveProperty('StreamSpecification');
    expect(Table).toMatchObject({ LatestStreamArn: arn });
    expect(await shardOf(arn)).toMatchObject({
      StreamStatus: 'DISABLED',
      SequenceNumberRange: { EndingSequenceNumber: expect.stringMatching(/^\d{21}$/) as unknown },
    });
    const { records, next } = await read(await iteratorOf(arn, 'TRIM_HORIZON'));
    expect(numbers(records)).toEqual(['1']);
    expect((await read(next)).next).toBeUndefined();

    await db.ok('UpdateTable', {
      TableName: 'Off',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const again = await streamOf('Off');
    expect(again).not.toBe(arn);
    await put('Off', 3);
    expect(numbers(await recordsOf(again))).toEqual(['3']);
    expect(numbers(await recordsOf(arn))).toEqual(['1']);
  });

  it('cannot be switched on twice, or to another view', async () => {
    await tableWithStream('OnTwice', 'NEW_IMAGE');
    const change = (StreamViewType: string) => ({
      TableName: 'OnTwice',
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    });
    for (const viewType of ['NEW_IMAGE', 'OLD_IMAGE']) {
      expect(await db.refusal('UpdateTable', change(viewType))).toBe(
        'ValidationException: Table already has an enabled stream: TableName: OnTwice',
      );
    }
  });
});

describe('a program', () => {
  it('is told of tables whose streams have new records, when they can be read', async () => {
    const told: string[] = [];
    const alone = await start({ onStreamWritten: (name) => told.push(name) });
    const table = (TableName: string, stream: boolean) => ({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }),
    });
    await alone.call('CreateTable', table('streamed', true));
    await alone.call('CreateTable', table('silent', false));
    const Item = { id: { S: '1' } };

    await alone.call('PutItem', { TableName: 'silent', Item });
    expect(told).toEqual([]);
    await alone.call('PutItem', { TableName: 'streamed', Item });
    expect(told).toEqual(['streamed']);
    // Nothing has changed.
    await alone.call('PutItem', { TableName: 'streamed', Item });
    expect(told).toEqual(['streamed']);
    await alone.stop();
  });

  it('may name all streams alike: a later one of a table takes the name over', async () => {
    const alone = await start({ streamLabel: '2026-01-01T00:00:00.000' });
    const TableName = 'orders';
    const on = (StreamViewType: string) => ({ StreamSpecification: { StreamEnabled: true, StreamViewType } });
    await alone.call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...on('KEYS_ONLY'),
    });
    const StreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';
    expect(await alone.call('DescribeTable', { TableName })).toMatchObject({
      Table: { LatestStreamArn: StreamArn, LatestStreamLabel: '2026-01-01T00:00:00.000' },
    });

    await alone.call('UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } });
    await alone.call('UpdateTable', { TableName, ...on('NEW_IMAGE') });

    expect(await alone.call('ListStreams', {})).toMatchObject({ Streams: [{ StreamArn }] });
    expect(await alone.call('DescribeStream', { StreamArn })).toMatchObject({
      StreamDescription: { StreamStatus: 'ENABLED', StreamViewType: 'NEW_IMAGE' },
    });
    await alone.stop();
  });
});
