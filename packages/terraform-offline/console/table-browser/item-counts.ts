import { type DescribeTableCommandOutput, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

/**
 * Lets a client say how many items a table has now: DynamoDB counts every six hours, the embedded one not at all.
 * Nothing is said of tables that one page of a scan does not reach the end of.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */
export function countItems(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName !== 'DescribeTableCommand') return answer;
        const { Table } = answer.output as DescribeTableCommandOutput;
        if (Table) Table.ItemCount = await itemsOf(client, Table.TableName);
        return answer;
      },
    { step: 'initialize' },
  );
}

async function itemsOf(client: DynamoDBClient, TableName: string | undefined): Promise<number | undefined> {
  const scan = new ScanCommand({ TableName, Select: 'COUNT' });
  const { Count, LastEvaluatedKey } = await client.send(scan);
  return LastEvaluatedKey ? undefined : Count;
}
