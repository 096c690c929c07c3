import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { aws, isGone } from '../aws';
import type { System } from '../system';

export async function expectTable({ table, indexes = {} }: System): Promise<void> {
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: table }));
  expect(Table).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: expect.arrayContaining([{ AttributeName: 'id', AttributeType: 'S' }]) as unknown[],
    OnDemandThroughput: { MaxReadRequestUnits: 1000, MaxWriteRequestUnits: 500 },
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  });
  const names = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
  expect(names).toEqual([...new Set(Object.values(indexes).flatMap((byName) => Object.keys(byName)))]);
  const backups = await aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
  expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
    PointInTimeRecoveryStatus: 'ENABLED',
  });
}

export function isTableGone({ table }: System): Promise<boolean> {
  return isGone(aws.dynamodb.send(new DescribeTableCommand({ TableName: table })));
}
