import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../functions/shared/dynamodb/client';

const dynalite = createRequire(__filename)('dynalite') as (options: { createTableMs: number }) => Server;

export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  /** A client with the functions' own settings. */
  readonly client: DynamoDBClient;
  /** Makes a table whose partition key is the string `id`. */
  createTable(name: string): Promise<void>;
  close(): Promise<void>;
}

/** An embedded DynamoDB of its own, in memory, on a loopback port. */
export async function startDynalite(): Promise<EmbeddedDynamoDB> {
  const server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = clientOf(endpoint);
  return {
    endpoint,
    client,
    async createTable(name) {
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        }),
      );
    },
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
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
