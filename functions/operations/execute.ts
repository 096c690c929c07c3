import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { requireItemSize } from '../shared/dynamodb/item-size';
import { fromStoredItem, toStoredItem } from '../shared/dynamodb/stored-values';
import type { Parameters, TableOperation } from './parameters';
import type { Send } from './sender';

/** What an operation does to which table. */
export interface TableRequest<O extends TableOperation> {
  /** The name in AWS. */
  readonly tableName: string;
  readonly parameters: Parameters<O>;
}

/** The members of DynamoDB's answers, as plain JSON; only those that DynamoDB sent. */
export interface Answer {
  readonly Item?: Record<string, unknown>;
  readonly Attributes?: Record<string, unknown>;
  readonly Items?: readonly Record<string, unknown>[];
  readonly Count?: number;
  readonly ScannedCount?: number;
  readonly LastEvaluatedKey?: Record<string, unknown>;
  readonly ResponseMetadata: { readonly HTTPStatusCode: number; readonly RequestId: string };
}

type PlainItem = Record<string, unknown>;
type StoredItem = Record<string, AttributeValue>;

/** Parameters with DynamoDB's values for plain ones. */
type Stored<P> = {
  [M in keyof P]: PlainItem extends NonNullable<P[M]> ? StoredItem | Extract<P[M], undefined> : P[M];
};

type Input<O extends TableOperation> = Stored<Parameters<O>> & { readonly TableName: string };

interface Output {
  readonly Item?: StoredItem;
  readonly Attributes?: StoredItem;
  readonly Items?: readonly StoredItem[];
  readonly Count?: number;
  readonly ScannedCount?: number;
  readonly LastEvaluatedKey?: StoredItem;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const commands: { [O in TableOperation]: (send: Send, input: Input<O>) => Promise<Output> } = {
  create: (send, input) => send(new PutItemCommand(input)),
  read: (send, input) => send(new GetItemCommand(input)),
  update: (send, input) => send(new UpdateItemCommand(input)),
  delete: (send, input) => send(new DeleteItemCommand(input)),
  list: (send, input) => send(new ScanCommand(input)),
  query: (send, input) => send(new QueryCommand(input)),
};

/** Members whose values are attributes; the others are DynamoDB's own strings, numbers and flags. */
const ITEMS = new Set(['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues']);

/**
 * Carries an operation out; `TableName` is set last, whatever the parameters hold.
 * @throws {Problem} `too-large`, and what DynamoDB refuses as the SDK throws it
 */
export async function execute<O extends TableOperation>(
  send: Send,
  operation: O,
  { tableName, parameters }: TableRequest<O>,
): Promise<Answer> {
  const output = await commands[operation](send, { ...stored(parameters), TableName: tableName });
  const { Item, Attributes, Items, Count, ScannedCount, LastEvaluatedKey, $metadata } = output;
  return {
    ...(Item && { Item: fromStoredItem(Item) }),
    ...(Attributes && { Attributes: fromStoredItem(Attributes) }),
    ...(Items && { Items: Items.map(fromStoredItem), Count, ScannedCount }),
    ...(LastEvaluatedKey && { LastEvaluatedKey: fromStoredItem(LastEvaluatedKey) }),
    ResponseMetadata: {
      HTTPStatusCode: $metadata.httpStatusCode ?? 200,
      RequestId: $metadata.requestId ?? '',
    },
  };
}

function stored<P extends object>(parameters: P): Stored<P> {
  const entries = Object.entries(parameters).map(([member, value]: [string, unknown]) => [
    member,
    ITEMS.has(member) ? storedItem(value as PlainItem) : value,
  ]);
  return Object.fromEntries(entries) as Stored<P>;
}

function storedItem(item: PlainItem): StoredItem {
  requireItemSize(item);
  return toStoredItem(item);
}
