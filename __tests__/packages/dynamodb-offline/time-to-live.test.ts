import { setTimeout as sleep } from 'node:timers/promises';
import { start, type DynamoDBOffline } from '../../../packages/dynamodb-offline/index';
import { useDatabase } from './database';

const db = useDatabase();
const seconds = (after: number) => ({ N: String(Math.floor(Date.now() / 1000) + after) });

describe('time to live', () => {
  const set = (AttributeName: string, Enabled: boolean) => ({
    TableName: 'Timed',
    TimeToLiveSpecification: { AttributeName, Enabled },
  });
  const described = async () =>
    (await db.ok('DescribeTimeToLive', { TableName: 'Timed' })).TimeToLiveDescription;

  it('is switched on, described and switched off', async () => {
    await db.table('Timed', 'id:S');
    expect(await described()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    expect(await db.refusal('UpdateTimeToLive', set('expires', false))).toBe(
      'ValidationException: TimeToLive is already disabled',
    );
    expect(await db.ok('UpdateTimeToLive', set('expires', true))).toEqual({
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    expect(await described()).toEqual({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
    expect(await db.refusal('UpdateTimeToLive', set('expires', true))).toBe(
      'ValidationException: TimeToLive is already enabled',
    );
    expect(await db.refusal('UpdateTimeToLive', set('other', true))).toBe(
      'ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is expires',
    );
    await db.ok('UpdateTimeToLive', set('expires', false));
    expect(await described()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it.each([
    [
      {},
      "ValidationException: 2 validation errors detected: Value null at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must not be null; Value null at 'timeToLiveSpecification.enabled' failed to satisfy constraint: Member must not be null",
    ],
    [
      { AttributeName: '', Enabled: true },
      "ValidationException: 1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('refuses %j', async (TimeToLiveSpecification, message) => {
    expect(await db.refusal('UpdateTimeToLive', { TableName: 'Timed', TimeToLiveSpecification })).toBe(
      message,
    );
  });
});

describe('expired items', () => {
  const TableName = 'Sessions';
  let swept: DynamoDBOffline;
  afterEach(() => swept.stop());

  /** Of the index, as the sweep looks for it in turns of 50 ms. */
  async function idsLeft(table = TableName): Promise<string[]> {
    const { Items } = (await swept.call('Scan', { TableName: table, IndexName: 'byKind' })) as {
      Items: { id: { S: string } }[];
    };
    return Items.map(({ id }) => id.S).sort();
  }

  async function until(expected: readonly string[]): Promise<void> {
    for (let turns = 0; turns < 100; turns++) {
      if ((await idsLeft()).join() === expected.join()) return;
      await sleep(50);
    }
    expect(await idsLeft()).toEqual(expected);
  }

  const put = (id: string, expires: object | undefined, table = TableName) =>
    swept.call('PutItem', {
      TableName: table,
      Item: { id: { S: id }, kind: { S: 'k' }, ...(expires && { expires }) },
    });

  async function open(ttlDelay: number): Promise<void> {
    swept = await start({ ttlDelay });
    await createTable(TableName);
  }

  const createTable = (TableName: string) =>
    swept.call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['id', 'kind'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byKind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
    });

  const enable = (Enabled = true, table = TableName) =>
    swept.call('UpdateTimeToLive', {
      TableName: table,
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled },
    });

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html */
  it('are deleted from table and index, and no others', async () => {
    await open(0.05);
    await put('before', seconds(-10));
    await enable();
    await put('expired', seconds(-10));
    await put('later', seconds(3600));
    await put('never', undefined);
    await put('text', { S: '1' });
    await put('years-ago', seconds(-6 * 365 * 24 * 60 * 60));
    await put('prolonged', seconds(-10));
    await put('prolonged', seconds(3600));
    await put('shortened', seconds(3600));
    await put('shortened', seconds(-10));
    await until(['later', 'never', 'prolonged', 'text', 'years-ago']);
    expect(await swept.call('GetItem', { TableName, Key: { id: { S: 'expired' } } })).toEqual({});
  });

  it('leave a stream record by the service', async () => {
    await open(0.05);
    await enable();
    await put('expired', seconds(-10));
    await until([]);
    const { Table } = (await swept.call('DescribeTable', { TableName })) as {
      Table: { LatestStreamArn: string };
    };
    const StreamArn = Table.LatestStreamArn;
    const { StreamDescription } = (await swept.call('DescribeStream', { StreamArn })) as {
      StreamDescription: { Shards: { ShardId: string }[] };
    };
    const [{ ShardId } = { ShardId: '' }] = StreamDescription.Shards;
    const iterator = await swept.call('GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records } = (await swept.call('GetRecords', iterator)) as {
      Records: { eventName: string; userIdentity?: object; dynamodb: object }[];
    };
    expect(Records.map(({ eventName, userIdentity }) => [eventName, userIdentity])).toEqual([
      ['INSERT', undefined],
      ['REMOVE', { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' }],
    ]);
    expect(Records[1]?.dynamodb).toMatchObject({ OldImage: { id: { S: 'expired' } } });
  });

  it('stay readable until the sweep', async () => {
    await open(3600);
    await enable();
    await put('expired', seconds(-10));
    expect(await idsLeft()).toEqual(['expired']);
  });

  it('stay when time to live is switched off', async () => {
    await open(0.05);
    await enable();
    await enable(false);
    await put('expired', seconds(-10));
    await createTable('Other');
    await enable(true, 'Other');
    // Between two sweeps of another table there is one of this.
    for (const id of ['first', 'second']) {
      await put(id, seconds(-10), 'Other');
      while ((await idsLeft('Other')).length > 0) await sleep(10);
    }
    expect(await idsLeft()).toEqual(['expired']);
  });
});
