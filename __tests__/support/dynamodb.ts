import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { start } from 'dynamodb-offline';
import { clientSettings } from '../../functions/shared/dynamodb/client';

/** A global secondary index of strings. */
interface Index {
  readonly indexName: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  /** A client with the functions' own settings. */
  readonly client: DynamoDBClient;
  /** Makes a table whose partition key is the string `id`. */
  /** Keyed by `id`, a string, with the index if one is given. */
  createTable(name: string, index?: Index): Promise<void>;
  close(): Promise<void>;
}

/** An embedded DynamoDB of its own, in memory, on a loopback port. */
export async function startDynamoDB(): Promise<EmbeddedDynamoDB> {
  const { endpoint, stop } = await start();
  const client = clientOf(endpoint);
  return {
    endpoint,
    client,
    async createTable(name, index) {
      const keys = index ? ['id', index.partitionKey, index.sortKey] : ['id'];
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          ...(index && {
            GlobalSecondaryIndexes: [
              {
                IndexName: index.indexName,
                KeySchema: [
                  { AttributeName: index.partitionKey, KeyType: 'HASH' },
                  { AttributeName: index.sortKey, KeyType: 'RANGE' },
                ],
                Projection: { ProjectionType: 'ALL' },
              },
            ],
          }),
        }),
      );
    },
    async close() {
      client.destroy();
      await stop();
    },
  };
}

/** A client with the functions' own settings for whatever listens at `endpoint`. */
export function clientOf(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    ...clientSettings,
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}
