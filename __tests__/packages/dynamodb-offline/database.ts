import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { start } from '../../../packages/dynamodb-offline';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A database in memory, for one test file. */
export interface TestDatabase {
  readonly endpoint: string;
  /** What an operation answers to JSON that an SDK might not send. */
  readonly call: (operation: string, request: unknown) => Promise<Answer>;
  /** What it answers when it must not fail. */
  readonly ok: (operation: string, request: unknown) => Promise<Record<string, unknown>>;
  /** The type and the message of the error that it answers. */
  readonly refusal: (operation: string, request: unknown) => Promise<string>;
  readonly client: DynamoDBClient;
  /** Makes a table; its key and its indexes as `pk:S`, `pk:S sk:N`. */
  readonly table: (
    name: string,
    key: string,
    indexes?: Readonly<Record<string, TestIndex>>,
  ) => Promise<string>;
}

export interface TestIndex {
  readonly key: string;
  readonly local?: true;
  /** KEYS_ONLY, or names: INCLUDE; everything unless given. */
  readonly projection?: 'KEYS_ONLY' | readonly string[];
}

/** They are a service of their own. */
const STREAM_OPERATIONS: readonly string[] = [
  'DescribeStream',
  'GetRecords',
  'GetShardIterator',
  'ListStreams',
];

/** Starts it before the tests of the file, and stops it after them. */
export function useDatabase(): TestDatabase {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  let client: DynamoDBClient | undefined;
  beforeAll(async () => {
    running = await start();
    client = new DynamoDBClient({
      endpoint: running.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
  });
  afterAll(async () => {
    client?.destroy();
    await running?.stop();
  });

  const database: TestDatabase = {
    get endpoint() {
      return running!.endpoint;
    },
    get client() {
      return client!;
    },
    async call(operation, request) {
      const response = await fetch(running!.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `${STREAM_OPERATIONS.includes(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`,
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0',
        },
        body: JSON.stringify(request),
      });
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    },
    async ok(operation, request) {
      const { status, body } = await database.call(operation, request);
      if (status !== 200) throw new Error(`${operation} answered ${status} ${JSON.stringify(body)}`);
      return body;
    },
    async refusal(operation, request) {
      const { status, body } = await database.call(operation, request);
      if (status === 200) throw new Error(`${operation} answered ${JSON.stringify(body)}`);
      const { __type: type, message, Message } = body as Record<string, string | undefined>;
      return `${type?.slice(type.indexOf('#') + 1)}: ${message ?? Message}`;
    },
    async table(name, key, indexes = {}) {
      const named = Object.entries(indexes);
      const definitions = new Map(
        [key, ...named.map(([, index]) => index.key)]
          .flatMap((keys) => keys.split(' '))
          .map((attribute) => attribute.split(':') as [string, string]),
      );
      const described = (local: boolean) =>
        named
          .filter(([, index]) => Boolean(index.local) === local)
          .map(([indexName, index]) => ({
            IndexName: indexName,
            KeySchema: keySchema(index.key),
            Projection: projection(index),
          }));
      const [local, global] = [described(true), described(false)];
      await database.ok('CreateTable', {
        TableName: name,
        KeySchema: keySchema(key),
        AttributeDefinitions: [...definitions].map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        BillingMode: 'PAY_PER_REQUEST',
        ...(local.length > 0 && { LocalSecondaryIndexes: local }),
        ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
      });
      return name;
    },
  };
  return database;
}

function keySchema(key: string) {
  return key.split(' ').map((attribute, index) => ({
    AttributeName: attribute.split(':')[0],
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}

function projection({ projection: attributes }: TestIndex) {
  if (attributes === undefined) return { ProjectionType: 'ALL' };
  if (attributes === 'KEYS_ONLY') return { ProjectionType: 'KEYS_ONLY' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: attributes };
}
