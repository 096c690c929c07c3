import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fromStored } from '../../shared/dynamodb/stored-values';

export interface DataTable {
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** What the table holds and both routes answer with. */
export interface StoredData {
  readonly id: string;
  /** Any JSON value. */
  readonly data: unknown;
}

/** What is stored under the id, undefined when there is nothing. Sees every write that was answered before. */
export async function readData(table: DataTable, id: string): Promise<StoredData | undefined> {
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  return Item?.data && { id, data: fromStored(Item.data) };
}
