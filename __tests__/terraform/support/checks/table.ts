import { DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { aws, isGone } from '../aws';
import type { System } from '../system';

export async function expectTable({ table }: System): Promise<void> {
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: table }));
  expect(Table).toMatchObject({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  });
  const backups = await aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: table }));
  expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
    PointInTimeRecoveryStatus: 'ENABLED',
  });
}

export function isTableGone({ table }: System): Promise<boolean> {
  return isGone(aws.dynamodb.send(new DescribeTableCommand({ TableName: table })));
}
